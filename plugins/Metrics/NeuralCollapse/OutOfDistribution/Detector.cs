namespace Harness.Metrics.NeuralCollapse.OutOfDistribution;

/// <summary>What is reported of one score that tells images of the classes from others.</summary>
/// <param name="name">As names spell it.</param>
/// <param name="title">For people.</param>
/// <param name="score">Its formula.</param>
/// <param name="source">Where it comes from.</param>
internal sealed class Detector(string name, string title, string score, string source)
{
    private const string Setting = "test images against those out of distribution";

    private static readonly Figure Curves = new(22, "Out of distribution: AUROC of NECO and of the softmax");

    private readonly Quantity auroc = new()
    {
        Name = $"{name}.auroc",
        Title = $"AUROC of {title}",
        Formula = $"share of pairs ordered rightly, ties counting half, by {score}; {Setting}",
        Source = source,
        Direction = Direction.HigherIsBetter,
        Figure = Curves,
        Series = title,
    };

    private readonly Quantity falsePositives = new()
    {
        Name = $"{name}.fpr95",
        Title = $"False positives of {title} at 95 % true positives",
        Formula = $"share of images out of distribution at or above the threshold that 95 % of the test images reach, by {score}",
        Source = source,
        Direction = Direction.LowerIsBetter,
    };

    /// <summary>Both quantities.</summary>
    public IReadOnlyList<Quantity> Quantities => [auroc, falsePositives];

    /// <summary>Reports them.</summary>
    /// <param name="inside">Scores of test images.</param>
    /// <param name="outside">Scores of images out of distribution.</param>
    /// <param name="sink">Receives them.</param>
    public void Measure(double[] inside, double[] outside, IMeasurementSink sink)
    {
        var detection = Detection.Of(inside, outside);
        sink.Scalar(auroc, Split.Test, detection.Auroc, detection.AurocError);
        sink.Scalar(falsePositives, Split.Test, detection.FalsePositives, detection.FalsePositivesError);
    }
}
