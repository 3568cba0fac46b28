using System.Diagnostics;
using Harness.Running;

namespace Benchmarks.Speed;

/// <summary>Measures in a process with the environment that the harness gives its cells: the C library reads its settings at start alone.</summary>
internal static class AsACell
{
    /// <summary>Runs this command again in such a process, unless this is one.</summary>
    /// <param name="threads">Of each parallel region.</param>
    /// <returns>Its exit code, or null where the caller is to go on itself.</returns>
    public static int? Rerun(int threads)
    {
        var settings = ChildSettings.Environment(threads);
        if (settings.All(s => Environment.GetEnvironmentVariable(s.Key) == s.Value)) return null;
        var start = new ProcessStartInfo(Environment.ProcessPath!, Environment.GetCommandLineArgs().Skip(1));
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
