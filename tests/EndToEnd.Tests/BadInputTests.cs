using System.IO.Compression;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

/// <summary>What a user sees who made a mistake: sentences on standard error, exit code 2, nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task AllMistakesOfAManifestAreToldAtOnceWithTheirPlaces()
    {
        var manifest = scratch.Write(
            """
            name: wrong
            architectures: { net: { use: resnett } }
            datasets: { glyphs: { trainPerClas: 5 } }
            training: { epochs: ten }
            measure: { metrics: { neural-colapse: } }
            """,
            "wrong.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"]);
        Assert.Equal(2, result.ExitCode);
        var lines = result.Error.Trim().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.StartsWith(manifest + ":", line));
        foreach (var right in new[] { "'resnet'", "'trainPerClass'", "'ten'", "'neural-collapse'" }) Assert.Contains(lines, line => line.Contains(right));
        Assert.False(Directory.Exists(scratch["run"]));
    }

    [Fact]
    public async Task AMissingManifestIsNamed()
    {
        var result = await HarnessCommandLine.RunAsync("run", scratch["absent.yaml"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(scratch["absent.yaml"], result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public async Task OptionsAnArchitectureRefusesEndItBeforeAnythingIsWritten()
    {
        // 28 pixels do not survive five poolings.
        var manifest = scratch.Write(TinyManifest.Text("{ VGG11: { use: vgg } }"), "small.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{manifest}:2:", result.Error);
        Assert.Contains("VGG11/glyphs/0", result.Error);
        Assert.Contains("padTo: 32", result.Error);
        Assert.False(Directory.Exists(scratch["run"]));
    }

    [Fact]
    public async Task AFolderThatIsNoRunIsLeftAlone()
    {
        scratch.Write("a thesis", "work", "thesis.tex");
        var manifest = scratch.Write(TinyManifest.Text(), "tiny.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["work"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is not empty and holds no run", result.Error);
        Assert.Equal(["thesis.tex"], Directory.GetFileSystemEntries(scratch["work"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task ARunKilledBeforeItsPlanWasWrittenIsTakenUpAgain()
    {
        scratch.Write("", "run", ".lock");
        var manifest = scratch.Write(TinyManifest.Text(), "tiny.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Theory]
    [InlineData("--devices", "cpu,foo", "'foo' is not a device")]
    [InlineData("--jobs-per-device", "0", "from 1 to 4096")]
    [InlineData("--until", "25:00", "no moment")]
    [InlineData("--budget", "0s", "no budget")]
    [InlineData("--out", "", "empty path")]
    [InlineData("--data", "", "empty path")]
    [InlineData("--ouut", "x", "--out")]
    public async Task AWrongOptionIsAnsweredInASentenceAndWithTheCodeForIt(string option, string value, string said)
    {
        var result = await HarnessCommandLine.RunAsync("run", scratch.Write(TinyManifest.Text(), "tiny.yaml"), option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.Output + result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.DoesNotContain("Usage:", result.Output);
    }

    [Fact]
    public async Task AFileIsNoRunFolder()
    {
        var manifest = scratch.Write(TinyManifest.Text(), "tiny.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", manifest, "--plugins", TinyManifest.FaultyPlugins);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is a file", result.Error);
    }

    [Fact]
    public async Task AGpuThatThisLibtorchKnowsNothingOfIsRefusedBeforeAnythingIsWritten()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("HARNESS_LIBTORCH") is { Length: > 0 }, "HARNESS_LIBTORCH names a libtorch that may have CUDA.");
        var manifest = scratch.Write(TinyManifest.Text(), "tiny.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"], "--devices", "cpu,cuda", "--plugins", TinyManifest.FaultyPlugins);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("--devices cpu", result.Error);
        Assert.False(Directory.Exists(scratch["run"]));
    }

    [Theory]
    [InlineData("report", "nothing-here")]
    [InlineData("validate", "nothing-here.yaml")]
    public async Task OtherVerbsNameWhatIsMissing(string verb, string path)
    {
        var result = await HarnessCommandLine.RunAsync(verb, scratch[path]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(path, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public async Task AFolderWithoutLibtorchIsRefusedInASentence()
    {
        var result = await HarnessCommandLine.RunAsync("run", scratch.Write(TinyManifest.Text(), "tiny.yaml"), "--plugins", TinyManifest.FaultyPlugins, "--libtorch", scratch.Path, "--out", scratch["run"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(scratch.Path, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.False(Directory.Exists(scratch["run"]));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("wrong magic")]
    [InlineData("counts differ")]
    [InlineData("missing")]
    public async Task DamagedDataCostsItsOwnCellsAndTheRestRuns(string damage)
    {
        WriteMnist(damage);
        var manifest = scratch.Write(TinyManifest.Text(datasets: "{ mnist: , glyphs: { trainPerClass: 20, testPerClass: 10 } }", metrics: "{ generalization: }"), "data.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--data", scratch["data"], "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        Assert.Contains(Path.Combine(scratch["data"], "mnist"), result.Output);
        var cells = new RunFolder(scratch["run"]).Read().Cells;
        Assert.Equal(Outcome.DataFault, cells[0].Result!.Outcome);
        Assert.Contains("'harness data fetch mnist'", cells[0].Result!.Message);
        Assert.Equal(Outcome.Done, cells[1].Result!.Outcome);
        var validated = await HarnessCommandLine.RunAsync("validate", manifest, "--data", scratch["data"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.Equal(2, validated.ExitCode);
        Assert.Contains("plain/mnist/0", validated.Error);
        Assert.DoesNotContain("   at ", validated.Error);
    }

    [Fact]
    public async Task APluginFolderWithItsOwnTorchSharpIsRefusedAndTheOthersStay()
    {
        Directory.CreateDirectory(scratch["plugins", "greedy"]);
        foreach (var file in Directory.GetFiles(TinyManifest.FaultyPlugins)) File.Copy(file, scratch["plugins", "greedy", Path.GetFileName(file)]);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll"), scratch["plugins", "greedy", "TorchSharp.dll"]);
        var result = await HarnessCommandLine.RunAsync("list", "plugins", "--plugins", scratch["plugins"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("resnet", result.Output);
        Assert.Contains("refused", result.Output);
        Assert.Contains("TorchSharp.dll", result.Output);
    }

    /// <summary>MNIST's four files at their true sizes, all black, then damaged.</summary>
    private void WriteMnist(string damage)
    {
        foreach (var (split, count) in new[] { ("train", 60_000), ("t10k", 10_000) })
        {
            byte[] number = [0, 0, (byte)(count >> 8), (byte)count];
            byte[] images = [0, 0, 8, 3, .. number, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[count * 784]];
            byte[] labels = [0, 0, 8, 1, .. number, .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
            if (split == "train" && damage == "truncated") images = images[..^100];
            if (split == "train" && damage == "wrong magic") images[2] = 9;
            if (split == "train" && damage == "counts differ") (labels[7], labels) = ((byte)(count - 1), labels[..^1]);
            if (split == "t10k" && damage == "missing") continue;
            Write($"{split}-images-idx3-ubyte.gz", images);
            Write($"{split}-labels-idx1-ubyte.gz", labels);
        }
    }

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(scratch["data", "mnist"]);
        using var gzip = new GZipStream(File.Create(scratch["data", "mnist", name]), CompressionLevel.Fastest);
        gzip.Write(content);
    }
}
