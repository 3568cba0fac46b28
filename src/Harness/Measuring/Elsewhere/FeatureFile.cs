using System.Globalization;
using Harness.Manifests;
using Harness.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Measuring.Elsewhere;

/// <summary>
/// Last-layer features and the last layer of a network that any framework trained, in a safetensors file: <c>features</c> N x p, <c>labels</c> N, <c>weight</c> C x p, and where present
/// <c>bias</c> C, <c>test_features</c>, <c>test_labels</c>. Other tensors in it are not looked at.
/// </summary>
public sealed class FeatureFile
{
    /// <summary>h of the training images, N x p.</summary>
    public const string Features = "features";

    /// <summary>Their labels, N.</summary>
    public const string Labels = "labels";

    /// <summary>W, C x p, as torch.nn.Linear keeps it.</summary>
    public const string Weight = "weight";

    /// <summary>b, C; zeros where absent.</summary>
    public const string Bias = "bias";

    /// <summary>h of the test images; with <see cref="TestLabels"/> or not at all.</summary>
    public const string TestFeatures = "test_features";

    /// <summary>Their labels.</summary>
    public const string TestLabels = "test_labels";

    /// <summary>Metadata: <see cref="Snapshot.Seed"/> as a decimal number, by which metrics choose images as they did where the file comes from.</summary>
    public const string SeedName = "measuring_seed";

    private static readonly string[] Required = [Features, Labels, Weight];
    private static readonly string[] Known = [.. Required, Bias, TestFeatures, TestLabels];
    private static readonly string[] Real = ["F64", "F32", "F16", "BF16"];
    private static readonly string[] Whole = ["I64", "I32", "I16", "I8", "U8"];

    private readonly string path;
    private readonly SafetensorsReader file;
    private readonly List<string> errors = [];

    private FeatureFile(string path, Stream stream)
    {
        this.path = path;
        file = new(stream);
    }

    private long Dimension => file.Entries[Weight].Shape[1];

    private long Classes => file.Entries[Weight].Shape[0];

    /// <summary>Reads a file and checks all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">For the snapshot.</param>
    /// <returns>A snapshot without a network, in float32 as the metrics see features, logits W h + b from float64. The caller disposes it.</returns>
    /// <exception cref="FeatureFileException">It is no such file; everything that is wrong is said.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EpochSnapshot Open(string path, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return new FeatureFile(path, stream).Read(cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new FeatureFileException([$"{path} is no safetensors file, or damaged: {e.Message}."]);
        }
    }

    private EpochSnapshot Read(CancellationToken cancellation)
    {
        CheckHeader();
        ThrowIfAny();
        using var scope = NewDisposeScope();
        var weight = Values(Weight);
        var bias = file.Entries.ContainsKey(Bias) ? Values(Bias) : zeros(Classes, ScalarType.Float64);
        var splits = new Dictionary<Split, CollectedFeatures> { [Split.Train] = Collect(Features, Labels, weight, bias) };
        if (file.Entries.ContainsKey(TestFeatures)) splits[Split.Test] = Collect(TestFeatures, TestLabels, weight, bias);
        if (errors.Count > 0)
        {
            foreach (var split in splits.Values) split.Dispose();
            ThrowIfAny();
        }
        return new(new(weight, bias), splits, Seed(), cancellation);
    }

    private void CheckHeader()
    {
        var missing = Required.Where(name => !file.Entries.ContainsKey(name)).ToList();
        foreach (var name in missing) Wrong($"holds no tensor '{name}'{Suggestion.For(name, file.Entries.Keys.Except(Known))}");
        foreach (var (has, lacks) in new[] { (TestFeatures, TestLabels), (TestLabels, TestFeatures) })
            if (file.Entries.ContainsKey(has) && !file.Entries.ContainsKey(lacks)) Wrong($"holds '{has}' without '{lacks}': test images need both");
        foreach (var name in new[] { Features, Weight, Bias, TestFeatures }) CheckType(name, Real, "real numbers");
        foreach (var name in new[] { Labels, TestLabels }) CheckType(name, Whole, "whole numbers, the number of each image's class from 0");
        if (missing.Count > 0) return;

        if (file.Entries[Weight].Shape is not [>= 2, >= 1])
        {
            Wrong($"holds '{Weight}' of shape {Shape(Weight)}: it must be C x p, a row for each of at least two classes");
            return;
        }
        CheckShape(Bias, [Classes], "C");
        foreach (var (features, labels) in new[] { (Features, Labels), (TestFeatures, TestLabels) })
        {
            if (!file.Entries.TryGetValue(features, out var entry)) continue;
            if (entry.Shape is not [>= 1, _] || entry.Shape[1] != Dimension)
                Wrong($"holds '{features}' of shape {Shape(features)} where '{Weight}' is {Shape(Weight)}: features must be N x p and the weight C x p, with the same p{Transposed(entry.Shape)}");
            else CheckShape(labels, [entry.Shape[0]], $"N, one for each row of '{features}'");
        }
    }

    private string Transposed(IReadOnlyList<long> features) => features.Count == 2 && features[1] == Classes ? " (the weight looks transposed)" : "";

    private void CheckType(string name, string[] types, string what)
    {
        if (file.Entries.TryGetValue(name, out var entry) && !types.Contains(entry.Type))
            Wrong($"holds '{name}' of type {entry.Type}: it must be {what}, of type {string.Join(", ", types[..^1])} or {types[^1]}");
    }

    private void CheckShape(string name, IReadOnlyList<long> wanted, string meaning)
    {
        if (file.Entries.TryGetValue(name, out var entry) && !entry.Shape.SequenceEqual(wanted))
            Wrong($"holds '{name}' of shape {Shape(name)}: it must be {string.Join(" x ", wanted)}, that is {meaning}");
    }

    /// <summary>Real numbers as float64; those that are none are told.</summary>
    private Tensor Values(string name)
    {
        var values = file.Read(name).DetachFromDisposeScope();
        try
        {
            var finite = values.isfinite();
            if (!finite.all().ToBoolean()) NotFinite(name, finite);
            return values.to(ScalarType.Float64, copy: true);
        }
        finally
        {
            values.Dispose();
        }
    }

    private void NotFinite(string name, Tensor finite)
    {
        var bad = finite.reshape(finite.shape[0], -1).all(1).logical_not();
        Wrong($"holds NaN or infinity in '{name}': in {bad.sum().ToInt64()} of {bad.shape[0]} rows, the first of them row {bad.to(ScalarType.Byte).argmax().ToInt64()}");
    }

    private CollectedFeatures Collect(string features, string labels, Tensor weight, Tensor bias)
    {
        using var scope = NewDisposeScope();
        var h = Values(features);
        var classes = file.Read(labels).to(ScalarType.Int64);
        var outside = classes.lt(0).logical_or(classes.ge(Classes));
        if (outside.any().ToBoolean())
        {
            var first = outside.to(ScalarType.Byte).argmax().ToInt64();
            Wrong($"holds label {classes[first].ToInt64()} in '{labels}', at image {first}: '{Weight}' has {Classes} rows, so labels are 0 to {Classes - 1}");
        }
        var single = h.to(ScalarType.Float32);
        if (errors.Count == 0 && !single.isfinite().all().ToBoolean()) Wrong($"holds numbers in '{features}' that are too large for float32, which is what metrics are given");
        return new(single, h.mm(weight.t()).add_(bias).to(ScalarType.Float32), classes);
    }

    private Seed Seed() => new(file.Metadata.TryGetValue(SeedName, out var text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 0);

    private string Shape(string name) => file.Entries[name].Shape is { Count: > 0 } shape ? string.Join(" x ", shape) : "of a single number";

    private void Wrong(string clause) => errors.Add($"{path} {clause}.");

    private void ThrowIfAny()
    {
        if (errors.Count > 0) throw new FeatureFileException(errors);
    }
}
