using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Manifests;
using Harness.Results;

namespace Harness.Running;

/// <summary>
/// What a cell is, down to everything that could change a digit of its numbers. Its hash is the cell's key, the name of its folder: same key and
/// finished means never run again. Labels are left out, so that renaming a row does not train it anew.
/// </summary>
public sealed record CellIdentity
{
    /// <summary>Architecture: plugin, options, hash of its files.</summary>
    public required PluginIdentity Architecture { get; init; }

    /// <summary>Data set: plugin, options, hash of its files.</summary>
    public required PluginIdentity Dataset { get; init; }

    /// <summary>What the host does to the images.</summary>
    public required SubsampleOptions Subsample { get; init; }

    /// <summary>Fingerprint of the data set's content.</summary>
    public required string DatasetFingerprint { get; init; }

    /// <summary>The images measured as out of distribution; null, and not written, where there are none.</summary>
    public OtherImagesIdentity? OutOfDistribution { get; init; }

    /// <summary>Seed of weights and order.</summary>
    public required long Seed { get; init; }

    /// <summary>How it is trained.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>When it is measured.</summary>
    public required IReadOnlyList<int> MeasuredEpochs { get; init; }

    /// <summary>What is measured: plugin, options with when, hash of its files.</summary>
    public required IReadOnlyList<PluginIdentity> Metrics { get; init; }

    /// <summary>Host, contract, TorchSharp, libtorch.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>"cpu" or "cuda".</summary>
    public required string DeviceKind { get; init; }

    /// <summary>Intra-operation threads: sums are split among them.</summary>
    public required int Threads { get; init; }

    /// <summary>Arithmetic of the training.</summary>
    public required string Precision { get; init; }

    /// <summary>The key: 16 hexadecimal digits of the SHA-256 of its content.</summary>
    public string Key() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content().ToJsonString(Json.Line))))[..16];

    /// <summary>What the key is a hash of, as canonical JSON: kept beside a cell's numbers, it tells later why another key is another.</summary>
    public JsonObject Content()
    {
        // How a rate was come by changes no digit; null is not written.
        var content = this with { Training = Training with { LearningRateSource = null } };
        return (JsonObject)Canonical(JsonSerializer.SerializeToNode(content, Json.Line))!;
    }

    // Properties in the order of their names, so that the key does not hang on the order in which a manifest or a record lists them.
    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Canonical(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Canonical)]),
        null => null,
        _ => node.DeepClone(),
    };
}

/// <summary>A plugin as part of a cell's identity.</summary>
/// <param name="Plugin">Its name.</param>
/// <param name="Hash">SHA-256 over its files.</param>
/// <param name="Options">Every option.</param>
/// <param name="At">When it runs, where it is a metric.</param>
public sealed record PluginIdentity(string Plugin, string Hash, JsonObject Options, MeasureAt? At = null);

/// <summary>The images of another set than a cell's own as part of its identity.</summary>
/// <param name="Dataset">Data set: plugin, options, hash of its files.</param>
/// <param name="Subsample">What the host does to the images.</param>
/// <param name="BroughtTo">The shape before padding that they are brought to.</param>
/// <param name="Fingerprint">Fingerprint of their content.</param>
public sealed record OtherImagesIdentity(PluginIdentity Dataset, SubsampleOptions Subsample, ImageShape? BroughtTo, string Fingerprint);
