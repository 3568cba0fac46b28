using Harness.Metrics.Spectrum;
using static TorchSharp.torch;

namespace Metrics.Tests.Spectrum;

/// <summary>The parts of the Gauss-Newton matrix as the paper defines them: every gradient g_(i,c') formed, averaged and multiplied out, P x P in float64.</summary>
internal static class DenseParts
{
    /// <summary>All four, in a scope the caller owns.</summary>
    /// <param name="jacobian">∂z/∂θ, N x C vectors of P.</param>
    /// <param name="logits">z, N x C.</param>
    /// <param name="labels">y.</param>
    public static Dictionary<Parts, Tensor> Of(double[,][] jacobian, double[,] logits, int[] labels)
    {
        var (images, classes, dimension) = (jacobian.GetLength(0), jacobian.GetLength(1), jacobian[0, 0].Length);
        var parts = new[] { Parts.Class, Parts.Cross, Parts.Within, Parts.SameClass }.ToDictionary(p => p, _ => new double[dimension, dimension]);
        var weights = new double[images, classes];
        var gradients = new double[images, classes][];
        for (var i = 0; i < images; i++)
        {
            var row = Enumerable.Range(0, classes).Select(c => logits[i, c]).ToArray();
            var sum = row.Sum(z => Math.Exp(z - row.Max()));
            var p = row.Select(z => Math.Exp(z - row.Max()) / sum).ToArray();
            for (var k = 0; k < classes; k++)
            {
                weights[i, k] = p[k] / images;
                gradients[i, k] = new double[dimension];
                for (var c = 0; c < classes; c++)
                    for (var t = 0; t < dimension; t++) gradients[i, k][t] += (p[c] - (c == k ? 1 : 0)) * jacobian[i, c][t];
            }
        }
        for (var c = 0; c < classes; c++)
        {
            var members = Enumerable.Range(0, images).Where(i => labels[i] == c).ToArray();
            foreach (var i in members) Add(parts[Parts.SameClass], weights[i, c], gradients[i, c]);
            var others = Enumerable.Range(0, classes).Where(k => k != c).ToArray();
            var crossWeights = others.Select(k => members.Sum(i => weights[i, k])).ToArray();
            var means = others.Select((k, o) => Mean(members.Select(i => (weights[i, k], gradients[i, k])), dimension)).ToArray();
            var classMean = Mean(crossWeights.Zip(means), dimension);
            Add(parts[Parts.Class], crossWeights.Sum(), classMean);
            for (var o = 0; o < others.Length; o++)
            {
                Add(parts[Parts.Cross], crossWeights[o], Minus(means[o], classMean));
                foreach (var i in members) Add(parts[Parts.Within], weights[i, others[o]], Minus(gradients[i, others[o]], means[o]));
            }
        }
        return parts.ToDictionary(p => p.Key, p => tensor(p.Value));
    }

    /// <summary>The sum of some of them.</summary>
    public static Tensor Sum(this Dictionary<Parts, Tensor> dense, Parts parts) =>
        dense.Where(p => parts.HasFlag(p.Key)).Select(p => p.Value).Aggregate((a, b) => a + b);

    private static void Add(double[,] matrix, double weight, double[] vector)
    {
        for (var i = 0; i < vector.Length; i++)
            for (var j = 0; j < vector.Length; j++) matrix[i, j] += weight * vector[i] * vector[j];
    }

    private static double[] Mean(IEnumerable<(double Weight, double[] Vector)> terms, int dimension)
    {
        var sum = new double[dimension];
        var weight = 0.0;
        foreach (var term in terms)
        {
            weight += term.Weight;
            for (var t = 0; t < dimension; t++) sum[t] += term.Weight * term.Vector[t];
        }
        return [.. sum.Select(v => v / weight)];
    }

    private static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
