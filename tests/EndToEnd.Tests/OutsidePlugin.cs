using Testing;

namespace EndToEnd.Tests;

/// <summary>A plugin as a stranger makes it: a project outside this repository, compiled against the packed contract.</summary>
internal static class OutsidePlugin
{
    private const string Version = "0.1.0-test";

    /// <summary>The plugin's source: a multilayer perceptron.</summary>
    private const string Source = """
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using Harness;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;

        namespace Outside;

        public sealed record MlpOptions
        {
            [Description("Units of the hidden layer.")]
            [Range(1, 65536)]
            public int Hidden { get; init; } = 64;
        }

        [Plugin("mlp", Summary = "One hidden layer.")]
        public sealed class Mlp(MlpOptions options) : IArchitecture
        {
            public Classifier Build(ImageShape input, int classes) => new MlpClassifier(input.Bytes, options.Hidden, classes);
        }

        public sealed class MlpClassifier : Classifier
        {
            private readonly Linear hidden;
            private readonly Linear head;

            public MlpClassifier(int pixels, int units, int classes) : base("mlp")
            {
                hidden = nn.Linear(pixels, units);
                head = nn.Linear(units, classes);
                RegisterComponents();
            }

            public override Linear Head => head;

            public override Tensor Features(Tensor images)
            {
                using var flat = images.flatten(1);
                using var linear = hidden.forward(flat);
                return nn.functional.relu(linear);
            }
        }
        """;

    private const string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <EnableDynamicLoading>true</EnableDynamicLoading>
            <Version>2.5.0</Version>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Harness.Abstractions" Version="{Version}" ExcludeAssets="runtime;native" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Packs the contract, builds the plugin against it and drops its output into a plugins folder.</summary>
    /// <param name="scratch">Where all of it goes.</param>
    /// <returns>The plugins folder; the plugin lies in its sub-folder Mlp.</returns>
    public static async Task<string> BuildAsync(ScratchFolder scratch)
    {
        // Packed from artifacts of its own: the repository's keep their version.
        await Dotnet(DotnetCommand.RepositoryRoot, "pack", "src/Harness.Abstractions", "-c", "Release", "-o", scratch["feed"], $"-p:Version={Version}", $"-p:ArtifactsPath={scratch["artifacts"]}");
        scratch.Write(NuGetConfig(), "outside", "nuget.config");
        scratch.Write(Source, "outside", "Mlp", "Mlp.cs");
        var project = scratch.Write(Project, "outside", "Mlp", "Mlp.csproj");
        await Dotnet(scratch["outside"], "build", project, "-c", "Release", "-o", scratch["plugins", "Mlp"]);
        return scratch["plugins"];
    }

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
