using System.Globalization;
using Harness.Diagnosis;
using Harness.Running;
using Harness.Torch;

namespace Benchmarks.Speed;

/// <summary>What a measurement was made on, as the first lines of its output.</summary>
internal static class Machine
{
    private const string Load = "/proc/loadavg";

    /// <summary>Prints it.</summary>
    /// <param name="threads">Processor threads in use.</param>
    public static void Say(int threads)
    {
        foreach (var finding in new SystemDiagnosis().Findings()) Console.WriteLine($"{finding.Subject}: {finding.Said}");
        var load = File.Exists(Load) ? File.ReadAllText(Load).Split(' ')[0] : "unknown";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, .NET {Environment.Version}, TorchSharp {HostVersions.TorchSharp}, libtorch {Libtorch.Version}, {threads} threads in use, load {load}"));
    }
}
