using System.Globalization;
using System.Text.Json.Nodes;
using Harness;
using Harness.Manifests;
using Harness.Results;

namespace Testing;

/// <summary>
/// A run that never was: closed-form curves that look like those of the paper, for tests of what reads a run folder. Every number is a function of its cell and epoch.
/// </summary>
public sealed record SyntheticRun
{
    /// <summary>The curves' last epoch.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Epoch at which each cell's terminal phase starts.</summary>
    public int TerminalPhaseEpoch { get; init; } = 22;

    /// <summary>Architecture plugins, labelled by the same names with a depth.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = ["vgg", "resnet", "densenet"];

    /// <summary>Data set plugins, which are their labels too.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = ["mnist", "fashion-mnist"];

    /// <summary>Seeds of each cell.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Learning rates that are swept in each cell; none is one that is not swept.</summary>
    public IReadOnlyList<double> SweptRates { get; init; } = [];

    /// <summary>How cells end, by their place in the plan, where not well.</summary>
    public IReadOnlyDictionary<int, Outcome> Failures { get; init; } = new Dictionary<int, Outcome>();

    /// <summary>From which place in the plan on cells have not been run.</summary>
    public int Finished { get; init; } = int.MaxValue;

    /// <summary>The measured epochs; where not set, the first ten, each fourth, the terminal phase's first and the last.</summary>
    public IReadOnlyList<int>? MeasuredEpochs { get; init; }

    /// <summary>What a quantity is at an epoch of a cell, by its place in the plan.</summary>
    public Func<string, Split?, int, int, double> Values { get; init; } = Value;

    /// <summary>The declared quantities, those of the in-tree metrics where not set.</summary>
    public IReadOnlyList<QuantityRecord> Quantities { get; init; } = SyntheticQuantities.All;

    /// <summary>The run.</summary>
    public RunRecord Record()
    {
        var specs = (from data in Datasets from architecture in Architectures from seed in Enumerable.Range(0, Seeds) from spec in Specs(architecture, data, seed) select spec).ToArray();
        var cells = specs.Select((spec, place) => Cell(spec, place)).ToArray();
        return new()
        {
            Plan = new()
            {
                Name = "synthetic",
                Cells = [.. cells.Select(cell => new PlannedCell(cell.Key, cell.Spec))],
                Quantities = Quantities,
                DatasetTitles = Datasets.ToDictionary(d => d, d => Titles.GetValueOrDefault(d, d)),
            },
            Environment = Environment,
            Cells = cells,
        };
    }

    /// <summary>Writes a run as the harness would have left it.</summary>
    public static void Save(RunRecord record, RunFolder folder)
    {
        folder.WritePlan(record.Plan);
        if (record.Environment is not null) folder.WriteEnvironment(record.Environment);
        foreach (var cell in record.Cells)
        {
            var target = folder.Cell(cell.Key);
            if (cell.Result is null && cell.Measurements.Count == 0) continue;
            target.WriteSpec(cell.Spec);
            target.Append(cell.Measurements);
            target.AppendTraining(cell.Epochs);
            target.AppendTimings(cell.Timings);
            if (cell.Result is not null) target.WriteResult(cell.Result);
        }
    }

    /// <summary>What a quantity is at an epoch of a cell, by its place in the plan.</summary>
    public static double Value(string id, Split? split, int epoch, int place)
    {
        var (lag, wiggle) = (1 + 0.15 * (place % 5), 1 + 0.06 * Math.Sin(epoch * 1.7 + place));
        var test = split == Split.Test;
        return id switch
        {
            "neural-collapse/nc1" => (test ? 0.4 : 0) + 9 * lag * wiggle * Math.Pow(epoch, -1.6),
            "neural-collapse/nearest-class-centre" => 0.3 * wiggle * Math.Exp(-epoch / (6 * lag)),
            "neural-collapse/self-duality" => 0.15 + 1.7 * wiggle * Math.Exp(-epoch / (9 * lag)),
            "generalization/accuracy" => (test ? 0.93 - 0.01 * (place % 4) : 1) - 0.4 * Math.Exp(-epoch / (4 * lag)) + (test ? 0.00002 * epoch : 0),
            "generalization/cross-entropy" => (test ? 0.21 : 0.0004) + 1.9 * Math.Exp(-epoch / (5 * lag)),
            "robustness/deepfool.relative-radius" => 0.05 * lag + 0.012 * Math.Log(epoch) * wiggle,
            _ => (0.05 + 0.5 / Math.Pow(epoch, 0.8)) * lag * wiggle * (id.EndsWith(".classifiers", StringComparison.Ordinal) ? 0.7 : 1),
        };
    }

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["mnist"] = "MNIST",
        ["fashion-mnist"] = "FashionMNIST",
        ["svhn"] = "SVHN",
        ["cifar10"] = "CIFAR10",
        ["cifar100"] = "CIFAR100",
        ["stl10"] = "STL10",
        ["imagenet"] = "ImageNet",
    };

    private static EnvironmentRecord Environment => new()
    {
        Harness = "0.1.0",
        Contract = "0.1.0",
        TorchSharp = "0.107.0",
        Libtorch = "2.10.0 (NuGet)",
        Dotnet = "10.0.1",
        System = "Linux x64",
        Processor = "A processor",
        Cores = 2,
        MemoryBytes = 24L << 30,
        Command = "harness run manifests/synthetic.yaml",
        Started = new(2026, 1, 2, 18, 0, 0, TimeSpan.Zero),
        Plugins = [new("architecture", "vgg", "0.1.0", new('a', 64)), new("metric", "neural-collapse", "0.1.0", new('b', 64))],
    };

    private IEnumerable<CellSpec> Specs(string architecture, string data, int seed) => SweptRates.Count == 0
        ? [Spec(architecture, data, seed)]
        : SweptRates.Select(rate => Spec(architecture, data, seed) with { Swept = true, Training = new() { Epochs = Epochs, LearningRate = rate } });

    private CellSpec Spec(string architecture, string data, int seed) => new()
    {
        Architecture = new(architecture + 18, architecture, new JsonObject { ["depth"] = 18, ["width"] = 0.25 }),
        Dataset = new() { Label = data, Plugin = data, Options = [], Subsample = new() { TrainPerClass = 500, PadTo = 32 } },
        Seed = seed,
        Training = new() { Epochs = Epochs },
        MeasuredEpochs = Measured,
        Metrics = [.. Quantities.Select(q => q.Metric).Distinct().Select(m => new MetricUse(m, [], MeasureAt.Every))],
    };

    private IReadOnlyList<int> Measured => MeasuredEpochs ?? [.. Enumerable.Range(1, Epochs).Where(e => e <= 10 || e % 4 == 0 || e == TerminalPhaseEpoch || e == Epochs)];

    private CellRecord Cell(CellSpec spec, int place)
    {
        var key = "c" + place.ToString("x8", CultureInfo.InvariantCulture);
        if (place >= Finished) return new() { Key = key, Spec = spec, Measurements = [], Timings = [] };
        var failed = Failures.TryGetValue(place, out var outcome);
        var last = failed ? Epochs / 4 : Epochs;
        return new()
        {
            Key = key,
            Spec = spec,
            Result = new()
            {
                Outcome = outcome,
                Epochs = last,
                TerminalPhaseEpoch = TerminalPhaseEpoch <= last ? TerminalPhaseEpoch : null,
                ZeroErrorEpoch = TerminalPhaseEpoch + 3 <= last ? TerminalPhaseEpoch + 3 : null,
                Facts = new()
                {
                    Parameters = 701_466,
                    FeatureDimension = 128,
                    Classes = 10,
                    TrainCount = 5000,
                    TestCount = 10_000,
                    Input = new(1, 32, 32),
                    Standardisation = new([0.1307], [0.3081]),
                    Device = "cpu",
                    Threads = 1,
                    Precision = "float32",
                },
                Message = failed ? "The loss became NaN in step 3 of epoch 16." : null,
                ExitCode = failed ? 134 : null,
                LogTail = failed ? ["12:00:01 epoch 15, loss 4.1", "12:00:02 epoch 16, loss NaN"] : [],
            },
            Measurements = [.. Measured.Where(e => e <= last).SelectMany(epoch => Quantities.SelectMany(q => SyntheticQuantities.Splits(q).Select(split =>
                new Measurement(epoch, q.Metric, q.Quantity.Name, split, Values($"{q.Metric}/{q.Quantity.Name}", split, epoch, place)))))],
            Epochs = [.. Enumerable.Range(1, last).Select(e => new EpochRecord(
                e, 1.9 * Math.Exp(-e / 5.0), 0.4 * Math.Exp(-e / 4.0), 0.05, e >= TerminalPhaseEpoch ? TerminalPhaseEpoch : null, e >= TerminalPhaseEpoch + 3 ? TerminalPhaseEpoch + 3 : null))],
            Timings = [.. Enumerable.Range(1, last).Select(e => new EpochTiming(e, 1.5, Measured.Contains(e) ? 0.4 : 0, 3333))],
        };
    }
}
