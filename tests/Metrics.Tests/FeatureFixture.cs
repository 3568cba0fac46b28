using Harness;
using Harness.Measuring;
using static TorchSharp.torch;

namespace Metrics.Tests;

/// <summary>Features and a head of small whole numbers, which float32 holds exactly and C# can compute with on its own.</summary>
/// <param name="Weight">W, C rows of p.</param>
/// <param name="Bias">b, C.</param>
/// <param name="Train">h of the training images.</param>
/// <param name="TrainLabels">Their labels.</param>
/// <param name="Test">h of the test images.</param>
/// <param name="TestLabels">Their labels.</param>
internal sealed record FeatureFixture(double[][] Weight, double[] Bias, double[][] Train, long[] TrainLabels, double[][] Test, long[] TestLabels)
{
    public int Classes => Weight.Length;

    public int Dimension => Weight[0].Length;

    /// <summary>Random features; class c has between 1 and <paramref name="perClass"/> images, so that classes are of unequal size.</summary>
    public static FeatureFixture Random(Seed seed, int classes, int dimension, int perClass = 9)
    {
        var random = seed.Random();
        var centres = Rows(classes, 1000);
        var (train, trainLabels) = Images();
        var (test, testLabels) = Images();
        return new(Rows(classes, 100), [.. Enumerable.Range(0, classes).Select(_ => (double)random.Next(201) - 100)], train, trainLabels, test, testLabels);

        double[][] Rows(int count, int bound) =>
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, dimension).Select(_ => (double)(random.Next(2 * bound + 1) - bound)).ToArray())];

        (double[][], long[]) Images()
        {
            var labels = Enumerable.Range(0, classes).SelectMany(c => Enumerable.Repeat((long)c, 1 + random.Next(perClass))).ToArray();
            var order = random.Permutation(labels.Length);
            labels = [.. order.Select(i => labels[i])];
            var noise = Rows(labels.Length, 400);
            return ([.. labels.Select((c, i) => centres[c].Zip(noise[i], (a, b) => a + b).ToArray())], labels);
        }
    }

    /// <summary>The same with every feature vector and every row of W changed.</summary>
    public FeatureFixture Map(Func<double[], double[]> feature, Func<double[], double[]> weight) =>
        this with { Train = [.. Train.Select(feature)], Test = [.. Test.Select(feature)], Weight = [.. Weight.Select(weight)] };

    /// <summary>A snapshot whose logits are W h + b. The caller disposes it.</summary>
    /// <param name="outOfDistribution">h of images out of distribution, or null where there are none.</param>
    public EpochSnapshot Snapshot(double[][]? outOfDistribution = null)
    {
        using var scope = NewDisposeScope();
        return new(
            new LinearHead(Matrix(Weight, ScalarType.Float64), tensor(Bias, ScalarType.Float64)),
            new Dictionary<Split, CollectedFeatures> { [Split.Train] = Collect(Train, TrainLabels), [Split.Test] = Collect(Test, TestLabels) },
            new Seed(1), default, outOfDistribution is null ? null : Collect(outOfDistribution, [.. outOfDistribution.Select(_ => -1L)]));
    }

    private CollectedFeatures Collect(double[][] features, long[] labels)
    {
        var logits = features.Select(h => Weight.Select((w, c) => w.Zip(h, (a, b) => a * b).Sum() + Bias[c]).ToArray()).ToArray();
        return new(Matrix(features, ScalarType.Float32), Matrix(logits, ScalarType.Float32), tensor(labels, ScalarType.Int64));
    }

    private static Tensor Matrix(double[][] rows, ScalarType type) => tensor(rows.SelectMany(row => row).ToArray(), type).view(rows.Length, -1);
}
