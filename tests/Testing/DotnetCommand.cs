using System.Diagnostics;

namespace Testing;

/// <summary>Runs the <c>dotnet</c> this test runs on, as a user would from a shell.</summary>
public static class DotnetCommand
{
    /// <summary>Path of the program.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The folder with Harness.sln, found upwards from the tests.</summary>
    public static string RepositoryRoot { get; } = Ancestors(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "Harness.sln")));

    /// <summary>Runs it to its end; killed when the test is cancelled.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    /// <returns>Its exit code, and what it wrote to standard output and then to standard error.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // 'dotnet test' leaves its own MSBuild's settings to its children, which a shell would not, and a build server would outlive the test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static IEnumerable<string> Ancestors(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
