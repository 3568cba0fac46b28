using static TorchSharp.torch;

namespace Harness.Torch;

/// <summary>Host memory that a GPU copies from at full speed where the CUDA runtime can lock its pages, and that it copies from all the same where not.</summary>
internal sealed unsafe class PageLockedBuffer : IDisposable
{
    private readonly nint start;
    private readonly bool isLocked;

    /// <summary>Takes the memory.</summary>
    /// <param name="length">Bytes, below 2 GB.</param>
    public PageLockedBuffer(long length)
    {
        Bytes = empty(length, ScalarType.Byte, CPU).DetachFromDisposeScope();
        fixed (byte* first = Bytes.bytes) start = (nint)first;
        isLocked = CudaRuntime.TryLock(start, length);
    }

    /// <summary>It, uint8, on the CPU. Owned by this object.</summary>
    public Tensor Bytes { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (isLocked) CudaRuntime.Unlock(start);
        Bytes.Dispose();
    }
}
