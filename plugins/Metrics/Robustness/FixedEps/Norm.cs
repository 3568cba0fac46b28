namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>How the size of a perturbation is measured, in pixels of [0,1].</summary>
public enum Norm
{
    /// <summary>The largest change of a pixel.</summary>
    Linf,

    /// <summary>The Euclidean length.</summary>
    L2,
}
