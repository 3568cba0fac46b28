using Harness.Manifests;

namespace Harness.Measuring;

/// <summary>Where a cell's metrics have their randomness from.</summary>
public static class MeasuringSeed
{
    /// <summary><see cref="Snapshot.Seed"/>: of the data set alone, so that every architecture and every seed is attacked on the same images.</summary>
    /// <param name="spec">The cell.</param>
    public static Seed Of(CellSpec spec) => new Seed((ulong)spec.Dataset.Subsample.SubsampleSeed).Derive("measuring");
}
