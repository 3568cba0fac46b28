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
    /// <param name="walk">What the images' features tell.</param>
    /// <param name="count">How many images.</param>
    /// <param name="split">Which images they are.</param>
    /// <param name="sink">Receives it.</param>
    public static void Measure(Scatter walk, long count, Split split, IMeasurementSink sink)
    {
        var share = (double)walk.Disagreements / count;
        sink.Scalar(Disagreement, split, share, split == Split.Test ? Math.Sqrt(share * (1 - share) / count) : null);
    }
}
