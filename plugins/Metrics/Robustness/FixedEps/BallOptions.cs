using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>How far attacks may go, in each norm asked for.</summary>
public abstract record BallOptions : IValidatableObject
{
    private static readonly double[] SmallLinf = [0.25 / 255, 0.5 / 255, 1.0 / 255, 2.0 / 255, 4.0 / 255, 8.0 / 255];

    /// <value>null</value>
    [Description("Radii eps in L∞, in pixels of [0,1], increasing; [] for none. Where nothing is said, 0.25, 0.5, 1, 2, 4 and 8 of 255: networks trained without defence are broken far below the usual 8/255.")]
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double[]? Linf { get; init; }

    /// <value>null</value>
    [Description("Radii eps in L2, increasing, attacked as well. Where nothing is said, none; [0.05, 0.1, 0.2, 0.5, 1] suits small images.")]
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double[]? L2 { get; init; }

    /// <value>100</value>
    [Description("Images attacked together: less for large images, where memory is short. Does not change the numbers but for rounding.")]
    [Range(1, int.MaxValue)]
    public int BatchSize { get; init; } = 100;

    /// <summary>The norms asked for, each with its radii.</summary>
    internal IReadOnlyList<(Norm Norm, double[] Radii)> Balls =>
        [.. (((Norm Norm, double[] Radii)[])[(Norm.Linf, Linf ?? SmallLinf), (Norm.L2, L2 ?? [])]).Where(b => b.Radii.Length > 0)];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Balls.Count == 0) yield return new("'linf' and 'l2' want at least one radius between them", [nameof(Linf)]);
        foreach (var (norm, radii) in Balls)
        {
            var (name, member) = norm == Norm.Linf ? ("linf", nameof(Linf)) : ("l2", nameof(L2));
            if (radii.Zip(radii.Skip(1)).Any(pair => !(pair.First < pair.Second))) yield return new($"'{name}' must increase from radius to radius", [member]);
            else if (radii.Select(Report.Label).Distinct().Count() < radii.Length) yield return new($"two radii of '{name}' agree in four digits", [member]);
        }
    }
}
