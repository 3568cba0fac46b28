using System.Globalization;
using Harness.Torch;
using static TorchSharp.torch;

namespace Harness.Images;

/// <summary>How much of a device's memory images may take.</summary>
internal static class MemoryBudget
{
    private const string MemoryInfo = "/proc/meminfo";

    /// <summary>The rest is for the network, its activations, and what is measured.</summary>
    private const double Share = 0.5;

    /// <summary>Whether images may lie on a device; true also where its free memory cannot be told.</summary>
    /// <param name="bytes">Bytes they take.</param>
    /// <param name="device">The device.</param>
    public static bool Allows(long bytes, Device device) =>
        (device.type == TorchSharp.DeviceType.CUDA ? CudaRuntime.FreeBytes(Math.Max(0, device.index)) : FreeOnHost()) is not { } free || bytes <= Share * free;

    // What a container may use, and what is free of the machine.
    private static long FreeOnHost()
    {
        var allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var line = File.Exists(MemoryInfo) ? File.ReadLines(MemoryInfo).FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal)) : null;
        var kilobytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var free) ? Math.Min(allowed, free * 1024) : allowed;
    }
}
