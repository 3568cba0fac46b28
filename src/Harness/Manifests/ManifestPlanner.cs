using Harness.Manifests.Yaml;
using Harness.Plugins;

namespace Harness.Manifests;

/// <summary>Turns a manifest into a plan. Loads no libtorch and writes nothing; it makes each plugin once a cell to hear whether it takes its options.</summary>
public static class ManifestPlanner
{
    /// <summary>The largest matrix. A larger one is a slip, and would fill the memory before it filled a disk.</summary>
    public const int MaxCells = 10_000;

    /// <summary>Plans a manifest.</summary>
    /// <param name="path">Its file; errors name it as given here.</param>
    /// <param name="catalog">The plugins there are.</param>
    /// <exception cref="ManifestException">Something is wrong; it carries everything that is.</exception>
    public static Plan Plan(string path, PluginCatalog catalog)
    {
        var errors = new ErrorList();
        return Plan(path, ManifestFile.Read(path, errors), catalog, errors);
    }

    /// <summary>Plans a manifest that is at hand as text.</summary>
    /// <param name="path">What errors call it, what base manifests are relative to, and what names it where it does not name itself.</param>
    /// <param name="text">Its YAML.</param>
    /// <param name="catalog">The plugins there are.</param>
    /// <exception cref="ManifestException">Something is wrong; it carries everything that is.</exception>
    public static Plan Plan(string path, string text, PluginCatalog catalog)
    {
        var errors = new ErrorList();
        return Plan(path, ManifestFile.Parse(path, text, errors), catalog, errors);
    }

    private static Plan Plan(string path, MappingNode? root, PluginCatalog catalog, ErrorList errors)
    {
        if (root is null) errors.ThrowIfAny();
        var manifest = new ManifestReader(root!, errors).Read(path);
        var places = new ManifestPlaces();
        var reader = new CellReader(catalog, errors);
        var cells = Cells(manifest, reader, new(reader, catalog, errors), places, errors);
        errors.ThrowIfAny();
        return new(manifest.Name, cells, places);
    }

    private static List<CellSpec> Cells(Manifest manifest, CellReader reader, OutOfDistributionReader outOfDistribution, ManifestPlaces places, ErrorList errors)
    {
        var cells = new List<CellSpec>();
        var size = (long)manifest.Datasets.Count * manifest.Architectures.Count * manifest.Seeds.Count;
        if (size > MaxCells)
        {
            errors.Add(manifest.Architectures[0].Place, $"the matrix has {size} cells; at most {MaxCells} can be planned");
            return cells;
        }
        var pairs = manifest.Datasets.SelectMany(d => manifest.Architectures.Select(a => (Dataset: d, Architecture: a))).ToArray();
        var kept = pairs.Where(p => !manifest.Exclusions.Any(e => e.Takes(p.Dataset.Label, p.Architecture.Label))).ToArray();
        foreach (var idle in manifest.Exclusions.Where(e => !pairs.Any(p => e.Takes(p.Dataset.Label, p.Architecture.Label))))
            errors.Add(idle.Place, "this excludes no cell");
        foreach (var idle in manifest.Overrides.Where(o => !kept.Any(p => o.For.Takes(p.Dataset.Label, p.Architecture.Label))))
            errors.Add(idle.For.Place, "this override is for no cell: those it names are excluded");
        if (pairs.Length > 0 && kept.Length == 0) errors.Add(manifest.Exclusions[0].Place, "the matrix is empty: every cell is excluded");

        foreach (var (dataset, architecture) in kept)
        {
            cells.AddRange(Pair(manifest, dataset, architecture, reader, outOfDistribution, places).Take(MaxCells + 1 - cells.Count));
            if (cells.Count <= MaxCells) continue;
            errors.Add(manifest.Architectures[0].Place, $"with a cell for each learning rate of its sweeps the matrix has more than {MaxCells} cells, which cannot be planned");
            return [];
        }
        CheckUnused(manifest, kept, reader, outOfDistribution);
        return cells;
    }

    /// <summary>The cells of one data set and one architecture, one a seed and learning rate; none where something is wrong.</summary>
    private static IEnumerable<CellSpec> Pair(
        Manifest manifest, Labelled dataset, Labelled architecture, CellReader reader, OutOfDistributionReader outOfDistribution, ManifestPlaces places)
    {
        var (training, measure, limits, retry) = (manifest.Training, manifest.Measure, manifest.Limits, manifest.Retry);
        Override[] overrides = [.. manifest.Overrides.Where(o => o.For.Takes(dataset.Label, architecture.Label))];
        foreach (var over in overrides)
        {
            dataset = dataset with { Options = NodeMerge.Merge(dataset.Options, over.Dataset, "dataset") };
            architecture = architecture with { Options = NodeMerge.Merge(architecture.Options, over.Architecture, "architecture") };
            training = NodeMerge.Merge(training, over.Training, "training");
            measure = NodeMerge.Merge(measure, over.Measure, "measure");
            limits = NodeMerge.Merge(limits, over.Limits, "limits");
            retry = NodeMerge.Merge(retry, over.Retry, "retry");
        }
        places.Add(dataset.Label, architecture);
        var images = reader.Dataset(dataset);
        var network = reader.Architecture(architecture);
        var protocol = reader.Training(training);
        var epochs = reader.Epochs(measure, protocol?.Epochs);
        var metrics = reader.Metrics(measure, out var outside);
        var others = outOfDistribution.Read(measure, outside, manifest.Datasets, images);
        var rates = reader.Sweep(training, metrics);
        var bounds = reader.Section<CellLimits>(limits, "limits");
        var tries = reader.Section<RetryPolicy>(retry, "retry");
        if (images is null || network is null || protocol is null || epochs is null || bounds is null || tries is null) return [];
        TrainingOptions[] trainings = rates.Count == 0 ? [protocol] : [.. rates.Select(rate => protocol with { LearningRate = rate, LearningRateSource = null })];
        return manifest.Seeds.SelectMany(_ => trainings, (seed, trained) => new CellSpec
        {
            Dataset = images,
            Architecture = network,
            OutOfDistribution = others,
            Seed = seed,
            Training = trained,
            Swept = rates.Count > 0,
            MeasuredEpochs = epochs,
            Metrics = metrics,
            Limits = bounds,
            Retry = tries,
            Notes = [.. overrides.Select(o => o.Note).OfType<string>()],
        });
    }

    /// <summary>What is in no cell is checked as it stands, so that an error shows before the day it is used.</summary>
    private static void CheckUnused(
        Manifest manifest, IReadOnlyCollection<(Labelled Dataset, Labelled Architecture)> kept, CellReader reader, OutOfDistributionReader outOfDistribution)
    {
        foreach (var dataset in manifest.Datasets.Where(d => !kept.Any(p => p.Dataset == d))) reader.Dataset(dataset);
        foreach (var architecture in manifest.Architectures.Where(a => !kept.Any(p => p.Architecture == a))) reader.Architecture(architecture);
        if (kept.Count > 0) return;
        reader.Training(manifest.Training);
        reader.Section<CellLimits>(manifest.Limits, "limits");
        reader.Section<RetryPolicy>(manifest.Retry, "retry");
        reader.Epochs(manifest.Measure, null);
        reader.Sweep(manifest.Training, reader.Metrics(manifest.Measure, out var outside));
        outOfDistribution.Read(manifest.Measure, outside, manifest.Datasets, null);
    }
}
