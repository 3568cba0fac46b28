using System.Globalization;
using static TorchSharp.torch;

namespace Harness.Torch;

/// <summary>How much of a device's memory may be taken by what could lie elsewhere: images, features.</summary>
internal static class MemoryBudget
{
    private const string MemoryInfo = "/proc/meminfo";

    /// <summary>The rest is for the network and its activations.</summary>
    private const double Share = 0.5;

    /// <summary>Whether it may lie on a device; true also where its free memory cannot be told.</summary>
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
