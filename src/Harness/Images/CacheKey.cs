using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harness.Manifests;
using Harness.Results;

namespace Harness.Images;

/// <summary>What decoded images are, down to everything that could change a byte of them, and where a cache folder keeps them.</summary>
/// <param name="Use">Which images of which set: the folder. One of its files at most is of use.</param>
/// <param name="Content">SHA-256 over that, the files of the plugin and of the data: the file.</param>
public sealed record CacheKey(string Use, byte[] Content)
{
    /// <summary>Counts up with every change to how the host chooses and stores images; of their pixels and labels it makes none.</summary>
    public const int Generation = 1;

    /// <summary>Extension of a cache's file.</summary>
    public const string Extension = ".images";

    /// <summary>The cache's file, relative to the cache folder.</summary>
    public string Path => System.IO.Path.Combine(Use, Convert.ToHexStringLower(Content)[..16] + Extension);

    /// <summary>The key of one split. Whatever a manifest says of a set is in it, but for its label, the padding and what concerns the other split.</summary>
    /// <param name="use">The data set as the manifest uses it.</param>
    /// <param name="split">Which part.</param>
    /// <param name="pluginHash">SHA-256 over the files of its plugin.</param>
    /// <param name="fingerprint">What the data set says of its content.</param>
    public static CacheKey Of(DatasetUse use, Split split, string pluginHash, string fingerprint)
    {
        var subsample = use.Subsample;
        var perClass = split == Split.Train ? subsample.TrainPerClass : subsample.TestPerClass;
        var images = JsonSerializer.Serialize(use with
        {
            Label = "",
            Subsample = subsample with
            {
                PadTo = null,
                TrainPerClass = split == Split.Train ? perClass : null,
                TestPerClass = split == Split.Test ? perClass : null,
                SubsampleSeed = perClass is null ? 0 : subsample.SubsampleSeed,
            },
        }, Json.Line);
        var name = split.ToString().ToLowerInvariant();
        return new(
            $"{use.Plugin}-{name}-{Convert.ToHexStringLower(Hash(name, images))[..16]}",
            Hash(Generation.ToString(), name, images, pluginHash, fingerprint));
    }

    // As JSON, so that no two lists of texts are one.
    private static byte[] Hash(params string[] parts) => SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts)));
}
