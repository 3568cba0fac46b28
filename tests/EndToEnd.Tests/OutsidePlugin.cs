using System.Text.RegularExpressions;
using Testing;

namespace EndToEnd.Tests;

/// <summary>
/// A plugin as a stranger makes it who follows docs/write-a-plugin.md: a project outside this repository, made of the page's own blocks, compiled against the packed contract.
/// </summary>
internal static class OutsidePlugin
{
    private const string Version = "0.1.0-test";

    private static readonly string Page = File.ReadAllText(Path.Combine(DotnetCommand.RepositoryRoot, "docs", "write-a-plugin.md"));

    /// <summary>The manifest of the page.</summary>
    public static string Manifest => Block("yaml");

    /// <summary>Packs the contract, builds the plugin against it and drops its output into a plugins folder.</summary>
    /// <param name="scratch">Where all of it goes.</param>
    /// <returns>The plugins folder; the plugin lies in its sub-folder Perceptron.</returns>
    public static async Task<string> BuildAsync(ScratchFolder scratch)
    {
        // Packed from artifacts of its own: the repository's keep their version.
        await Dotnet(DotnetCommand.RepositoryRoot, "pack", "src/Harness.Abstractions", "-c", "Release", "-o", scratch["feed"], $"-p:Version={Version}", $"-p:ArtifactsPath={scratch["artifacts"]}");
        scratch.Write(NuGetConfig(), "outside", "nuget.config");
        scratch.Write(Block("csharp"), "outside", "Perceptron", "Perceptron.cs");
        var project = scratch.Write(Block("xml").Replace("Version=\"0.1.0\"", $"Version=\"{Version}\""), "outside", "Perceptron", "Perceptron.csproj");
        await Dotnet(scratch["outside"], "build", project, "-c", "Release", "-o", scratch["plugins", "Perceptron"]);
        return scratch["plugins"];
    }

    /// <summary>The one block of that language on the page.</summary>
    private static string Block(string language) => Regex.Matches(Page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Single().Groups[1].Value;

    // One source more than the machine has; the packed contract goes into a cache of its own, the rest is taken from the user's.
    private static string NuGetConfig()
    {
        var user = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="../packages" /></config>
              <fallbackPackageFolders><add key="user" value="{user}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="../feed" /></packageSources>
            </configuration>
            """;
    }

    private static async Task Dotnet(string folder, params string[] arguments)
    {
        var (exitCode, output) = await DotnetCommand.RunAsync(folder, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output}");
    }
}
