using Harness.Torch.Native;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>The device that a cell computes on.</summary>
public static class CellDevice
{
    /// <summary>Takes it, with libtorch's switches set as for every cell. Needs libtorch.</summary>
    /// <param name="name">"cpu" or "cuda:N".</param>
    /// <exception cref="DeviceException">There is none.</exception>
    public static Device Take(string name)
    {
        if (name == "cpu") return CPU;
        if (!cuda.is_available())
            throw new DeviceException($"{name} is asked for, but this libtorch finds no CUDA device: install NVIDIA's driver and name a CUDA libtorch with --libtorch, or use --devices cpu.");
        backends.cuda.matmul.allow_tf32 = true;
        backends.cudnn.allow_tf32 = true;
        if (CudnnSwitches.Available) CudnnSwitches.Benchmark();
        return device(name);
    }
}
