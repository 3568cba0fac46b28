using System.Text.Json.Nodes;
using Json.Schema;
using Testing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EndToEnd.Tests;

public class SchemaTests
{
    private static readonly string Folder = Path.Combine(DotnetCommand.RepositoryRoot, "manifests");
    private static readonly string Shipped = Path.Combine(Folder, "manifest.schema.json");
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Shipped));

    public static TheoryData<string> Manifests => [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order()];

    [Fact]
    public async Task TheFileIsWhatTheCommandPrints()
    {
        var result = await HarnessCommandLine.RunAsync("schema");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.True(await File.ReadAllTextAsync(Shipped, TestContext.Current.CancellationToken) == result.Output,
            "manifests/manifest.schema.json does not know the plugins' options; make it again with: harness schema > manifests/manifest.schema.json");
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void AShippedManifestNamesItAndPasses(string manifest)
    {
        var text = File.ReadAllText(Path.Combine(Folder, manifest));
        Assert.StartsWith("# yaml-language-server: $schema=manifest.schema.json\n", text);
        Assert.Empty(Wrong(text));
    }

    [Theory]
    [InlineData("architectures: { A: { use: vgg, dephth: 11 } }", "/architectures/A/dephth")]
    [InlineData("architectures: { resnet: { widht: 1 } }", "/architectures/resnet/widht")]
    [InlineData("architectures: { A: { use: reznet } }", "/architectures/A/use")]
    [InlineData("datasets: { mnist: { trainPerClass: 0 } }", "/datasets/mnist/trainPerClass")]
    [InlineData("training: { learningRate: -1 }", "/training/learningRate")]
    [InlineData("training: { precision: bf61 }", "/training/precision")]
    [InlineData("training: { decayAt: [0.5, soon] }", "/training/decayAt/1")]
    [InlineData("measure: { metrics: { neural-colapse: } }", "/measure/metrics/neural-colapse")]
    [InlineData("measure: { metrics: { generalization: { at: allways } } }", "/measure/metrics/generalization/at")]
    [InlineData("limits: { memory: 8 }", "/limits/memory")]
    [InlineData("overrides: [{ training: { epochs: 3 } }]", "/overrides/0")]
    [InlineData("measure: { outOfDistribution: { use: glyphs, stile: print } }", "/measure/outOfDistribution/stile")]
    [InlineData("architecture: {}", "/architecture")]
    public void WhatIsWrongIsUnderlined(string manifest, string place) => Assert.Contains(place, Wrong(manifest));

    [Theory]
    [InlineData("architectures: { resnet: , Narrow: { use: resnet, width: 1/4 } }")]
    [InlineData("architectures: { Inherited: { width: 0.5 } }")]
    [InlineData("datasets: { cifar10: { classes: [cat, dog], imageSize: 16, padTo: 32 }, mnist: { trainPerClass: null } }")]
    [InlineData("training: { epochs: 1_000, decayAt: [1/3, 0.5], weightDecay: 5e-4 }")]
    [InlineData("training: { sweep: { learningRate: { from: 1e-4, to: 0.25, count: 25 } } }")]
    [InlineData("measure: { epochs: { log: 20 }, metrics: { robustness: { images: 50, at: ends } } }")]
    [InlineData("measure: { outOfDistribution: fashion-mnist, metrics: { out-of-distribution: } }")]
    [InlineData("measure: { outOfDistribution: { use: glyphs, warp: 2, testPerClass: 200 } }")]
    [InlineData("limits: { stall: 30m, cell: 12h, memory: 8GiB }")]
    [InlineData("overrides: [{ for: { dataset: a, architecture: [b, c] }, measure: { metrics: { robustness: null } } }]")]
    public void WhatTheManualShowsPasses(string manifest) => Assert.Empty(Wrong(manifest));

    /// <summary>Places, as JSON pointers, that the schema refuses.</summary>
    private static string[] Wrong(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        using var document = System.Text.Json.JsonSerializer.SerializeToDocument(Plain(stream.Documents[0].RootNode));
        var result = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        // A condition that is not met is listed among the errors, and is none.
        return result.IsValid ? [] : [.. result.Details!.Where(d => d.Errors is { Count: > 0 } && !d.EvaluationPath.ToString().Contains("/if", StringComparison.Ordinal)).Select(d => d.InstanceLocation.ToString()).Distinct()];
    }

    /// <summary>As an editor reads YAML 1.2: quoted scalars are texts, plain ones null, truth values and numbers where they look like them.</summary>
    private static JsonNode? Plain(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Plain(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Plain)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } quoted => quoted.Value,
        YamlScalarNode { Value: "" or "null" or "~" or null } => null,
        YamlScalarNode { Value: "true" } => true,
        YamlScalarNode { Value: "false" } => false,
        YamlScalarNode plain => double.TryParse(plain.Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : plain.Value,
        _ => throw new InvalidOperationException(node.GetType().Name),
    };
}
