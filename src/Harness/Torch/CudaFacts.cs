using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Torch;

/// <summary>What CUDA says of itself in a process with a CUDA build of libtorch.</summary>
/// <param name="Devices">The devices, by number.</param>
/// <param name="Version">The CUDA it is built for, such as 12.8; null where its runtime library does not say.</param>
/// <param name="DriverVersion">The newest CUDA that the driver serves; 0.0 without a driver, null where unknown.</param>
/// <param name="Fault">Why there is no device, in CUDA's words; null where there is one.</param>
public sealed record CudaFacts(IReadOnlyList<CudaDeviceFacts> Devices, Version? Version = null, Version? DriverVersion = null, string? Fault = null)
{
    /// <summary>Of this process, which has loaded libtorch.</summary>
    public static CudaFacts OfThisProcess()
    {
        var versions = CudaRuntime.Versions();
        return new([.. Enumerable.Range(0, cuda.is_available() ? cuda.device_count() : 0).Select(Device)], versions?.Library, versions?.Driver, CudaRuntime.Fault());
    }

    private static CudaDeviceFacts Device(int number)
    {
        var described = CudaDriver.Describe(number);
        return new(described?.Name ?? "unnamed", described?.MemoryBytes, FaultOf(number));
    }

    // A build without code for this generation of devices lists it all the same.
    private static string? FaultOf(int number)
    {
        try
        {
            using var scope = NewDisposeScope();
            return ones(2, device: new Device(DeviceType.CUDA, number)).sum().ToSingle() == 2 ? null : "it computes nonsense";
        }
        catch (ExternalException e)
        {
            return LibtorchMessage.WithoutStack(e.Message).Split('\n')[0];
        }
    }
}

/// <summary>A GPU.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MemoryBytes">Its memory; null where unknown.</param>
/// <param name="Fault">Why nothing can be computed on it; null where it can.</param>
public sealed record CudaDeviceFacts(string Name, long? MemoryBytes = null, string? Fault = null);
