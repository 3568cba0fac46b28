using System.Diagnostics;

namespace Harness.Running;

/// <summary>Starts this executable again, as a child with its standard streams in hand.</summary>
public static class HarnessProcess
{
    /// <summary>The command line of the executable without arguments.</summary>
    public static IReadOnlyList<string> Command { get; } = MakeCommand();

    /// <summary>How a child is to be started.</summary>
    /// <param name="arguments">Verb and options.</param>
    /// <param name="environment">Variables set beside the parent's.</param>
    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var info = new ProcessStartInfo(Command[0], [.. Command.Skip(1), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return info;
    }

    private static string[] MakeCommand()
    {
        var assembly = typeof(HarnessProcess).Assembly;
        var host = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name!);
        return File.Exists(host) ? [host] : [Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".dll")];
    }
}
