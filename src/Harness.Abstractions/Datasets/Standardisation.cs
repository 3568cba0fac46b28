namespace Harness;

/// <summary>Per-channel mean and standard deviation of pixels in [0,1]; a network sees (pixel - mean) / deviation.</summary>
/// <param name="Mean">One for each channel, in [0,1].</param>
/// <param name="Deviation">One for each channel, above 0.</param>
public sealed record Standardisation(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);
