using Harness.Torch;

namespace Harness.Running;

/// <summary>What a run may use of the machine.</summary>
/// <param name="Devices">The devices that cells may run on.</param>
/// <param name="Threads">Intra-operation threads of each cell.</param>
public sealed record ComputeOptions(IReadOnlyList<ComputeDevice> Devices, int Threads)
{
    private const string CudaLibrary = "libtorch_cuda.so";

    /// <summary>The kinds among them, in their order.</summary>
    public IReadOnlyList<string> Kinds => [.. Devices.Select(d => d.Kind).Distinct()];

    /// <summary>
    /// Fills in what the user left open. On a CPU one cell for each processor with one thread each: small networks scale badly over threads, and a cell's
    /// digits then do not depend on how many processors the machine has. On a GPU as many as fit.
    /// </summary>
    /// <param name="devices">"cpu", "cuda" or "cuda:N" each; none: the first GPU where libtorch has CUDA and the system a device, else the CPU.</param>
    /// <param name="jobs">Cells at once on each device, or null: as many as fit.</param>
    /// <param name="threads">Threads of each, or null.</param>
    /// <param name="libtorch">The folder of libtorch.</param>
    /// <param name="memoryOf">Memory of a GPU by its name, or null where nobody can tell.</param>
    /// <exception cref="LibtorchException">A GPU is asked for and there is none.</exception>
    public static ComputeOptions Resolve(IReadOnlyList<string> devices, int? jobs, int? threads, string libtorch, Func<string, long?> memoryOf)
    {
        var hasGpu = File.Exists(Path.Combine(libtorch, CudaLibrary)) && (File.Exists("/dev/nvidiactl") || File.Exists("/dev/dxg"));
        string[] names = devices.Count == 0 ? [hasGpu ? "cuda:0" : "cpu"] : [.. devices.Select(name => name == "cuda" ? "cuda:0" : name).Distinct()];
        if (!hasGpu && names.FirstOrDefault(name => name != "cpu") is { } gpu)
            throw new LibtorchException(
                $"--devices {gpu} wants a GPU, and none can be used: libtorch in '{libtorch}' {(File.Exists(Path.Combine(libtorch, CudaLibrary)) ? "has CUDA, but NVIDIA's driver shows no device" : $"is built without CUDA ('{CudaLibrary}' is missing; a CUDA PyTorch's torch/lib will do)")}; or use --devices cpu.");
        return new([.. names.Select(name => name == "cpu"
            ? new ComputeDevice(name, jobs ?? Math.Max(1, Environment.ProcessorCount / (threads ?? 1)))
            : new ComputeDevice(name, jobs, jobs is null ? memoryOf(name) : null))], threads ?? 1);
    }
}
