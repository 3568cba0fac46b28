namespace Metrics.Tests.NeuralCollapse;

/// <summary>
/// The definitions written out with p x p matrices in plain loops: what the metric must equal and never does. Pseudo-inverse by the cyclic Jacobi
/// eigenvalue method.
/// </summary>
internal static class DenseReference
{
    public static double Nc1(double[][] features, long[] labels, int classes)
    {
        var p = features[0].Length;
        var means = Means(features, labels, classes);
        var centred = Centred(means);
        var within = new double[p, p];
        var between = new double[p, p];
        for (var i = 0; i < features.Length; i++)
        {
            var share = 1.0 / (classes * labels.Count(l => l == labels[i]));
            AddOuter(within, [.. features[i].Zip(means[labels[i]], (h, m) => h - m)], share);
        }
        foreach (var mean in centred) AddOuter(between, mean, 1.0 / classes);
        var inverse = PseudoInverse(between, Math.Min(p, classes - 1));
        var trace = 0.0;
        for (var i = 0; i < p; i++)
            for (var j = 0; j < p; j++)
                trace += within[i, j] * inverse[j, i];
        return trace / classes;
    }

    public static double[][] CentredMeans(double[][] features, long[] labels, int classes) => Centred(Means(features, labels, classes));

    public static double Equinorm(double[][] vectors) => Deviation([.. vectors.Select(Norm)]) / vectors.Average(Norm);

    public static double Equiangularity(double[][] vectors) => Deviation(Cosines(vectors));

    public static double MaximalAngle(double[][] vectors) => Cosines(vectors).Average(cos => Math.Abs(cos + 1.0 / (vectors.Length - 1)));

    public static double SelfDuality(double[][] weight, double[][] centred)
    {
        double[] w = [.. weight.SelectMany(r => r)], m = [.. centred.SelectMany(r => r)];
        return w.Zip(m, (a, b) => Math.Pow(a / Norm(w) - b / Norm(m), 2)).Sum();
    }

    public static double Cdnv(double[][] features, long[] labels, int classes)
    {
        var means = Means(features, labels, classes);
        double Variance(int c) => features.Where((_, i) => labels[i] == c).Average(h => h.Zip(means[c], (a, b) => (a - b) * (a - b)).Sum());
        var pairs = from c in Enumerable.Range(0, classes)
                    from other in Enumerable.Range(0, classes)
                    where c != other
                    select (Variance(c) + Variance(other)) / (2 * means[c].Zip(means[other], (a, b) => (a - b) * (a - b)).Sum());
        return pairs.Average();
    }

    public static double TraceRatio(double[][] features, long[] labels, int classes)
    {
        var means = Means(features, labels, classes);
        var within = Enumerable.Range(0, classes).Average(c => features.Where((_, i) => labels[i] == c).Average(h => h.Zip(means[c], (a, b) => (a - b) * (a - b)).Sum()));
        return within / Centred(means).Average(m => Dot(m, m));
    }

    /// <summary>Tr(Σ_B Σ_T⁺), of a total scatter of the given rank.</summary>
    public static double Discriminant(double[][] features, long[] labels, int classes, int rank)
    {
        var means = Means(features, labels, classes);
        var p = features[0].Length;
        var (between, total) = (new double[p, p], new double[p, p]);
        foreach (var mean in Centred(means)) AddOuter(between, mean, 1.0 / classes);
        var global = Enumerable.Range(0, p).Select(j => means.Average(m => m[j])).ToArray();
        for (var i = 0; i < features.Length; i++)
            AddOuter(total, [.. features[i].Zip(global, (h, m) => h - m)], 1.0 / (classes * labels.Count(l => l == labels[i])));
        var inverse = PseudoInverse(total, rank);
        return (from i in Enumerable.Range(0, p) from j in Enumerable.Range(0, p) select between[i, j] * inverse[j, i]).Sum();
    }

    public static double Disagreement(FeatureFixture fixture, double[][] features)
    {
        var means = Means(fixture.Train, fixture.TrainLabels, fixture.Classes);
        return features.Average(h =>
        {
            var logits = fixture.Weight.Select((w, c) => Dot(w, h) + fixture.Bias[c]).ToArray();
            var distances = means.Select(m => Norm([.. h.Zip(m, (a, b) => a - b)])).ToArray();
            return Array.IndexOf(logits, logits.Max()) == Array.IndexOf(distances, distances.Min()) ? 0.0 : 1.0;
        });
    }

    private static double[][] Means(double[][] features, long[] labels, int classes) =>
    [
        .. Enumerable.Range(0, classes).Select(c =>
        {
            var members = features.Where((_, i) => labels[i] == c).ToArray();
            return Enumerable.Range(0, features[0].Length).Select(j => members.Average(h => h[j])).ToArray();
        }),
    ];

    private static double[][] Centred(double[][] means)
    {
        var global = Enumerable.Range(0, means[0].Length).Select(j => means.Average(m => m[j])).ToArray();
        return [.. means.Select(m => m.Zip(global, (a, b) => a - b).ToArray())];
    }

    private static double[] Cosines(double[][] vectors) =>
    [
        .. from i in Enumerable.Range(0, vectors.Length)
           from j in Enumerable.Range(0, vectors.Length)
           where i != j
           select Dot(vectors[i], vectors[j]) / (Norm(vectors[i]) * Norm(vectors[j])),
    ];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2)));

    private static void AddOuter(double[,] matrix, double[] v, double weight)
    {
        for (var i = 0; i < v.Length; i++)
            for (var j = 0; j < v.Length; j++)
                matrix[i, j] += weight * v[i] * v[j];
    }

    private static double[,] PseudoInverse(double[,] symmetric, int rank)
    {
        var p = symmetric.GetLength(0);
        var (values, vectors) = Eigen(symmetric);
        var inverse = new double[p, p];
        foreach (var k in Enumerable.Range(0, p).OrderByDescending(k => values[k]).Take(rank))
            AddOuter(inverse, [.. Enumerable.Range(0, p).Select(i => vectors[i, k])], 1 / values[k]);
        return inverse;
    }

    private static (double[] Values, double[,] Vectors) Eigen(double[,] symmetric)
    {
        var p = symmetric.GetLength(0);
        var a = (double[,])symmetric.Clone();
        var v = new double[p, p];
        for (var i = 0; i < p; i++) v[i, i] = 1;
        for (var sweep = 0; sweep < 30; sweep++)
            for (var i = 0; i < p; i++)
                for (var j = i + 1; j < p; j++)
                    if (a[i, j] != 0) Rotate(a, v, i, j);
        return ([.. Enumerable.Range(0, p).Select(i => a[i, i])], v);
    }

    private static void Rotate(double[,] a, double[,] v, int i, int j)
    {
        var theta = (a[j, j] - a[i, i]) / (2 * a[i, j]);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < a.GetLength(0); k++) (a[k, i], a[k, j]) = (c * a[k, i] - s * a[k, j], s * a[k, i] + c * a[k, j]);
        for (var k = 0; k < a.GetLength(0); k++) (a[i, k], a[j, k]) = (c * a[i, k] - s * a[j, k], s * a[i, k] + c * a[j, k]);
        for (var k = 0; k < a.GetLength(0); k++) (v[k, i], v[k, j]) = (c * v[k, i] - s * v[k, j], s * v[k, i] + c * v[k, j]);
    }
}
