namespace Harness;

/// <summary>The axis a quantity is drawn on.</summary>
public enum AxisScale
{
    /// <summary>Equal steps.</summary>
    Linear,

    /// <summary>Equal ratios; values at or below zero are not drawn.</summary>
    Log,
}
