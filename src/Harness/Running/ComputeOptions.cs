using Harness.Torch;

namespace Harness.Running;

/// <summary>What a run may use of the machine.</summary>
/// <param name="Device">"cpu" or "cuda:N".</param>
/// <param name="Jobs">Cells at once.</param>
/// <param name="Threads">Intra-operation threads of each cell.</param>
public sealed record ComputeOptions(string Device, int Jobs, int Threads)
{
    private const string CudaLibrary = "libtorch_cuda.so";

    /// <summary>The device without its number.</summary>
    public string DeviceKind => Device.Split(':')[0];

    /// <summary>
    /// Fills in what the user left open. On a CPU one cell for each processor with one thread each: small networks scale badly over threads, and a cell's
    /// digits then do not depend on how many processors the machine has. On a GPU one cell at a time.
    /// </summary>
    /// <param name="device">"cpu", "cuda", "cuda:N", or null: a GPU where libtorch has CUDA and the system a device, else the CPU.</param>
    /// <param name="jobs">Cells at once, or null.</param>
    /// <param name="threads">Threads of each, or null.</param>
    /// <param name="libtorch">The folder of libtorch.</param>
    /// <exception cref="LibtorchException">A GPU is asked for and there is none.</exception>
    public static ComputeOptions Resolve(string? device, int? jobs, int? threads, string libtorch)
    {
        var hasGpu = File.Exists(Path.Combine(libtorch, CudaLibrary)) && (File.Exists("/dev/nvidiactl") || File.Exists("/dev/dxg"));
        var name = device switch { null => hasGpu ? "cuda:0" : "cpu", "cuda" => "cuda:0", _ => device };
        var onCpu = name == "cpu";
        if (!onCpu && !hasGpu)
            throw new LibtorchException(
                $"--device {name} wants a GPU, and none can be used: libtorch in '{libtorch}' {(File.Exists(Path.Combine(libtorch, CudaLibrary)) ? "has CUDA, but NVIDIA's driver shows no device" : $"is built without CUDA ('{CudaLibrary}' is missing; a CUDA PyTorch's torch/lib will do)")}; or use --device cpu.");
        return new(name, jobs ?? (onCpu ? Math.Max(1, Environment.ProcessorCount / Math.Max(1, threads ?? 1)) : 1), threads ?? 1);
    }
}
