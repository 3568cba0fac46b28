using System.Diagnostics;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

/// <summary>
/// The folder of the portable publish, run with an empty environment and a PATH on which there is a <c>python3</c> and no <c>dotnet</c>. Its PyTorch is NuGet's libtorch, laid out as
/// a stranger's.
/// </summary>
public sealed class PortableTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task RunsACellOfTheQuickstartWithThePyTorchOfPython3()
    {
        await PublishAsync();
        Assert.Contains("includedFrameworks", File.ReadAllText(scratch["harness", "harness.runtimeconfig.json"]));
        Assert.Empty(Directory.GetFiles(scratch["harness"], "libtorch*", SearchOption.AllDirectories));
        Assert.Equal(Plugins(HarnessCommandLine.Folder), Plugins(scratch["harness"]));

        LayOutPyTorch();
        var manifest = scratch.Write(
            """
            extends: harness/manifests/quickstart.yaml
            architectures: { VGG11: { width: 0.02 }, ResNet18: null, DenseNet40: null }
            datasets: { glyphs: { trainPerClass: 10, testPerClass: 5 }, calligraphy: null }
            training: { epochs: 2 }
            """, "quickstart.yaml");
        var (exitCode, output) = await RunAsync("run", manifest, "--out", scratch["run"]);
        Assert.True(exitCode == 0, output);

        var run = new RunFolder(scratch["run"]).Read();
        Assert.Equal("2.10.0+cpu (PyTorch of python3)", run.Environment!.Libtorch);
        var cell = Assert.Single(run.Cells);
        Assert.Equal(("VGG11/glyphs/0", Outcome.Done), (cell.Spec.Name, cell.Result!.Outcome));
        Assert.Contains(cell.Measurements, m => m.Id == "robustness/deepfool.relative-radius" && m.Epoch == 2);
        Assert.DoesNotContain(cell.Measurements, m => m.Error is not null);
        Assert.True(File.Exists(scratch["run", "report", "index.html"]));
        // What has passed the self-test is remembered in the user's cache.
        Assert.Single(Directory.GetFiles(scratch["home", ".cache", "harness", "libtorch"]));
    }

    // The plugins are built already: they came with the host that these tests refer to.
    private async Task PublishAsync()
    {
        var (exitCode, output) = await DotnetCommand.RunAsync(
            DotnetCommand.RepositoryRoot, "publish", "src/Harness", "-c", HarnessCommandLine.Configuration, "-p:PublishProfile=portable", "-p:BuildProjectReferences=false",
            $"-p:PublishDir={scratch["harness"]}/");
        Assert.True(exitCode == 0, output);
    }

    private static IEnumerable<(string Name, long Bytes)> Plugins(string folder) =>
        Directory.GetFiles(Path.Combine(folder, "plugins"), "*.dll", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file), new FileInfo(file).Length)).Order();

    private void LayOutPyTorch()
    {
        var package = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "libtorch.path")).Trim();
        var libraries = Directory.CreateDirectory(scratch["site-packages", "torch", "lib"]).FullName;
        foreach (var library in Directory.GetFiles(package)) File.CreateSymbolicLink(Path.Combine(libraries, Path.GetFileName(library)), library);
        scratch.Write("__version__ = '2.10.0+cpu'\n", "site-packages", "torch", "version.py");
        var python = scratch.Write($"#!/bin/sh\necho '{scratch["site-packages", "torch"]}'\n", "bin", "python3");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(python, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(scratch["harness", "harness"], arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["HOME"] = Directory.CreateDirectory(scratch["home"]).FullName;
        start.Environment["PATH"] = scratch["bin"];
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
