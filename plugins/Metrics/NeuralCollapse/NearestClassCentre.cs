using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>NC4: the classifier decides as the nearest class centre would.</summary>
internal static class NearestClassCentre
{
    public static readonly Quantity Disagreement = new()
    {
        Name = "nearest-class-centre",
        Title = "Disagreement with the nearest class centre",
        Formula = "share of images with argmax_c (w_c·h + b_c) ≠ argmin_c ‖h − μ_c‖, μ_c the means of the training images",
        Source = Papers.Figure(7) + ", which shows it on test images",
        Direction = Direction.LowerIsCollapsed,
        Figure = new(7, "NC4: the classifier becomes the nearest class centre"),
    };

    /// <summary>Reports the share, each image counting once; that of test images, which are a sample, with its binomial standard error.</summary>
    /// <param name="features">Features and logits of the images.</param>
    /// <param name="split">Which images they are.</param>
    /// <param name="train">Class means of the training images.</param>
    /// <param name="sink">Receives it.</param>
    public static void Measure(FeatureSet features, Split split, ClassStatistics train, IMeasurementSink sink)
    {
        // ‖h − μ_c‖² = ‖h − μ_G‖² − 2 (h − μ_G)·m_c + ‖m_c‖², of which the first term is every class's. Measured from the global mean, no large
        // numbers cancel.
        var means = train.CentredMeans.t();
        var half = train.CentredMeans.square().sum(1).div(2);
        long disagreements = 0;
        features.ForEach(batch =>
        {
            var nearest = batch.Features.to(ScalarType.Float64).sub_(train.GlobalMean).mm(means).sub_(half).argmax(1);
            disagreements += nearest.ne(batch.Logits.argmax(1)).sum().ToInt64();
        });
        var share = (double)disagreements / features.Count;
        sink.Scalar(Disagreement, split, share, split == Split.Test ? Math.Sqrt(share * (1 - share) / features.Count) : null);
    }
}
