using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Manifests;

/// <summary>What a cell's process may use before the run ends it. Decides no number, so it is no part of what a cell is.</summary>
public sealed record CellLimits
{
    /// <value>
    /// 15m: far above the longest a healthy cell is silent, which is one call into libtorch that no step, batch or chunk of images divides, such as the decomposition of a wide layer's
    /// class means; and far below a night.
    /// </value>
    [Description("Without any step, batch or image read for so long a cell counts as hung, and is killed.")]
    [AtLeast(5)]
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(15);

    /// <value>Null: as long as it takes.</value>
    [Description("How long a cell's process may run; then it stops at a checkpoint, and the next run continues it. As long as it takes where absent.")]
    [AtLeast(1)]
    public TimeSpan? Cell { get; init; }

    /// <value>Null: as much as there is.</value>
    [Description("Resident memory of a cell's process; above it, it is killed. As much as there is where absent.")]
    [AtLeastAMebibyte]
    public ByteSize? Memory { get; init; }
}

/// <summary>A length of time that is not so short that a healthy cell could not keep to it.</summary>
/// <param name="seconds">The shortest.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtLeastAttribute(int seconds) : ValidationAttribute
{
    /// <summary>The shortest, in seconds.</summary>
    public int Seconds => seconds;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || value is TimeSpan length && length >= TimeSpan.FromSeconds(seconds);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => $"The field {name} must be at least {seconds}s.";
}

/// <summary>Not so little that no process could keep to it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtLeastAMebibyteAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || value is ByteSize size && size.Bytes >= 1 << 20;

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => $"The field {name} must be at least 1MiB.";
}
