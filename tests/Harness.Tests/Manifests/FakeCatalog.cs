using System.ComponentModel.DataAnnotations;
using Harness.Plugins;

namespace Harness.Tests.Manifests;

/// <summary>Plugins that build nothing: a manifest is planned without any of them being used.</summary>
internal static class FakeCatalog
{
    public static PluginCatalog Full { get; } = new(
        [
            Of<FakeArchitecture>(PluginKind.Architecture, "resnet", typeof(NetOptions)),
            Of<FakeArchitecture>(PluginKind.Architecture, "vgg", typeof(NetOptions)),
            Of<FakeArchitecture>(PluginKind.Architecture, "densenet", typeof(NetOptions)),
            Of<FakeArchitecture>(PluginKind.Architecture, "greedy", typeof(GreedyOptions)),
            Of<FakeDataset>(PluginKind.Dataset, "mnist", null),
            Of<FakeDataset>(PluginKind.Dataset, "fashion-mnist", null),
            Of<FakeDataset>(PluginKind.Dataset, "glyphs", typeof(GlyphOptions)),
            Of<FakeMetric>(PluginKind.Metric, "neural-collapse", null),
            Of<FakeMetric>(PluginKind.Metric, "generalization", null),
            Of<FakeAttack>(PluginKind.Metric, "robustness", typeof(AttackOptions)),
            Of<ExpensiveMetric>(PluginKind.Metric, "spectrum", null),
            Of<OutsideMetric>(PluginKind.Metric, "out-of-distribution", null),
            Of<SilentMetric>(PluginKind.Metric, "silent", null),
        ],
        [new("/opt/plugins/Wide-Net/WideNet.dll", "It was built against contract 9.0; this host has 0.1.")]);

    private static PluginDescriptor Of<T>(PluginKind kind, string name, Type? options) => new(
        kind, name, "", "1.0.0", $"/opt/plugins/{name}/{name}.dll", new string('0', 64),
        options is null || kind == PluginKind.Metric ? typeof(T) : typeof(Taking<>).MakeGenericType(options), options);
}

public enum Stem
{
    Small,
    LargeImages,
}

public sealed record NetOptions
{
    [AllowedValues(11, 18, 34, 40)]
    public int Depth { get; init; } = 18;

    [Range(0, 8.0, MinimumIsExclusive = true)]
    public double Width { get; init; } = 1;

    public Stem Stem { get; init; }

    public bool Bias { get; init; } = true;

    [Range(1, 4096)]
    public IReadOnlyList<int> Stages { get; init; } = [64, 128];

    public string? Note { get; init; }

    public HeadOptions Head { get; init; } = new();
}

public sealed record HeadOptions : IValidatableObject
{
    [Range(1, int.MaxValue)]
    public int Hidden { get; init; } = 4096;

    public int? Narrow { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Narrow > Hidden ? [new($"'narrow' ({Narrow}) exceeds 'hidden' ({Hidden}).", [nameof(Narrow)])] : [];
}

public sealed record GreedyOptions
{
    public string Use { get; init; } = "";
}

public sealed record GlyphOptions
{
    public required string Style { get; init; }

    [Range(0, 1.0)]
    public double Noise { get; init; } = 0.1;
}

public sealed record AttackOptions
{
    [Range(1, int.MaxValue)]
    public int Images { get; init; } = 100;
}

public sealed class FakeArchitecture;

public sealed class FakeDataset;

public class FakeMetric : IMetric
{
    public virtual MetricCard Card { get; } = new() { Quantities = [], Needs = MetricNeeds.None, Cost = "nothing" };

    public void Measure(Snapshot snapshot, IMeasurementSink sink) => throw new NotSupportedException();
}

/// <summary>A metric that takes options.</summary>
public sealed class FakeAttack(AttackOptions options) : FakeMetric
{
    public AttackOptions Options => options;
}

/// <summary>A metric that asks for the ends alone.</summary>
public sealed class ExpensiveMetric : FakeMetric
{
    public override MetricCard Card { get; } = new() { Quantities = [], Needs = MetricNeeds.None, Cost = "an hour", DefaultAt = MeasureAt.Ends };
}

/// <summary>A metric that needs images out of distribution.</summary>
public sealed class OutsideMetric : FakeMetric
{
    public override MetricCard Card { get; } = new() { Quantities = [], Needs = MetricNeeds.OutOfDistribution, Cost = "nothing" };
}

/// <summary>A metric that cannot be asked what it measures.</summary>
public sealed class SilentMetric : FakeMetric
{
    public override MetricCard Card => throw new InvalidOperationException("No card.");
}

/// <summary>Takes options, and refuses two of them as a plugin may.</summary>
public sealed class Taking<T>
{
    public Taking(T options)
    {
        if (options is NetOptions { Depth: 40, Width: < 1 }) throw new PluginOptionException("width", "Depth 40 cannot be narrower than 1.");
        if (options is NetOptions { Note: "crash" }) throw new InvalidOperationException("Boom.");
    }
}
