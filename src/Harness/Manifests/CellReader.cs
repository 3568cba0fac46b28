using System.Text.Json.Nodes;
using Harness.Datasets;
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
        Plugin(PluginKind.Architecture, written, ["use"]) is { } made ? new(written.Label, made.Plugin.Name, made.Options) : null;

    public DatasetUse? Dataset(Labelled written)
    {
        var made = Plugin(PluginKind.Dataset, written, ["use", .. SubsampleKeys]);
        var left = TakenOver.Keys(made?.Plugin.OptionsType).Aggregate(written.Options, (options, key) => options.Without(key));
        var subsample = OptionsReader.Read(typeof(SubsampleOptions), left, written.Place, errors) as SubsampleOptions;
        return made is not null && subsample is not null && Fits(made.Instance as IDataset, subsample, written)
            ? new() { Label = written.Label, Plugin = made.Plugin.Name, Options = made.Options, Subsample = subsample }
            : null;
    }

    public TrainingOptions? Training(MappingNode written) => Section<TrainingOptions>(written, "training", SweepReader.Key);

    /// <summary>A section that is one record.</summary>
    /// <param name="written">What is written in it.</param>
    /// <param name="name">Its key.</param>
    /// <param name="others">Keys in it that are read elsewhere.</param>
    public T? Section<T>(MappingNode written, string name, params string[] others) where T : class
    {
        OptionsReader.CheckKeys(written, [.. OptionProperty.Of(typeof(T)).Select(o => o.Key), .. others], $"key {{0}} in '{name}'", errors);
        return OptionsReader.Read(typeof(T), written, written.Place, errors) as T;
    }

    /// <summary>The learning rates that are tried, or none where there is no sweep.</summary>
    /// <param name="training">The section 'training'.</param>
    /// <param name="metrics">What is measured.</param>
    public IReadOnlyList<double> Sweep(MappingNode training, IReadOnlyList<MetricUse> metrics) => SweepReader.Read(training, metrics, errors);

    /// <summary>Which epochs are measured.</summary>
    /// <param name="written">The section 'measure'.</param>
    /// <param name="last">Epochs of the training, or null where they could not be read.</param>
    public IReadOnlyList<int>? Epochs(MappingNode written, int? last) =>
        ScheduleReader.Read(written.Find("epochs") is { Value.IsNull: false } entry ? entry.Value : null, last, errors);

    /// <summary>What is measured.</summary>
    /// <param name="written">The section 'measure'.</param>
    /// <param name="outside">Those that need images out of distribution, as written.</param>
    public IReadOnlyList<MetricUse> Metrics(MappingNode written, out IReadOnlyList<MappingEntry> outside)
    {
        var needing = new List<MappingEntry>();
        outside = needing;
        OptionsReader.CheckKeys(written, ["epochs", "metrics", OutOfDistributionReader.Key], "key {0} in 'measure'", errors);
        var section = written.Find("metrics") is { Value.IsNull: false } metrics ? ManifestReader.Mapping(metrics, errors) : new(written.Place, []);
        if (section is null) return [];
        if (section.Entries.Count == 0) errors.Add(section.Place, "nothing is measured: 'metrics' of 'measure' names none");
        var uses = new List<MetricUse>();
        foreach (var entry in section.Entries)
        {
            if (ManifestReader.RemovesNothing(entry, errors) || ManifestReader.Mapping(entry, errors) is not { } options) continue;
            var moment = options.Find("at") is { Value.IsNull: false } said ? said.Value : null;
            var at = moment is null ? null : OptionsReader.Value(typeof(MeasureAt), moment, "at", errors);
            if (Plugin(PluginKind.Metric, new(entry.Key, entry.KeyPlace, options), ["at"]) is not { } made) continue;
            if (Card((IMetric)made.Instance, entry) is not { } card) continue;
            if (moment is null) at = card.DefaultAt;
            if (at is MeasureAt when) uses.Add(new(made.Plugin.Name, made.Options, when));
            if ((card.Needs & MetricNeeds.OutOfDistribution) != 0) needing.Add(entry);
        }
        return uses;
    }

    /// <summary>What the metric's card says, or null with what is wrong in the errors.</summary>
    private MetricCard? Card(IMetric metric, MappingEntry entry)
    {
        try
        {
            return metric.Card;
        }
        catch (Exception e)
        {
            errors.Add(entry.KeyPlace, $"metric '{entry.Key}' cannot say what it measures: {e.GetType().Name}: {e.Message.TrimEnd('.')}");
            return null;
        }
    }

    private Made? Plugin(PluginKind kind, Labelled written, string[] reserved)
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
        return Create(plugin, options, written) is { } instance ? new(plugin, OptionsBinder.ToJson(options), instance) : null;
    }

    /// <summary>The plugin made with the options, or null where its constructor does not take them: it may know more of them than attributes can say.</summary>
    private object? Create(PluginDescriptor plugin, object? options, Labelled written)
    {
        try
        {
            return plugin.Create(options);
        }
        catch (PluginOptionException refusal)
        {
            Refuse(refusal, written);
        }
        catch (Exception e)
        {
            errors.Add(written.Place, $"{PluginFinder.Noun(plugin.Kind)} '{plugin.Name}' cannot be made with these options: {e.GetType().Name}: {e.Message.TrimEnd('.')}");
        }
        return null;
    }

    /// <summary>Whether a data set has the classes asked for, and fits into its padding.</summary>
    private bool Fits(IDataset? dataset, SubsampleOptions options, Labelled written)
    {
        try
        {
            if (dataset is not null) DatasetInUse.CheckPadding(DatasetInUse.Of(dataset, options).Card, options);
            return true;
        }
        catch (PluginOptionException refusal)
        {
            Refuse(refusal, written);
            return false;
        }
        catch (Exception)
        {
            // A card that throws is its plugin's fault, which costs its own cells and is told before they run.
            return true;
        }
    }

    private void Refuse(PluginOptionException refusal, Labelled written) => errors.Add(refusal, written.Options.Find(refusal.Option)?.Value, written.Place);

    /// <summary>A plugin with its options as written and as bound.</summary>
    private sealed record Made(PluginDescriptor Plugin, JsonObject Options, object Instance);
}
