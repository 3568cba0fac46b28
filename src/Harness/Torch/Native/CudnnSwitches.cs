namespace Harness.Torch.Native;

/// <summary>How cuDNN chooses among its convolutions, for the whole process.</summary>
public static unsafe class CudnnSwitches
{
    /// <summary>Whether the libtorch that is loaded has them.</summary>
    public static bool Available => TorchExports.Has(TorchExports.GlobalContext, TorchExports.SetBenchmarkCudnn);

    /// <summary>Tries all algorithms on the first batch of each shape and keeps the fastest, instead of guessing one.</summary>
    /// <exception cref="LibtorchException">This libtorch does not export it.</exception>
    public static void Benchmark()
    {
        var context = ((delegate* unmanaged<IntPtr>)TorchExports.Address(TorchExports.GlobalContext))();
        ((delegate* unmanaged<IntPtr, byte, void>)TorchExports.Address(TorchExports.SetBenchmarkCudnn))(context, 1);
    }
}
