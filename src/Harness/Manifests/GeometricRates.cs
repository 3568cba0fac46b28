using System.ComponentModel.DataAnnotations;

namespace Harness.Manifests;

/// <summary>Learning rates of a sweep as a range: <c>{ from: 1e-4, to: 0.25, count: 25 }</c>.</summary>
internal sealed record GeometricRates : IValidatableObject
{
    /// <summary>The lowest.</summary>
    [Range(0, 1000.0, MinimumIsExclusive = true)]
    public required double From { get; init; }

    /// <summary>The highest.</summary>
    [Range(0, 1000.0, MinimumIsExclusive = true)]
    public required double To { get; init; }

    /// <summary>How many, evenly spaced on a log axis.</summary>
    [Range(2, ManifestPlanner.MaxCells)]
    public required int Count { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        From < To ? [] : [new($"'from' ({SweepRates.Label(From)}) is not below 'to' ({SweepRates.Label(To)})", [nameof(From)])];
}
