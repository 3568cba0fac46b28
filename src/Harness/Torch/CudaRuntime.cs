using System.Runtime.InteropServices;

namespace Harness.Torch;

/// <summary>
/// What TorchSharp does not give of CUDA, straight from the runtime library that a CUDA libtorch has loaded already. Without that library, or where it refuses, all of
/// it is merely absent.
/// </summary>
internal static unsafe class CudaRuntime
{
    // CUDA 12 and 13; the loader knows a loaded library by this name.
    private static readonly string[] Names = ["libcudart.so.12", "libcudart.so.13"];

    private static readonly nint Library = Names.Select(name => NativeLibrary.TryLoad(name, out var library) ? library : 0).FirstOrDefault(library => library != 0);

    /// <summary>Bytes free on a device, or null where that cannot be told.</summary>
    /// <param name="device">Its number.</param>
    public static long? FreeBytes(int device)
    {
        var set = (delegate* unmanaged<int, int>)Export("cudaSetDevice");
        var get = (delegate* unmanaged<nuint*, nuint*, int>)Export("cudaMemGetInfo");
        nuint free = 0, total = 0;
        return set != null && get != null && set(device) == 0 && get(&free, &total) == 0 ? (long)free : null;
    }

    /// <summary>The version of CUDA this library is of, and the newest that the driver serves (0 without a driver); null where the library is not there.</summary>
    public static (Version Library, Version Driver)? Versions()
    {
        var library = (delegate* unmanaged<int*, int>)Export("cudaRuntimeGetVersion");
        var driver = (delegate* unmanaged<int*, int>)Export("cudaDriverGetVersion");
        int ours = 0, theirs = 0;
        return library != null && driver != null && library(&ours) == 0 && driver(&theirs) == 0 ? (FromNumber(ours), FromNumber(theirs)) : null;
    }

    /// <summary>Why there is no device, in the library's words; null where there is one, and where that cannot be told.</summary>
    public static string? Fault()
    {
        var count = (delegate* unmanaged<int*, int>)Export("cudaGetDeviceCount");
        var words = (delegate* unmanaged<int, byte*>)Export("cudaGetErrorString");
        var devices = 0;
        return count != null && words != null && count(&devices) is var code and not 0 ? Marshal.PtrToStringUTF8((nint)words(code)) : null;
    }

    /// <summary>Locks pages of host memory, so that copies from there go at the full speed of the bus.</summary>
    /// <param name="start">Where.</param>
    /// <param name="length">Bytes.</param>
    /// <returns>Whether they are locked, and have to be unlocked before they are freed.</returns>
    public static bool TryLock(nint start, long length)
    {
        var register = (delegate* unmanaged<nint, nuint, uint, int>)Export("cudaHostRegister");
        return register != null && length > 0 && register(start, (nuint)length, 0) == 0;
    }

    /// <summary>Unlocks them.</summary>
    /// <param name="start">Where.</param>
    public static void Unlock(nint start)
    {
        var unregister = (delegate* unmanaged<nint, int>)Export("cudaHostUnregister");
        if (unregister != null) _ = unregister(start);
    }

    // 12080 is 12.8.
    private static Version FromNumber(int number) => new(number / 1000, number % 1000 / 10);

    private static nint Export(string name) => Library != 0 && NativeLibrary.TryGetExport(Library, name, out var export) ? export : 0;
}
