using Harness.Manifests.Yaml;
using Harness.Plugins;

namespace Harness.Manifests;

/// <summary>Metrics with options as a command line names them, read as a manifest's are.</summary>
public static class MetricChoice
{
    /// <summary>Reads it.</summary>
    /// <param name="names">Metrics, in the order wanted; all where there is none.</param>
    /// <param name="settings">Options, each "METRIC.OPTION=VALUE", the value as YAML has it.</param>
    /// <param name="catalog">The plugins at hand.</param>
    /// <exception cref="ManifestException">A metric or an option is not there, or a value is not its option's; the place is the text it stands in.</exception>
    public static IReadOnlyList<MetricUse> Read(IReadOnlyList<string> names, IReadOnlyList<string> settings, PluginCatalog catalog)
    {
        var errors = new ErrorList();
        string[] chosen = names.Count > 0 ? [.. names.Distinct()] : [.. catalog.Names(PluginKind.Metric).Order(StringComparer.Ordinal)];
        var options = chosen.ToDictionary(name => name, _ => new List<MappingEntry>());
        foreach (var setting in settings) Read(setting, options, errors);
        MappingEntry[] entries = [.. options.Select(o => new MappingEntry(o.Key, new("--metrics", 1, 1), new MappingNode(new("--metrics", 1, 1), o.Value)))];
        Place place = new("--metrics", 1, 1);
        var uses = new CellReader(catalog, errors).Metrics(new(place, [new("metrics", place, new MappingNode(place, entries))]), out _);
        errors.ThrowIfAny();
        return uses;
    }

    private static void Read(string setting, Dictionary<string, List<MappingEntry>> options, ErrorList errors)
    {
        Place place = new($"--set {setting}", 1, 1);
        var (equals, point) = (setting.IndexOf('='), setting.IndexOf('.'));
        if (point < 1 || equals < point + 2)
        {
            errors.Add(place, "an option is set as METRIC.OPTION=VALUE, such as max-margin.images=500");
            return;
        }
        var metric = setting[..point];
        if (!options.TryGetValue(metric, out var entries))
        {
            errors.Add(place, $"{Quoted.Text(metric)} is not measured{Suggestion.For(metric, options.Keys)}");
            return;
        }
        if (NodeReader.Read(place.File, $"{setting[(point + 1)..equals]}: {setting[(equals + 1)..]}", errors) is not { Entries: [var entry] }) return;
        if (entries.Any(e => e.Key == entry.Key)) errors.Add(place, $"{metric}.{entry.Key} is set twice");
        else entries.Add(entry);
    }
}
