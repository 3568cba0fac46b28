using System.Text.Json.Nodes;

namespace Harness.Results;

/// <summary>A field in which two cells' identities differ: why one is run though the other is there.</summary>
/// <param name="Field">Its path: "training.learningRate", "metrics.robustness.options.images".</param>
/// <param name="Was">The earlier value as JSON, or null where there was none.</param>
/// <param name="Is">The value now as JSON, or null where there is none.</param>
/// <param name="Sentence">It in words.</param>
public sealed record IdentityDifference(string Field, string? Was, string? Is, string Sentence)
{
    private const string Hash = "hash";
    private const string Plugin = "plugin";

    /// <summary>Every field that differs, in the order of their paths.</summary>
    /// <param name="was">The earlier identity.</param>
    /// <param name="now">The identity now.</param>
    public static IReadOnlyList<IdentityDifference> Between(JsonObject was, JsonObject now)
    {
        var (before, after) = (Fields(was), Fields(now));
        var paths = before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path)).ToList();
        // Another plugin has other files and other options; that it is another says all.
        var replaced = paths.Where(path => path.EndsWith("." + Plugin, StringComparison.Ordinal)).Select(path => path[..^Plugin.Length]).ToList();
        return
        [
            .. paths.Where(path => !replaced.Any(owner => path.StartsWith(owner, StringComparison.Ordinal) && path != owner + Plugin))
                .Select(path => Make(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path), after)),
        ];
    }

    private static IdentityDifference Make(string path, string? was, string? now, Dictionary<string, string> after) => new(path, was, now, path switch
    {
        "datasetFingerprint" when was == "\"unreadable\"" => "the data set's files can be read now",
        "outOfDistribution.fingerprint" when was == "\"unreadable\"" => "the files of the set out of distribution can be read now",
        "outOfDistribution.fingerprint" when was is not null && now is not null => "the content of the set out of distribution changed",
        "datasetFingerprint" => "the data set's content changed",
        _ when was is not null && now is not null && path.EndsWith("." + Hash, StringComparison.Ordinal) =>
            $"the files of plugin {after.GetValueOrDefault(path[..^Hash.Length] + Plugin, path)} changed",
        _ when was is null => $"{path} is {now}, and was not there",
        _ when now is null => $"{path} was {was}, and is gone",
        _ => $"{path} is {now}, and was {was}",
    });

    private static Dictionary<string, string> Fields(JsonObject identity)
    {
        var fields = new Dictionary<string, string>();
        Gather(identity, "", fields);
        return fields;
    }

    private static void Gather(JsonNode? node, string path, Dictionary<string, string> fields)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var (name, value) in item) Gather(value, path.Length == 0 ? name : $"{path}.{name}", fields);
                break;
            // Plugins in a list are told apart by their names, not by their places.
            case JsonArray { Count: > 0 } list when list.All(item => item is JsonObject entry && entry.ContainsKey(Plugin)):
                foreach (var item in list) Gather(item, $"{path}.{item![Plugin]}", fields);
                break;
            case not null:
                fields[path] = node.ToJsonString(Json.Line);
                break;
        }
    }
}
