using System.Text;
using System.Text.Json;
using Harness.Manifests;
using Harness.Results;
using Testing;

namespace Harness.Tests.Manifests;

public sealed class SelfContainedManifestTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void WhatExtendsNothingIsKeptByteForByte()
    {
        var text = "\uFEFF" + Planning.Small.ReplaceLineEndings("\r\n");
        Assert.Equal(Encoding.UTF8.GetBytes(text), SelfContainedManifest.Read(scratch.Write(text, "small.yaml")));
    }

    [Fact]
    public void WhatExtendsOthersPlansTheSameAlone()
    {
        scratch.Write(Planning.SmallWith("seeds: [0, 1]\noverrides:\n  - { for: { architecture: ResNet18 }, note: \"'null' # no: \\u00e4\", training: { learningRate: 1e-2 } }"), "bases", "small.yaml");
        var manifest = scratch.Write("extends: bases/small.yaml\narchitectures: { ResNet18: { width: 1/2 }, wide: { use: resnet } }\ndatasets: { mnist: { trainPerClass: null } }\ntraining: { epochs: 60 }\n", "m.yaml");
        var expected = Plan(manifest);
        var alone = scratch.Write(Encoding.UTF8.GetString(SelfContainedManifest.Read(manifest)), "elsewhere", "m.yaml");
        Assert.Equal(expected, Plan(alone));
        Assert.DoesNotContain("extends:", File.ReadAllText(alone));
        Assert.Equal(File.ReadAllBytes(alone), SelfContainedManifest.Read(alone));
    }

    [Fact]
    public void TheManifestsOfTheRepositoryReadBackTheSame() => Assert.All(
        Directory.GetFiles(Path.Combine(DotnetCommand.RepositoryRoot, "manifests"), "*.yaml"),
        file =>
        {
            var content = SelfContainedManifest.Read(file);
            var copy = scratch.Write(Encoding.UTF8.GetString(content), Path.GetFileName(file));
            Assert.Equal(content, SelfContainedManifest.Read(copy));
        });

    private static string Plan(string path) => JsonSerializer.Serialize(ManifestPlanner.Plan(path, FakeCatalog.Full).Cells, Json.Line);
}
