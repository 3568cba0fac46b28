using System.Text.Json.Nodes;
using Testing;

namespace EndToEnd.Tests;

public sealed class MeasureTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("F64", "I32")]
    [InlineData("F32", "I64")]
    public async Task AFileFromElsewhereHasTheNumbersThatNumpyFinds(string real, string whole)
    {
        var file = Write(Reference(real, whole));
        var result = await HarnessCommandLine.RunAsync("measure", file, "--json");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var page = JsonNode.Parse(result.Output)!;
        Assert.Equal((4, 6, 14, 14), ((int)page["classes"]!, (int)page["featureDimension"]!, (int)page["trainCount"]!, (int)page["testCount"]!));

        // By numpy from the same numbers, features in float32, with np.linalg.pinv for the inverses.
        Near(page, "neural-collapse", "nc1", "train", 0.06314223239421966);
        Near(page, "neural-collapse", "nc1", "test", 0.09436949024996241);
        Near(page, "neural-collapse", "equinorm.means", "train", 0.06367299856679834);
        Near(page, "neural-collapse", "equiangularity.means", "train", 0.11192424865121844);
        Near(page, "neural-collapse", "maximal-angle.means", "test", 0.09171350062119844);
        Near(page, "neural-collapse", "self-duality", "train", 1.23830047258029);
        Near(page, "neural-collapse", "bias-collapse", "test", 2.887344802820425);
        Near(page, "neural-collapse", "nearest-class-centre", "train", 4 / 14.0);
        Near(page, "neural-collapse", "nearest-class-centre", "test", 6 / 14.0);
        Near(page, "discriminant", "j", "train", 2.8910969199764525);
        Near(page, "discriminant", "j", "test", 2.767101240610556);
        Near(page, "generalization", "errors", "train", 4);
        Near(page, "generalization", "accuracy", "test", 8 / 14.0);
        Near(page, "margins", "margin.min", "train", -3.2197860477566715);
        Near(page, "margins", "last-layer.margin", "test", -1.0276031368723595);
        var (nats, error) = Find(page, "generalization", "cross-entropy", "test");
        Assert.Equal(0.9951496713684899, nats, 6); // logits are float32
        Assert.NotNull(error);

        var not = page["notMeasured"]!.AsArray().ToDictionary(n => (string)n!["metric"]!, n => (string)n!["reason"]!);
        Assert.Contains("the network itself", not["robustness"]);
        Assert.DoesNotContain("neural-collapse", not.Keys);
    }

    [Fact]
    public async Task ExactCollapseGivesZeros()
    {
        const int Classes = 5;
        double[] simplex = [.. Enumerable.Range(0, Classes).SelectMany(c => Enumerable.Range(0, Classes).Select(j => (j == c ? Classes : 0) - 1.0))];
        double[] features = [.. simplex, .. simplex, .. simplex];
        double[] labels = [.. Enumerable.Range(0, 3 * Classes).Select(i => (double)(i % Classes))];
        var file = Write(new HandWrittenSafetensors()
            .Add("features", "F32", [3 * Classes, Classes], features).Add("labels", "I64", [3 * Classes], labels).Add("weight", "F32", [Classes, Classes], simplex));
        var result = await HarnessCommandLine.RunAsync("measure", file, "--metrics", "neural-collapse,discriminant,generalization", "--json");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var page = JsonNode.Parse(result.Output)!;
        foreach (var zero in new[] { "nc1", "equinorm.means", "equiangularity.means", "maximal-angle.means", "self-duality", "nearest-class-centre", "cdnv", "trace-ratio", "bias-collapse" })
            Assert.InRange(Math.Abs(Find(page, "neural-collapse", zero, "train").Value), 0, 1e-12);
        foreach (var zero in new[] { "equinorm.classifiers", "equiangularity.classifiers", "maximal-angle.classifiers" })
            Assert.InRange(Math.Abs(Find(page, "neural-collapse", zero, null).Value), 0, 1e-12);
        Near(page, "discriminant", "j", "train", Classes - 1);
        Near(page, "generalization", "errors", "train", 0);
    }

    [Fact]
    public async Task ATableSaysWhatIsThereAndWhatIsNot()
    {
        var result = await HarnessCommandLine.RunAsync("measure", Write(Reference("F32", "I64")));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("4 classes, p = 6, 14 training images, 14 test images", result.Output);
        Assert.Contains("0.0631422", result.Output);
        Assert.Contains("Within-class variability", result.Output);
        Assert.Contains("robustness is not measured: it needs the network itself", result.Output);
    }

    [Fact]
    public async Task MetricsAndTheirOptionsAreChosen()
    {
        var file = Write(Reference("F32", "I64"));
        var result = await HarnessCommandLine.RunAsync("measure", file, "--metrics", "max-margin", "--set", "max-margin.images=8", "--json");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.All(JsonNode.Parse(result.Output)!["measurements"]!.AsArray(), m => Assert.Equal("max-margin", (string)m!["metric"]!));
        var wanting = await HarnessCommandLine.RunAsync("measure", file, "--metrics", "robustness");
        Assert.Equal(1, wanting.ExitCode);
        Assert.Contains("robustness is not measured", wanting.Output);
    }

    [Theory]
    [InlineData("--metrics", "neural-colapse", "'neural-collapse'")]
    [InlineData("--set", "max-margin.image=5", "'images'")]
    [InlineData("--set", "max-margin.images=many", "'many'")]
    [InlineData("--set", "images=5", "METRIC.OPTION=VALUE")]
    [InlineData("--set", "max-margn.images=5", "'max-margin'")]
    public async Task AWrongChoiceIsAnsweredInASentence(string option, string value, string said)
    {
        var result = await HarnessCommandLine.RunAsync("measure", Write(Reference("F32", "I64")), option, value);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(said, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public async Task AWrongFileIsAnsweredInASentence()
    {
        var absent = await HarnessCommandLine.RunAsync("measure", scratch["absent.safetensors"]);
        Assert.Equal(2, absent.ExitCode);
        Assert.Contains("absent.safetensors is not there", absent.Error);
        var wrong = await HarnessCommandLine.RunAsync("measure", Write(new HandWrittenSafetensors().Add("features", "F32", [1, 2], [1, 2])));
        Assert.Equal((2, ""), (wrong.ExitCode, wrong.Output));
        Assert.Contains("no tensor 'labels'", wrong.Error);
        Assert.DoesNotContain("   at ", wrong.Error);
    }

    /// <summary>A linear congruential generator's numbers, which any language makes again: c + 2 images of class c, 4 classes in 6 dimensions.</summary>
    private static HandWrittenSafetensors Reference(string real, string whole)
    {
        const int Classes = 4, Dimension = 6;
        var state = 11L;
        double Next() => (((state = (state * 1103515245 + 12345) % (1L << 31)) >> 16) % 2001 - 1000) / 1000.0;
        double[] Row(int n) => [.. Enumerable.Range(0, n).Select(_ => Next())];
        double[] weight = [.. Enumerable.Range(0, Classes).SelectMany(_ => Row(Dimension))], bias = Row(Classes);
        int[] labels = [.. Enumerable.Range(0, Classes).SelectMany(c => Enumerable.Repeat(c, c + 2))];
        double[] Images() => [.. labels.SelectMany(c => Row(Dimension).Select((v, j) => v + (j == c ? 3 : 0)))];
        double[] train = Images(), test = Images();
        var numbers = labels.Select(c => (double)c).ToArray();
        return new HandWrittenSafetensors()
            .Add("features", real, [labels.Length, Dimension], train).Add("labels", whole, [labels.Length], numbers)
            // float64, as the values numpy started from.
            .Add("weight", "F64", [Classes, Dimension], weight).Add("bias", "F64", [Classes], bias)
            .Add("test_features", real, [labels.Length, Dimension], test).Add("test_labels", whole, [labels.Length], numbers);
    }

    private static void Near(JsonNode page, string metric, string quantity, string split, double expected) =>
        Assert.True(Math.Abs(Find(page, metric, quantity, split).Value - expected) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{metric}/{quantity} of {split} is {Find(page, metric, quantity, split).Value}, was to be {expected}.");

    private static (double Value, double? Error) Find(JsonNode page, string metric, string quantity, string? split)
    {
        var found = page["measurements"]!.AsArray().Single(m => (string)m!["metric"]! == metric && (string)m["quantity"]! == quantity && (string?)m["split"] == split)!;
        return ((double)found["value"]!, (double?)found["standardError"]);
    }

    private string Write(HandWrittenSafetensors file)
    {
        File.WriteAllBytes(scratch["features.safetensors"], file.Bytes());
        return scratch["features.safetensors"];
    }
}
