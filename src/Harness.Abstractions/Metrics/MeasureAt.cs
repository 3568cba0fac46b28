namespace Harness;

/// <summary>At which of the measured epochs a metric runs.</summary>
public enum MeasureAt
{
    /// <summary>At every measured epoch.</summary>
    Every,

    /// <summary>At the first epoch of the terminal phase and at the last epoch: for what is expensive.</summary>
    Ends,
}
