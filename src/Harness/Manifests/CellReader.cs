using System.Text.Json.Nodes;
using Harness.Manifests.Options;
using Harness.Manifests.Yaml;
using Harness.Plugins;

namespace Harness.Manifests;

/// <summary>Binds what is written for one cell, overrides laid over it, to plugins and records. What is wrong is in the errors, and the result null.</summary>
internal sealed class CellReader(PluginCatalog catalog, ErrorList errors)
{
    private static readonly string[] SubsampleKeys = [.. OptionProperty.Of(typeof(SubsampleOptions)).Select(o => o.Key)];
    private readonly PluginFinder plugins = new(catalog, errors);

    public PluginUse? Architecture(Labelled written) =>
        Plugin(PluginKind.Architecture, written, ["use"]) is var (plugin, options, _) ? new(written.Label, plugin, options) : null;

    public DatasetUse? Dataset(Labelled written)
    {
        var subsample = OptionsReader.Read(typeof(SubsampleOptions), written.Options, written.Place, errors) as SubsampleOptions;
        return Plugin(PluginKind.Dataset, written, ["use", .. SubsampleKeys]) is var (plugin, options, _) && subsample is not null
            ? new() { Label = written.Label, Plugin = plugin, Options = options, Subsample = subsample }
            : null;
    }

    public TrainingOptions? Training(MappingNode written)
    {
        OptionsReader.CheckKeys(written, [.. OptionProperty.Of(typeof(TrainingOptions)).Select(o => o.Key)], "key {0} in 'training'", errors);
        return OptionsReader.Read(typeof(TrainingOptions), written, written.Place, errors) as TrainingOptions;
    }

    /// <summary>Which epochs are measured.</summary>
    /// <param name="written">The section 'measure'.</param>
    /// <param name="last">Epochs of the training, or null where they could not be read.</param>
    public IReadOnlyList<int>? Epochs(MappingNode written, int? last) =>
        ScheduleReader.Read(written.Find("epochs") is { Value.IsNull: false } entry ? entry.Value : null, last, errors);

    /// <summary>What is measured.</summary>
    /// <param name="written">The section 'measure'.</param>
    public IReadOnlyList<MetricUse> Metrics(MappingNode written)
    {
        OptionsReader.CheckKeys(written, ["epochs", "metrics"], "key {0} in 'measure'", errors);
        var section = written.Find("metrics") is { Value.IsNull: false } metrics ? ManifestReader.Mapping(metrics, errors) : new(written.Place, []);
        if (section is null) return [];
        if (section.Entries.Count == 0) errors.Add(section.Place, "nothing is measured: 'metrics' of 'measure' names none");
        var uses = new List<MetricUse>();
        foreach (var entry in section.Entries)
        {
            if (ManifestReader.RemovesNothing(entry, errors) || ManifestReader.Mapping(entry, errors) is not { } options) continue;
            var moment = options.Find("at") is { Value.IsNull: false } said ? said.Value : null;
            var at = moment is null ? null : OptionsReader.Value(typeof(MeasureAt), moment, "at", errors);
            if (Plugin(PluginKind.Metric, new(entry.Key, entry.KeyPlace, options), ["at"]) is not var (plugin, bound, made)) continue;
            if (moment is null) at = DefaultAt((IMetric)made, entry);
            if (at is MeasureAt when) uses.Add(new(plugin, bound, when));
        }
        return uses;
    }

    /// <summary>What the metric's card says, or null with what is wrong in the errors.</summary>
    private MeasureAt? DefaultAt(IMetric metric, MappingEntry entry)
    {
        try
        {
            return metric.Card.DefaultAt;
        }
        catch (Exception e)
        {
            errors.Add(entry.KeyPlace, $"metric '{entry.Key}' cannot say what it measures: {e.GetType().Name}: {e.Message.TrimEnd('.')}");
            return null;
        }
    }

    private (string Plugin, JsonObject Options, object Made)? Plugin(PluginKind kind, Labelled written, string[] reserved)
    {
        var (name, place) = (written.Label, written.Place);
        if (reserved.Contains("use") && written.Options.Find("use") is { Value.IsNull: false } use)
        {
            if (OptionsReader.Value(typeof(string), use.Value, "use", errors) is not string other) return null;
            (name, place) = (other, use.Value.Place);
        }
        if (plugins.Find(kind, name, place, reserved) is not { } plugin) return null;

        var known = OptionProperty.Of(plugin.OptionsType).Select(o => o.Key).Concat(reserved).ToArray();
        OptionsReader.CheckKeys(written.Options, known, $"option {{0}} of {PluginFinder.Noun(kind)} '{name}'", errors);
        object? options = null;
        if (plugin.OptionsType is not null && (options = OptionsReader.Read(plugin.OptionsType, written.Options, written.Place, errors)) is null) return null;
        return Make(plugin, options, written) is { } made ? (name, OptionsBinder.ToJson(options), made) : null;
    }

    /// <summary>The plugin made with the options, or null where its constructor refuses them: it may know more of them than attributes can say.</summary>
    private object? Make(PluginDescriptor plugin, object? options, Labelled written)
    {
        try
        {
            return plugin.Create(options);
        }
        catch (PluginOptionException refusal)
        {
            errors.Add(written.Options.Find(refusal.Option)?.Value.Place ?? written.Place, refusal.Message.TrimEnd('.'));
        }
        catch (Exception e)
        {
            errors.Add(written.Place, $"{PluginFinder.Noun(plugin.Kind)} '{plugin.Name}' cannot be made with these options: {e.GetType().Name}: {e.Message.TrimEnd('.')}");
        }
        return null;
    }
}
