namespace Harness.Metrics.NeuralCollapse;

/// <summary>Neural collapse as Papyan, Han and Donoho (2020) measure it: NC1 to NC4, their figures 2 to 7.</summary>
/// <remarks>
/// Everything is computed in float64 from float32 features, every average first within a class and then over classes, and every standard deviation
/// with the number of values as denominator (the authors' code divides by one less).
/// </remarks>
[Plugin("neural-collapse", Summary = "NC1 to NC4: variability, equinorm, equiangularity, maximal angle, self-duality, nearest class centre")]
public sealed class NeuralCollapseMetric : IMetric
{
    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities =
        [
            WithinClassVariability.Nc1, WithinClassVariability.Rank,
            SimplexGeometry.Means.Equinorm, SimplexGeometry.Means.Equiangularity, SimplexGeometry.Means.MaximalAngle,
            SimplexGeometry.Classifiers.Equinorm, SimplexGeometry.Classifiers.Equiangularity, SimplexGeometry.Classifiers.MaximalAngle,
            SelfDuality.Quantity, NearestClassCentre.Disagreement,
        ],
        Needs = MetricNeeds.TrainFeatures | MetricNeeds.TestFeatures,
        Cost = "Two walks over the stored features and a C x p singular value decomposition for each split: O(NpC) time, O(pC) memory.",
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        foreach (var split in (Split[])[Split.Train, Split.Test])
        {
            var features = snapshot.Features(split);
            WithinClassVariability.Measure(features, split, sink);
            SimplexGeometry.Means.Measure(features.Statistics.CentredMeans, split, sink);
            SelfDuality.Measure(features.Statistics.CentredMeans, snapshot.Head.Weight, split, sink);
        }
        SimplexGeometry.Classifiers.Measure(snapshot.Head.Weight, split: null, sink);
        NearestClassCentre.Measure(snapshot.Features(Split.Test), snapshot.Features(Split.Train).Statistics, sink);
    }
}
