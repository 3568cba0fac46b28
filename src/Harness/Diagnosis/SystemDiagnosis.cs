using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Harness.Diagnosis;

/// <summary>The machine without libtorch: system, C library, processor, GPU and driver, from what the kernel says of them.</summary>
/// <param name="proc">The folder that is /proc.</param>
public sealed partial class SystemDiagnosis(string proc = "/proc")
{
    private static readonly Version OldestLibc = new(2, 34);

    // Flags of /proc/cpuinfo, and what they are worth.
    private static readonly (string Flag, string Name)[] ProcessorFeatures =
        [("avx2", "AVX2"), ("avx512f", "AVX-512"), ("avx512_bf16", "AVX512-BF16"), ("amx_bf16", "AMX-BF16")];

    /// <summary>All of it.</summary>
    public IEnumerable<Finding> Findings()
    {
        yield return LibcFinding();
        yield return ProcessorFinding();
        yield return GpuFinding();
    }

    private static Finding LibcFinding()
    {
        var system = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}";
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            return new("system", FindingState.Broken, system, "The harness runs on 64-bit x86 Linux.");
        var libc = LibcVersion();
        return libc is null
            ? new("system", FindingState.Broken, $"{system}, with a C library that is not glibc", $"libtorch wants glibc {OldestLibc} or newer: use a distribution that has it, or a container of one.")
            : libc < OldestLibc
                ? new("system", FindingState.Broken, $"{system}, glibc {libc}", $"libtorch wants glibc {OldestLibc} or newer.")
                : new("system", FindingState.Works, $"{system}, glibc {libc}");
    }

    private Finding ProcessorFinding()
    {
        var lines = Lines("cpuinfo");
        var model = Value(lines, "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var flags = (Value(lines, "flags") ?? "").Split(' ').ToHashSet();
        var features = ProcessorFeatures.Where(f => flags.Contains(f.Flag)).Select(f => f.Name).ToArray();
        var said = $"{model}, {Environment.ProcessorCount} processors, {(features.Length == 0 ? "no AVX2" : string.Join(", ", features))}";
        return flags.Contains("amx_bf16") || flags.Contains("avx512_bf16")
            ? new("processor", FindingState.Works, said + ": bf16 arithmetic is there; whether it is faster than float32, try")
            : new("processor", FindingState.Absent, said + ": no bf16 arithmetic", "Keep 'precision: float32' on this processor; bf16 would be slower.");
    }

    /// <summary>The version of the NVIDIA driver that is loaded, or null where none is.</summary>
    public string? DriverVersion => Lines("driver/nvidia/version").FirstOrDefault() is { } line ? DriverNumber().Match(line) is { Success: true } number ? number.Value : "of unknown version" : null;

    private Finding GpuFinding()
    {
        if (DriverVersion is not { } driver)
            return new("GPU", FindingState.Absent, "no NVIDIA driver is loaded: cells run on the processor", "For a GPU install NVIDIA's driver, and a CUDA build of PyTorch for its libtorch.");
        var gpus = Path.Combine(proc, "driver/nvidia/gpus");
        var models = Directory.Exists(gpus)
            ? Directory.GetDirectories(gpus).Order(StringComparer.Ordinal).Select(g => Value(Lines(Path.Combine("driver/nvidia/gpus", Path.GetFileName(g), "information")), "Model") ?? "unnamed").ToArray()
            : [];
        return models.Length > 0
            ? new("GPU", FindingState.Works, $"{string.Join(", ", models)}; driver {driver}")
            : new("GPU", FindingState.Absent, $"the driver {driver} is loaded and shows no device", "In a container hand the devices in (--gpus all); else see the kernel's log.");
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex DriverNumber();

    private string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(proc, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Value(IEnumerable<string> lines, string key) =>
        lines.FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) is { } line && line.IndexOf(':') is var colon and >= 0 ? line[(colon + 1)..].Trim() : null;

    private static Version? LibcVersion()
    {
        try
        {
            return Version.TryParse(Marshal.PtrToStringAnsi(GnuLibcVersion()), out var version) ? version : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GnuLibcVersion();
}
