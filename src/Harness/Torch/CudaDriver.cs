using System.Runtime.InteropServices;
using System.Text;

namespace Harness.Torch;

/// <summary>Name and memory of a GPU from NVIDIA's driver itself, which TorchSharp does not ask. Without the driver's library, or where it refuses, they are merely unknown.</summary>
internal static unsafe class CudaDriver
{
    private static readonly nint Library = NativeLibrary.TryLoad("libcuda.so.1", out var library) ? library : 0;

    /// <summary>A device's name and its bytes of memory; null where they cannot be told.</summary>
    /// <param name="device">Its number, as CUDA counts.</param>
    public static (string Name, long MemoryBytes)? Describe(int device)
    {
        var initialise = (delegate* unmanaged<uint, int>)Export("cuInit");
        var get = (delegate* unmanaged<int*, int, int>)Export("cuDeviceGet");
        var nameOf = (delegate* unmanaged<byte*, int, int, int>)Export("cuDeviceGetName");
        var memoryOf = (delegate* unmanaged<nuint*, int, int>)Export("cuDeviceTotalMem_v2");
        if (initialise == null || get == null || nameOf == null || memoryOf == null) return null;
        const int Longest = 256;
        var name = stackalloc byte[Longest];
        nuint memory = 0;
        var handle = 0;
        return initialise(0) == 0 && get(&handle, device) == 0 && nameOf(name, Longest, handle) == 0 && memoryOf(&memory, handle) == 0
            ? (Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), (long)memory)
            : null;
    }

    private static nint Export(string name) => Library != 0 && NativeLibrary.TryGetExport(Library, name, out var export) ? export : 0;
}
