using TorchSharp;

namespace Harness.Metrics.NeuralCollapse.Generalised;

/// <summary>Neural collapse where there may be more classes than directions, C > p + 1, so that no simplex fits: Jiang et al. 2023. Their GNC1 is NC1.</summary>
[Plugin("generalised-collapse", Summary = "GNC2 and GNC3, for any number of classes: one-versus-rest and one-versus-one distances, duality by direction")]
public sealed class GeneralisedCollapseMetric : IMetric
{
    private static readonly Quantity Duality = new()
    {
        Name = "self-duality.cosine",
        Title = "Angle between classifiers and class means",
        Formula = "1 − Ave_c cos(w_c, μ_c − μ_G)",
        Source = $"{Papers.Jiang}, their GNC3",
        Direction = Direction.LowerIsCollapsed,
    };

    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = [.. SoftmaxCode.Means.Quantities, .. SoftmaxCode.Classifiers.Quantities, Duality],
        Needs = MetricNeeds.TrainFeatures,
        Uses = MetricNeeds.TestFeatures,
        Cost = "C quadratic programmes in C variables, for the means of each split and for the classifiers, on the processor: nothing for 10 classes, a minute for 1000.",
        DefaultAt = MeasureAt.Ends,
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var weight = snapshot.Head.Weight;
        foreach (var split in snapshot.Splits)
        {
            var means = snapshot.Features(split).Statistics.CentredMeans;
            SoftmaxCode.Means.Measure(means, split, sink, snapshot.Cancellation);
            var cosines = weight.mul(means).sum(1).div(weight.square().sum(1).sqrt()).div(means.square().sum(1).sqrt());
            sink.Scalar(Duality, split, 1 - cosines.mean().ToDouble());
        }
        SoftmaxCode.Classifiers.Measure(weight, split: null, sink, snapshot.Cancellation);
    }
}
