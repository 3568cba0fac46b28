namespace Metrics.Tests;

/// <summary>Features that a few lines of any language make again: a linear congruential generator's whole numbers, c + 2 images of class c, no bias, test = train.</summary>
internal static class ExactFixture
{
    public static FeatureFixture Of(int classes, int dimension, long seed)
    {
        var state = seed;
        double Next() => ((state = (state * 1103515245 + 12345) % (1L << 31)) >> 16) % 2001 - 1000;
        double[] Row() => [.. Enumerable.Range(0, dimension).Select(_ => Next())];
        var weight = Enumerable.Range(0, classes).Select(_ => Row()).ToArray();
        var labels = Enumerable.Range(0, classes).SelectMany(c => Enumerable.Repeat((long)c, c + 2)).ToArray();
        var features = labels.Select(_ => Row()).ToArray();
        return new(weight, new double[classes], features, labels, features, labels);
    }

    /// <summary>The vertices of a simplex in whole numbers, C I − 1 1ᵀ, so that float32 adds no noise; three images on each vertex, W = Mᵀ.</summary>
    public static FeatureFixture Collapsed(int classes)
    {
        var vertices = Enumerable.Range(0, classes).Select(c => Enumerable.Range(0, classes).Select(j => (j == c ? classes : 0) - 1.0).ToArray()).ToArray();
        var labels = Enumerable.Range(0, 3 * classes).Select(i => (long)(i % classes)).ToArray();
        var features = labels.Select(c => vertices[c]).ToArray();
        return new(vertices, new double[classes], features, labels, features, labels);
    }

    /// <summary>The bound of an agreement to nine digits.</summary>
    public static void Near(double expected, double actual, string what = "") =>
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Abs(expected) + 1e-13, $"{what} was to be {expected}, and is {actual}.");
}
