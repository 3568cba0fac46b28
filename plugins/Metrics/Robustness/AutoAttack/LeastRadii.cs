using Harness.Metrics.Robustness.FixedEps;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>The least perturbations that FAB found, of all images drawn: a misclassified one needs none, one that stands has an infinite one.</summary>
internal sealed class LeastRadii
{
    /// <summary>The normal distribution's 97.5 % quantile.</summary>
    private const double Z = 1.959963984540054;

    private readonly Quantity median, low, high, unbroken;

    /// <summary>Declares them.</summary>
    /// <param name="norm">Which is in the names.</param>
    public LeastRadii(Norm norm)
    {
        const string Source = "Croce and Hein 2020 (arXiv:1907.02044)";
        var name = norm == Norm.Linf ? "L∞" : "L2";
        median = Of("radius.median", "Median least perturbation", $"Median_x min ‖r(x)‖ in {name} over the runs of FAB; 0 where misclassified, infinite where not broken", Source, Direction.HigherIsRobust);
        low = Of("radius.median.low", "Lower end of its interval", "the radius below which lies a share of images that a true median allows at 95 % (score interval of ½)", "Order statistics; Wilson 1927", Direction.HigherIsRobust);
        high = Of("radius.median.high", "Upper end of its interval", "the same from above", "Order statistics; Wilson 1927", Direction.HigherIsRobust);
        unbroken = Of("radius.unbroken", "Images FAB does not break", "share of images; their radius counts as infinite", Source, Direction.None) with { Unit = "1" };

        Quantity Of(string quantity, string title, string formula, string source, Direction direction) =>
            new() { Name = $"{Report.Prefix(norm)}.{quantity}", Title = title, Formula = formula, Source = source, Direction = direction, Unit = $"pixels ({name})" };
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Quantity> Quantities => [median, low, high, unbroken];

    /// <summary>Reports them.</summary>
    /// <param name="outcome">At least one image.</param>
    /// <param name="sink">Receives them.</param>
    public void Tell(Outcome outcome, IMeasurementSink sink)
    {
        var n = outcome.Images;
        var radii = outcome.LeastPerturbation.Select((r, i) => outcome.Misclassified[i] ? 0 : r).Order().ToArray();
        var (below, above) = (radii[(n - 1) / 2], radii[n / 2]);
        sink.Scalar(median, Split.Test, double.IsInfinity(above) ? above : (below + above) / 2);
        // A share k/n of images is one that a true median allows where |k/n − ½| ≤ z/(2√n).
        var reach = Z * Math.Sqrt(n) / 2;
        sink.Scalar(low, Split.Test, radii[Math.Max((int)Math.Ceiling(n / 2.0 - reach) - 1, 0)]);
        sink.Scalar(high, Split.Test, radii[Math.Min((int)Math.Floor(n / 2.0 + reach), n - 1)]);
        var share = (double)radii.Count(double.IsInfinity) / n;
        sink.Scalar(unbroken, Split.Test, share, Math.Sqrt(share * (1 - share) / n));
    }
}
