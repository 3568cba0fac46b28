namespace Harness;

/// <summary>A number reported at the end of an epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Value">The number.</param>
public readonly record struct EpochValue(int Epoch, double Value);
