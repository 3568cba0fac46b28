using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>What every evaluation at fixed radii is told.</summary>
public abstract record AttackOptions : IValidatableObject
{
    private static readonly double[] SmallLinf = [0.25 / 255, 0.5 / 255, 1.0 / 255, 2.0 / 255, 4.0 / 255, 8.0 / 255];
    private static readonly double[] SmallL2 = [0.05, 0.1, 0.2, 0.5, 1];

    /// <value>linf</value>
    [Description("The norm of the perturbations: linf or l2.")]
    public Norm Norm { get; init; } = Norm.Linf;

    /// <value>null</value>
    [Description("Radii eps in pixels of [0,1], increasing. Where nothing is said, 0.25, 0.5, 1, 2, 4 and 8 of 255 for linf, and 0.05, 0.1, 0.2, 0.5 and 1 for l2: networks trained without defence are broken far below the usual 8/255.")]
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double[]? Eps { get; init; }

    /// <value>100</value>
    [Description("Test images, drawn at random: the same at every epoch and for every architecture, and DeepFool's. All of them where there are fewer.")]
    [Range(1, int.MaxValue)]
    public int Images { get; init; } = 100;

    /// <value>100</value>
    [Description("Images attacked together: less for large images, where memory is short. Does not change the numbers but for rounding.")]
    [Range(1, int.MaxValue)]
    public int BatchSize { get; init; } = 100;

    /// <summary>The radii, those of the norm where none are given.</summary>
    internal double[] Radii => Eps ?? (Norm == Norm.Linf ? SmallLinf : SmallL2);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Radii.Length == 0) yield return new("'eps' wants at least one radius", [nameof(Eps)]);
        if (Radii.Zip(Radii.Skip(1)).Any(pair => !(pair.First < pair.Second))) yield return new("'eps' must increase from radius to radius", [nameof(Eps)]);
        else if (Radii.Select(Report.Label).Distinct().Count() < Radii.Length) yield return new("two radii of 'eps' agree in four digits", [nameof(Eps)]);
    }
}
