using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

/// <summary>Disks that fill, folders that cannot be written, data that goes away at night: mounted for real, in a mount namespace of the test's own.</summary>
public sealed class StorageTests : IDisposable
{
    private const string TwoCells = "{ plain: { use: faulty }, other: { use: faulty, scratch: other } }";

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task AFullDiskIsSaidAndCostsNothingThatTheNextRunDoesNotBringBack()
    {
        await NeedMounts();
        var manifest = scratch.Write(TinyManifest.Text(TwoCells, epochs: 50, metrics: "{ neural-collapse: , generalization: }"), "full.yaml");
        Directory.CreateDirectory(scratch["small"]);
        // 250 KiB hold neither the measurements of both cells nor a report.
        var full = await InNamespace(
            $"mount -t tmpfs -o size=250k tmpfs '{scratch["small"]}' && {{ {Run(manifest, scratch["small", "run"])}; code=$?; cp -a '{scratch["small", "run"]}' '{scratch["run"]}'; exit $code; }}");
        Assert.True(full.ExitCode is 1 or 3, full.Output + full.Error);
        Assert.Contains("No space left on device", full.Output);
        Assert.Contains("makes the report once it can be written", full.Output);

        string[] arguments = ["run", manifest, "--plugins", TinyManifest.FaultyPlugins, "--out"];
        var again = await HarnessCommandLine.RunAsync([.. arguments, scratch["run"]]);
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Equal(0, (await HarnessCommandLine.RunAsync([.. arguments, scratch["undisturbed"]])).ExitCode);
        foreach (var cell in new RunFolder(scratch["undisturbed"]).Read().Cells)
            Assert.Equal(File.ReadAllBytes(Measurements("undisturbed", cell)), File.ReadAllBytes(Measurements("run", cell)));
        Assert.Empty(Directory.GetFiles(scratch["run"], "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsRefusedBeforeAnythingRuns()
    {
        await NeedMounts();
        var manifest = scratch.Write(TinyManifest.Text(), "tiny.yaml");
        Directory.CreateDirectory(scratch["fixed"]);
        foreach (var folder in new[] { scratch["fixed"], scratch["fixed", "run"] })
        {
            var result = await InNamespace($"mount --bind '{scratch["fixed"]}' '{scratch["fixed"]}' && mount -o remount,bind,ro '{scratch["fixed"]}' && {Run(manifest, folder)}");
            Assert.True(result.ExitCode == 2, result.Output + result.Error);
            Assert.Contains($"{folder} cannot be written", result.Error);
            Assert.Contains("--out", result.Error);
            Assert.DoesNotContain("starts", result.Output);
        }
    }

    [Fact]
    public async Task DataThatGoesAwayAtNightCostsItsOwnCells()
    {
        foreach (var set in new[] { "first", "second" })
            foreach (var file in new[] { "train.safetensors", "test.safetensors" }) File.WriteAllBytes(scratch.Write("", set, file), TwoClasses());
        string Set(string name) => $"{name}: {{ use: arrays, train: '{scratch[name, "train.safetensors"]}', test: '{scratch[name, "test.safetensors"]}', height: 8, width: 8, classCount: 2 }}";
        var manifest = scratch.Write(
            TinyManifest.Text(epochs: 400, datasets: $"{{ {Set("first")}, {Set("second")} }}", metrics: "{ generalization: }"), "moved.yaml");
        using var run = HarnessCommandLine.Start("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins, "--jobs-per-device", "1");

        // Whichever begins first has its data; that of the other goes away meanwhile.
        string? line;
        do line = await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line is not null && !line.Contains(": epoch "));
        Assert.NotNull(line);
        var lost = line.Contains("/first/") ? "second" : "first";
        Directory.Delete(scratch[lost], recursive: true);
        var rest = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 1, rest);

        var cells = new RunFolder(scratch["run"]).Read().Cells.ToDictionary(c => c.Spec.Dataset.Label);
        Assert.Equal(Outcome.DataFault, cells[lost].Result!.Outcome);
        Assert.Contains(scratch[lost], cells[lost].Result!.Message);
        Assert.Equal(Outcome.Done, cells[lost == "first" ? "second" : "first"].Result!.Outcome);
    }

    private static string Run(string manifest, string folder) => $"'{HarnessCommandLine.Executable}' run '{manifest}' --out '{folder}' --plugins '{TinyManifest.FaultyPlugins}'";

    private string Measurements(string run, CellRecord cell) => scratch[run, "cells", cell.Key, "measurements.jsonl"];

    /// <summary>A safetensors file of forty images of 8 x 8 pixels, dark ones of class 0 and bright ones of class 1.</summary>
    private static byte[] TwoClasses()
    {
        const int Images = 40;
        const int Pixels = 64;
        var header = Encoding.ASCII.GetBytes(
            $$"""{"images":{"dtype":"U8","shape":[{{Images}},8,8],"data_offsets":[0,{{Images * Pixels}}]},"labels":{"dtype":"U8","shape":[{{Images}}],"data_offsets":[{{Images * Pixels}},{{Images * (Pixels + 1)}}] } }""");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        var images = Enumerable.Range(0, Images * Pixels).Select(i => (byte)(i / Pixels % 2 * 200 + i % 7));
        return [.. length, .. header, .. images, .. Enumerable.Range(0, Images).Select(i => (byte)(i % 2))];
    }

    private static async Task NeedMounts()
    {
        CommandResult tried;
        try
        {
            tried = await InNamespace("mount -t tmpfs tmpfs /mnt");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            tried = new(1, "", e.Message);
        }
        Assert.SkipUnless(tried.ExitCode == 0, $"Mounting in a namespace of one's own is not allowed here: {tried.Error.Trim()}");
    }

    private static async Task<CommandResult> InNamespace(string script)
    {
        var info = new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
