namespace Harness.Metrics.NeuralCollapse;

/// <summary>Neural collapse as Papyan, Han and Donoho (2020) measure it, NC1 to NC4, their figures 2 to 7, and as others do where they differ.</summary>
/// <remarks>
/// Everything is computed in float64 from float32 features, every average first within a class and then over classes, and every standard deviation
/// with the number of values as denominator (the authors' code divides by one less).
/// </remarks>
[Plugin("neural-collapse", Summary = "NC1 to NC4 in both conventions where the field has two, and the variability, ranks and lengths around them")]
public sealed class NeuralCollapseMetric : IMetric
{
    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities =
        [
            .. WithinClassVariability.Quantities,
            .. SimplexGeometry.Means.Quantities, .. SimplexGeometry.Classifiers.Quantities, .. SimplexGeometry.CentredClassifiers.Quantities,
            .. SelfDuality.Quantities, NearestClassCentre.Disagreement, .. Norms.Quantities,
        ],
        Needs = MetricNeeds.TrainFeatures,
        Uses = MetricNeeds.TestFeatures,
        Cost = "Two walks over the stored features and a C x p singular value decomposition for each split: O(NpC) time, O(pC) memory.",
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var (head, train) = (snapshot.Head, snapshot.Features(Split.Train).Statistics);
        foreach (var split in snapshot.Splits)
        {
            var features = snapshot.Features(split);
            var statistics = features.Statistics;
            var walk = Scatter.Of(features, train);
            WithinClassVariability.Measure(walk, statistics.CentredMeans, split, sink);
            SimplexGeometry.Means.Measure(statistics.CentredMeans, split, sink);
            SelfDuality.Measure(statistics, head, split, sink);
            NearestClassCentre.Measure(walk, features.Count, split, sink);
            Norms.Measure(walk, statistics, split, sink);
        }
        SimplexGeometry.Classifiers.Measure(head.Weight, split: null, sink);
        SimplexGeometry.CentredClassifiers.Measure(head.Weight.sub(head.Weight.mean([0], keepdim: true)), split: null, sink);
        Norms.Measure(head, sink);
    }
}
