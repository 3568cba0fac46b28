using Harness.Torch;

namespace Harness.Diagnosis;

/// <summary>Whether cells can run on a GPU, and where not, which of driver, libtorch, environment or GPU is in the way.</summary>
/// <param name="driver">The version of the NVIDIA driver that is loaded, or null.</param>
/// <param name="visible">CUDA_VISIBLE_DEVICES, or null where it is not set.</param>
public sealed class CudaDiagnosis(string? driver, string? visible)
{
    // The first driver that serves each major version of CUDA; within a major any of them serves all.
    private static readonly Dictionary<int, string> OldestDriver = new() { [11] = "450", [12] = "525", [13] = "580" };

    private static readonly string CudaBuild = $"a CUDA build of PyTorch {Libtorch.Version} (pip install torch=={Libtorch.Version}), its torch/lib named with --libtorch";

    /// <summary>The finding.</summary>
    /// <param name="libtorch">What libtorch says.</param>
    public Finding Of(LibtorchFacts libtorch) => libtorch.Cuda switch
    {
        null => WithoutCuda(),
        { Devices.Count: > 0 } cuda => WithDevices(cuda, libtorch.Cudnn),
        var cuda => WithoutDevice(cuda),
    };

    private Finding WithoutCuda() => driver is null
        ? Absent("this libtorch is a build without CUDA, which without a GPU is right: cells run on the processor", $"For a GPU: NVIDIA's driver, and {CudaBuild}.")
        : Absent($"NVIDIA's driver {driver} is loaded, but this libtorch is a build without CUDA: cells run on the processor", $"Take {CudaBuild}.");

    private static Finding WithDevices(CudaFacts cuda, bool cudnn)
    {
        var devices = cuda.Devices.Select((d, i) => $"cuda:{i} {d.Name}{(d.MemoryBytes is { } bytes ? $", {bytes / (1 << 30)} GiB" : "")}{(d.Fault is null ? "" : $", which cannot be used ({d.Fault})")}");
        var said = $"{string.Join("; ", devices)}; CUDA {Said(cuda.Version)}, {(cudnn ? "with" : "without")} cuDNN";
        return cuda.Devices.All(d => d.Fault is not null) ? Absent(said, "This build of libtorch has no code for the GPU, or the GPU is at fault (see the kernel's log): take a build that names its generation.")
            : cuda.Devices.Any(d => d.Fault is not null) ? new("CUDA", FindingState.Works, said, "Name the devices that work with --devices.")
            : new("CUDA", FindingState.Works, said);
    }

    private Finding WithoutDevice(CudaFacts cuda)
    {
        var build = $"this libtorch is built for CUDA {Said(cuda.Version)}, but ";
        if (driver is null) return Absent($"{build}no NVIDIA driver is loaded: cells run on the processor", $"Install NVIDIA's driver{AtLeast(cuda.Version)}; in a container hand the GPUs in (--gpus all).");
        if (cuda.DriverVersion is { Major: > 0 } served && cuda.Version is { } wanted && served.Major < wanted.Major)
            return Absent($"{build}the driver {driver} serves CUDA {served} at most: cells run on the processor", $"Update NVIDIA's driver{AtLeast(cuda.Version)}, or take a build of PyTorch {Libtorch.Version} for CUDA {served.Major}.");
        return visible is not null
            ? Absent($"{build}CUDA_VISIBLE_DEVICES={visible} shows it no device: cells run on the processor", "Unset CUDA_VISIBLE_DEVICES, or set it to the numbers of the GPUs to be used.")
            : Absent($"{build}CUDA finds no device ({cuda.Fault ?? "it does not say why"}): cells run on the processor",
                "In a container hand the GPUs in (--gpus all); after an update of the driver reboot; else see the kernel's log.");
    }

    private static string AtLeast(Version? cuda) => cuda is not null && OldestDriver.TryGetValue(cuda.Major, out var oldest) ? $", {oldest} or newer" : "";

    private static string Said(Version? version) => version?.ToString() ?? "of unknown version";

    private static Finding Absent(string said, string mend) => new("CUDA", FindingState.Absent, said, mend);
}
