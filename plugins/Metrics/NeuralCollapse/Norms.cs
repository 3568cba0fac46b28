using TorchSharp;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>Lengths: collapse is a statement about shape, and most of its quantities do not change with scale.</summary>
internal static class Norms
{
    public static readonly Quantity Feature = Of("norm.features", "Mean length of a feature vector", "Ave_c Ave_{i∈c} ‖h_i‖");

    public static readonly Quantity Mean = Of("norm.means", "Mean length of a centred class mean", "Ave_c ‖μ_c − μ_G‖");

    public static readonly Quantity Global = Of("norm.global-mean", "Length of the global mean", "‖μ_G‖");

    public static readonly Quantity Classifier = Of("norm.classifiers", "Mean length of a classifier", "Ave_c ‖w_c‖");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> Quantities { get; } = [Feature, Mean, Global, Classifier];

    /// <summary>Reports those of features.</summary>
    /// <param name="walk">What the split's features tell.</param>
    /// <param name="statistics">Its class means.</param>
    /// <param name="split">The images they are of.</param>
    /// <param name="sink">Receives them.</param>
    public static void Measure(Scatter walk, ClassStatistics statistics, Split split, IMeasurementSink sink)
    {
        sink.Scalar(Feature, split, walk.FeatureNorm);
        sink.Scalar(Mean, split, statistics.CentredMeans.square().sum(1).sqrt().mean().ToDouble());
        sink.Scalar(Global, split, statistics.GlobalMean.norm().ToDouble());
    }

    /// <summary>Reports the head's.</summary>
    /// <param name="head">The last layer.</param>
    /// <param name="sink">Receives it.</param>
    public static void Measure(LinearHead head, IMeasurementSink sink) => sink.Scalar(Classifier, null, head.Weight.square().sum(1).sqrt().mean().ToDouble());

    private static Quantity Of(string name, string title, string formula) => new()
    {
        Name = name,
        Title = title,
        Formula = formula,
        Source = "Scale, of which the other quantities say nothing",
    };
}
