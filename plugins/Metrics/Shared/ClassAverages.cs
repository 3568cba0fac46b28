using static TorchSharp.torch;

namespace Harness.Metrics;

/// <summary>Averages of values of images, class by class. Summed on the processor in the images' order, so that they are the same at every run.</summary>
/// <param name="classes">C.</param>
/// <param name="values">How many values an image has.</param>
internal sealed class ClassAverages(int classes, int values)
{
    private readonly double[,] sums = new double[values, classes];
    private readonly long[] counts = new long[classes];

    /// <summary>Images so far.</summary>
    public long Count => counts.Sum();

    /// <summary>Adds images.</summary>
    /// <param name="labels">n, int64.</param>
    /// <param name="columns">Each value of the n images, n, float64.</param>
    public void Add(Tensor labels, params ReadOnlySpan<Tensor> columns)
    {
        var classOf = labels.cpu().data<long>().ToArray();
        for (var value = 0; value < columns.Length; value++)
        {
            var column = columns[value].cpu().data<double>().ToArray();
            for (var i = 0; i < classOf.Length; i++) sums[value, classOf[i]] += column[i];
        }
        foreach (var c in classOf) counts[c]++;
    }

    /// <summary>The average of one value in each class.</summary>
    /// <param name="value">Which, from 0.</param>
    public double[] Of(int value) => [.. counts.Select((count, c) => sums[value, c] / count)];
}
