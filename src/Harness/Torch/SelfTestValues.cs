namespace Harness.Torch;

/// <summary>What libtorch 2.10.0 of NuGet computes in <see cref="SelfTest"/>, on the CPU.</summary>
internal static class SelfTestValues
{
    /// <summary>Values by name.</summary>
    public static IReadOnlyDictionary<string, double[]> Expected { get; } = new Dictionary<string, double[]>
    {
    };
}
