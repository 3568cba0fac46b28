using System.CommandLine;
using System.Text.Json;
using Harness.Diagnosis;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;

namespace Harness.Commands;

/// <summary><c>doctor</c>: what of this machine and this installation works, what does not, and how to mend it.</summary>
public static class DoctorCommand
{
    private static readonly Option<bool> AsJson = new("--json") { Description = "Prints one JSON object and nothing else." };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Says what works here, what does not, and how to mend it.") { SharedOptions.Libtorch, SharedOptions.Plugins, AsJson };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Examine(arguments))));
        return command;
    }

    private static int Examine(ParseResult arguments)
    {
        var system = new SystemDiagnosis();
        var (libtorch, exports) = new LibtorchDiagnosis(
            () => TrustedLibtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)),
            folder => HarnessProcess.StartInfo(["probe", "--libtorch", folder], new Dictionary<string, string>()),
            new CudaDiagnosis(system.DriverVersion, Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"))).Run();
        Finding[] findings = [.. system.Findings(), .. libtorch, .. PluginFindings(arguments.GetValue(SharedOptions.Plugins) ?? [])];
        if (arguments.GetValue(AsJson)) Console.Out.WriteLine(JsonSerializer.Serialize(new { Findings = findings, Exports = exports }, Json.Page));
        else Print(findings);
        return findings.Any(f => f.State == FindingState.Broken) ? ExitCode.NothingRan : ExitCode.Done;
    }

    private static IEnumerable<Finding> PluginFindings(string[] folders)
    {
        var catalog = PluginDiscovery.Discover(folders);
        yield return catalog.Plugins.Count > 0
            ? new("plugins", FindingState.Works, string.Join(", ", catalog.Plugins.Select(p => p.Name).Order(StringComparer.Ordinal)))
            : new("plugins", FindingState.Broken, $"none in '{Path.Combine(AppContext.BaseDirectory, "plugins")}'", "Build or unpack the harness again, or name a folder of plugins with --plugins DIR.");
        foreach (var refused in catalog.Refused) yield return new("plugin refused", FindingState.Absent, refused.Path, refused.Reason);
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(f => f.Subject.Length);
        foreach (var finding in findings)
        {
            Console.Out.WriteLine($"{finding.State switch { FindingState.Works => "works ", FindingState.Absent => "absent", _ => "BROKEN" }}  {finding.Subject.PadRight(width)}  {finding.Said}");
            if (finding.Mend is not null) Console.Out.WriteLine($"{new string(' ', width + 10)}{finding.Mend}");
        }
        Console.Out.WriteLine(
            findings.Any(f => f.State == FindingState.Broken) ? "Nothing can be trained here until what is BROKEN is mended."
            : findings.Any(f => f is { Subject: "CUDA", State: FindingState.Works }) ? "Cells can be trained here, on a GPU."
            : "Cells can be trained here, on the processor.");
    }
}
