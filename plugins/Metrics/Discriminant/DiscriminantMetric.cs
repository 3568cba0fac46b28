using TorchSharp;

namespace Harness.Metrics.Discriminant;

/// <summary>The discriminant analysis that least squares makes of the last layer's features (Webb and Lowe 1990), and all else that needs their p x p scatter.</summary>
[Plugin("discriminant", Summary = "Webb and Lowe's J, VCI, the least-squares head beside the trained one, the decomposition of the squared error, numerical rank")]
public sealed class DiscriminantMetric : IMetric
{
    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = Quantities.All,
        Needs = MetricNeeds.TrainFeatures,
        Uses = MetricNeeds.TestFeatures,
        Cost = "For each split two walks over the stored features, the first with p x p products in float64, O(Np²), and two p x p eigenvalue problems, O(p³); 32 p² bytes.",
        DefaultAt = MeasureAt.Ends,
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        LeastSquaresHead? head = null;
        foreach (var split in snapshot.Splits)
        {
            snapshot.Cancellation.ThrowIfCancellationRequested();
            var features = snapshot.Features(split);
            var total = TotalScatter.Of(features);
            ReportScatter(features.Statistics, total, split, sink);
            head ??= LeastSquaresHead.Of(features.Statistics, total);
            ReportHeads(HeadErrors.Of(features, snapshot.Head, head), features.Count, split, sink);
        }
    }

    private static void ReportScatter(ClassStatistics statistics, TotalScatter total, Split split, IMeasurementSink sink)
    {
        var classes = statistics.Counts.Count;
        var rank = MeanDirections.Of(statistics.Means, statistics.CentredMeans).Rank;
        var j = total.Inverse(statistics.CentredMeans).mul(statistics.CentredMeans).sum().ToDouble() / classes;
        sink.Scalar(Quantities.J, split, j);
        sink.Scalar(Quantities.Fraction, split, j / (classes - 1));
        sink.Scalar(Quantities.Vci, split, rank == 0 ? double.NaN : 1 - j / rank);
        sink.Scalar(Quantities.Rank, split, total.Values.shape[0]);
        sink.Scalar(Quantities.NumericalRank, split, TotalScatter.NumericalRank(total.SecondMoments));
        sink.Scalar(Quantities.CentredNumericalRank, split, TotalScatter.NumericalRank(total.Values));
    }

    private static void ReportHeads(HeadErrors errors, long images, Split split, IMeasurementSink sink)
    {
        Accuracy(Quantities.LeastSquaresAccuracy, errors.LeastSquaresAccuracy);
        Accuracy(Quantities.TrainedAccuracy, errors.TrainedAccuracy);
        sink.Scalar(Quantities.SquaredError, split, errors.LeastSquares);
        if (split == Split.Test) return;
        sink.Scalar(Quantities.Loss, split, errors.Trained / 2);
        sink.Scalar(Quantities.LossWithin, split, errors.Within / 2);
        sink.Scalar(Quantities.LossMeans, split, errors.Means / 2);
        sink.Scalar(Quantities.LossApart, split, errors.Apart / 2);

        // The training images are all there are; the test images are a sample, and a share of them has an error.
        void Accuracy(Quantity quantity, double share) => sink.Scalar(quantity, split, share, split == Split.Test ? Math.Sqrt(share * (1 - share) / images) : null);
    }
}
