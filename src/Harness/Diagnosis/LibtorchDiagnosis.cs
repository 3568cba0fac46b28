using System.Diagnostics;
using Harness.Torch;
using Harness.Torch.Native;

namespace Harness.Diagnosis;

/// <summary>libtorch: where it is, whether it computes what it should, what it can do. It is loaded in child processes alone.</summary>
/// <param name="locate">Finds it and has it tested; throws <see cref="LibtorchException"/>.</param>
/// <param name="probe">How a child is started that prints <see cref="LibtorchFacts"/>, given the folder.</param>
/// <param name="cuda">What is made of its CUDA.</param>
public sealed class LibtorchDiagnosis(Func<LibtorchLocation> locate, Func<string, ProcessStartInfo> probe, CudaDiagnosis cuda)
{
    /// <summary>All of it, and each function looked for with whether it is there.</summary>
    public (IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, bool> Exports) Run()
    {
        LibtorchLocation location;
        try
        {
            location = locate();
        }
        catch (LibtorchException e)
        {
            return ([new("libtorch", FindingState.Broken, e.Message, $"Name a libtorch {Libtorch.Version} with --libtorch DIR: a PyTorch {Libtorch.Version}'s torch/lib (pip install torch=={Libtorch.Version}) will do.")], Empty);
        }

        var version = Libtorch.VersionOf(location) ?? "of unknown version";
        Finding found = new("libtorch", FindingState.Works, $"{version} in '{location.Folder}' ({location.Origin})");
        var (facts, fault) = Probe(location.Folder);
        if (facts is null) return ([found with { State = FindingState.Broken, Said = $"{found.Said}; it does not load: {fault}", Mend = $"Take a libtorch {Libtorch.Version} built for this system." }], Empty);
        Finding tested = new("self-test", FindingState.Works, Libtorch.IsOwn(location) ? "not needed: it is the libtorch this was built with" : "it computes the stored values");
        return ([found, tested, cuda.Of(facts), .. Exports(facts)], facts.Exports);
    }

    private static IReadOnlyDictionary<string, bool> Empty { get; } = new Dictionary<string, bool>();

    private static IEnumerable<Finding> Exports(LibtorchFacts facts) =>
        from export in TorchFeatures.Exports.Select(e => e.Export)
        group export by export.Purpose into purpose
        let missing = purpose.Where(e => !facts.Exports.GetValueOrDefault(e.Symbol)).Select(e => e.Symbol).ToArray()
        select missing.Length == 0
            ? new Finding(purpose.Key, FindingState.Works, "libtorch exports what it needs")
            : new Finding(purpose.Key, FindingState.Absent, $"libtorch does not export {string.Join(", ", missing)}", $"libtorch {Libtorch.Version} does; without it the harness does it the plain way, or says that it cannot.");

    private (LibtorchFacts? Facts, string Fault) Probe(string folder)
    {
        using var child = Process.Start(probe(folder))!;
        child.StandardInput.Close();
        var errors = child.StandardError.ReadToEndAsync();
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        var facts = output.Split('\n').Select(LibtorchFacts.FromLine).FirstOrDefault(f => f is not null);
        return (facts, $"{errors.GetAwaiter().GetResult().Split('\n')[0]} (exit code {child.ExitCode})");
    }
}
