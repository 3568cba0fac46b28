using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Harness;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

public sealed class ExportTests : IDisposable
{
    private const string Perceptron = "{ net: { use: mlp, depth: 2, width: 16 } }";

    private const string Load = """
        import json, struct, sys, torch
        def load(path):
            data = open(path, 'rb').read()
            n = struct.unpack('<Q', data[:8])[0]
            types = {'F32': torch.float32, 'I64': torch.int64}
            return {k: torch.frombuffer(bytearray(data[8 + n + v['data_offsets'][0]:8 + n + v['data_offsets'][1]]), dtype=types[v['dtype']]).reshape(v['shape'])
                    for k, v in json.loads(data[8:8 + n]).items() if k != '__metadata__'}
        class Net(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.hidden = torch.nn.ModuleList([torch.nn.Linear(28 * 28, 16)])
                self.head = torch.nn.Linear(16, 10)
        net = Net()
        net.load_state_dict(load(sys.argv[1]), strict=True)
        f = load(sys.argv[2])
        assert torch.equal(f['weight'], net.head.weight) and torch.equal(f['bias'], net.head.bias)
        print((net.head(f['test_features']).argmax(1) == f['test_labels']).double().mean().item())
        """;

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task AnExportedCellMeasuresAsItDidAndLoadsInPyTorch()
    {
        await RunAsync(TinyManifest.Text(Perceptron, epochs: 3, metrics: "{ neural-collapse: , generalization: , max-margin: , margins: , robustness: { images: 5 } }"));
        var exported = await HarnessCommandLine.RunAsync("export", scratch["run"], "--cell", "net/glyphs/0");
        Assert.True(exported.ExitCode == 0, exported.Output + exported.Error);
        var files = exported.Output.Trim().Split('\n');
        Assert.Equal([scratch["run", "export", "cells", "net-glyphs-0", "weights.safetensors"], scratch["run", "export", "cells", "net-glyphs-0", "features.safetensors"]], files);

        var measured = await HarnessCommandLine.RunAsync("measure", files[1], "--metrics", "neural-collapse,generalization,max-margin,margins", "--json");
        Assert.True(measured.ExitCode == 0, measured.Output + measured.Error);
        var page = JsonNode.Parse(measured.Output)!["measurements"]!.AsArray();
        var own = new RunFolder(scratch["run"]).Read().Cells[0].Measurements.Where(m => m is { Epoch: 3, Value: not null }).ToList();
        Assert.True(page.Count > 30);
        foreach (var m in page.Where(m => m!["value"] is not null))
        {
            var there = own.Single(o => o.Metric == (string)m!["metric"]! && o.Quantity == (string)m["quantity"]! && (o.Split is { } s ? Harness.Results.Json.Name(s) : null) == (string?)m["split"]).Value!.Value;
            // Logits come from another order of additions than the network's.
            if (!double.IsFinite(there)) continue;
            Assert.True(Math.Abs((double)m!["value"]! - there) <= 1e-5 * Math.Max(1, Math.Abs(there)), $"{m["metric"]}/{m["quantity"]} was {there}, and is {m["value"]}.");
        }

        if (!await HasTorchAsync()) Assert.Skip("python3 has no torch here: that the weights load in PyTorch is not tried.");
        var python = await PythonAsync(Load, files);
        Assert.True(python.ExitCode == 0, python.Error);
        Assert.Equal(own.Single(o => o.Id == "generalization/accuracy" && o.Split == Split.Test).Value!.Value, double.Parse(python.Output, System.Globalization.CultureInfo.InvariantCulture), 12);
    }

    [Fact]
    public async Task NumbersGoToEveryFormatWithoutLibtorch()
    {
        SyntheticRun.Save(new SyntheticRun { Epochs = 5, TerminalPhaseEpoch = 2 }.Record(), new(scratch["run"]));
        var result = await HarnessCommandLine.RunAsync("export", scratch["run"], "--csv", "--parquet", "--tensorboard", "--latex", "--markdown", "--out", scratch["out"], "--libtorch", scratch["none"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        foreach (var file in new[] { "numbers.csv", "numbers.parquet", "schema.json", "table1.tex", "matrix.tex", "summary.md" })
        {
            Assert.True(new FileInfo(scratch["out", file]).Length > 0);
            Assert.Contains(scratch["out", file], result.Output);
        }
        Assert.Equal("PAR1"u8, File.ReadAllBytes(scratch["out", "numbers.parquet"]).AsSpan(0, 4));
    }

    [Fact]
    public async Task WithoutItsImagesACellGivesItsWeightsAlone()
    {
        Directory.CreateDirectory(scratch["data", "stripes"]);
        foreach (var split in new[] { "train", "test" })
        {
            WriteArray($"{split}_images.npy", "|u1", "(40, 8, 8)", [.. Enumerable.Range(0, 40 * 64).Select(i => (byte)(i / 64 % 2 == 0 ? i * 7 : i * 13))]);
            WriteArray($"{split}_labels.npy", "<i8", "(40,)", [.. Enumerable.Range(0, 40).SelectMany(i => BitConverter.GetBytes((long)(i % 2)))]);
        }
        await RunAsync(TinyManifest.Text(Perceptron, epochs: 1, metrics: "{ generalization: }",
            datasets: "{ stripes: { use: arrays, train: stripes/train_images.npy, trainLabels: stripes/train_labels.npy, test: stripes/test_images.npy, testLabels: stripes/test_labels.npy, height: 8, width: 8, classCount: 2 } }"));
        Directory.Delete(scratch["data"], recursive: true);
        var result = await HarnessCommandLine.RunAsync("export", scratch["run"], "--cell", "net/stripes/0", "--data", scratch["data"]);
        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        Assert.EndsWith("weights.safetensors", result.Output.Trim());
        Assert.Contains("The features are not exported, since they need the images", result.Error);
    }

    [Theory]
    [InlineData("did you mean 'vgg18/mnist/0'", "--csv", "--cell", "vgg18/mnist/1")]
    [InlineData("holds no checkpoint", "--cell", "vgg18/mnist/0")]
    [InlineData("--parquet")]
    public async Task WhatCannotBeExportedIsSaidInASentence(string said, params string[] options)
    {
        SyntheticRun.Save(new SyntheticRun { Epochs = 2 }.Record(), new(scratch["run"]));
        var result = await HarnessCommandLine.RunAsync(["export", scratch["run"], .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    private async Task RunAsync(string manifest)
    {
        var ran = await HarnessCommandLine.RunAsync("run", scratch.Write(manifest, "tiny.yaml"), "--out", scratch["run"], "--data", scratch["data"]);
        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
    }

    /// <summary>Version 1.0 of NumPy's format.</summary>
    private void WriteArray(string name, string type, string shape, byte[] content)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        File.WriteAllBytes(scratch["data", "stripes", name], [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. content]);
    }

    private static async Task<bool> HasTorchAsync()
    {
        try
        {
            return (await PythonAsync("import torch")).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<CommandResult> PythonAsync(string script, params string[] arguments)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(python.ExitCode, await output, await error);
    }
}
