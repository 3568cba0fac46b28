using System.Diagnostics;

namespace Testing;

/// <summary>The built product, run as its users run it: in processes of its own.</summary>
public static class HarnessCommandLine
{
    /// <summary>The configuration of the tests, which is the product's too: <c>release</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <summary>The folder of the built product, with its plugins.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The executable.</summary>
    public static string Executable { get; } = Path.Combine(Folder, "harness");

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Verb and options.</param>
    public static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it; the caller reads its streams and waits.</summary>
    /// <param name="arguments">Verb and options.</param>
    public static Process Start(params string[] arguments)
    {
        // Tests may themselves run where a shell has Ctrl-C ignored, as in its background; what they start inherits that, and would rightly ignore it too.
        var info = new ProcessStartInfo("env", ["--default-signal", Executable, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        return Process.Start(info)!;
    }

    private static string Find()
    {
        // artifacts/bin/PROJECT/CONFIGURATION/ holds the tests, artifacts/bin/Harness/CONFIGURATION/ the product with its plugins.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, "Harness", own.Name);
    }
}

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error);
