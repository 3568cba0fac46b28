namespace Harness.Metrics.Robustness;

/// <summary>The quantities, from the images' results.</summary>
internal static class Radii
{
    private const string Paper = "Papyan, Han and Donoho 2020 (PNAS 117:24652, arXiv:2008.08186), figure 8";
    private const string Attack = "DeepFool: Moosavi-Dezfooli, Fawzi and Frossard 2016 (arXiv:1511.04599), algorithm 2";

    private static readonly Quantity Relative = new()
    {
        Name = "deepfool.relative-radius",
        Title = "DeepFool radius relative to the image",
        Formula = "Ave_x ‖r(x)‖₂/‖x‖₂, r and x in pixels of [0,1]",
        Source = Paper,
        Direction = Direction.HigherIsRobust,
        Figure = new(8, "Robustness: DeepFool radius relative to the image"),
    };

    private static readonly Quantity StandardisedRelative = new()
    {
        Name = "deepfool.relative-radius.standardised",
        Title = "DeepFool radius relative to the standardised image",
        Formula = "Ave_x ‖r(x)/σ‖₂/‖(x − m)/σ‖₂: r found in pixels, then both as the network sees them; m, σ the channels' mean and deviation",
        Source = Paper + ", in the units of standardised images",
        Direction = Direction.HigherIsRobust,
    };

    private static readonly Quantity Mean = new()
    {
        Name = "deepfool.radius",
        Title = "Mean DeepFool radius",
        Formula = "Ave_x ‖r(x)‖₂",
        Source = Attack,
        Unit = "pixels (L2)",
        Direction = Direction.HigherIsRobust,
    };

    private static readonly Quantity Median = new()
    {
        Name = "deepfool.radius.median",
        Title = "Median DeepFool radius",
        Formula = "Median_x ‖r(x)‖₂",
        Source = Attack,
        Unit = "pixels (L2)",
        Direction = Direction.HigherIsRobust,
    };

    private static readonly Quantity Unbroken = Share(
        "deepfool.unbroken", "Images not broken",
        "share of images that keep their label; their radius is the one reached, which is no bound");

    private static readonly Quantity Misclassified = Share(
        "deepfool.misclassified", "Images misclassified before the attack",
        "share of images the network got wrong; led away from the label it gave");

    private static readonly Quantity OutOfRange = Share(
        "deepfool.out-of-range", "Images that left [0,1]",
        "share of attacked images with a pixel outside [0,1]; DeepFool is not clipped");

    private static readonly Quantity Black = Share(
        "deepfool.black", "Black images",
        "share of images with ‖x‖₂ = 0, which have no relative radius and are left out of its average");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> Quantities { get; } = [Relative, StandardisedRelative, Mean, Median, Unbroken, Misclassified, OutOfRange, Black];

    /// <summary>Reports every quantity.</summary>
    /// <param name="images">At least one.</param>
    /// <param name="sink">Receives them.</param>
    public static void Report(IReadOnlyList<AttackedImage> images, IMeasurementSink sink)
    {
        Average(Relative, images.Where(i => i.Norm > 0).Select(i => i.Radius / i.Norm));
        Average(StandardisedRelative, images.Where(i => i.StandardisedNorm > 0).Select(i => i.StandardisedRadius / i.StandardisedNorm));
        Average(Mean, images.Select(i => i.Radius));
        sink.Scalar(Median, Split.Test, MedianOf([.. images.Select(i => i.Radius).Order()]));
        Proportion(Unbroken, i => !i.Broken);
        Proportion(Misclassified, i => i.Misclassified);
        Proportion(OutOfRange, i => i.OutOfRange);
        Proportion(Black, i => i.Norm == 0);

        void Average(Quantity quantity, IEnumerable<double> values)
        {
            var all = values.ToArray();
            var mean = all.Length == 0 ? double.NaN : all.Average();
            var variance = all.Sum(v => (v - mean) * (v - mean)) / (all.Length - 1.0);
            sink.Scalar(quantity, Split.Test, mean, Math.Sqrt(variance / all.Length));
        }

        void Proportion(Quantity quantity, Func<AttackedImage, bool> holds)
        {
            var share = (double)images.Count(holds) / images.Count;
            sink.Scalar(quantity, Split.Test, share, Math.Sqrt(share * (1 - share) / images.Count));
        }
    }

    private static double MedianOf(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static Quantity Share(string name, string title, string formula) => new() { Name = name, Title = title, Formula = formula, Source = Attack };
}
