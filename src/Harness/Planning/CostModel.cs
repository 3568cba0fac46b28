using System.Text.Json;
using Harness.Images;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Results;
using Harness.Training;

namespace Harness.Planning;

/// <summary>Tells from a cell's plan, its data set's card and what was counted in its network what it is going to cost. Needs no libtorch.</summary>
/// <param name="catalog">The plugins at hand.</param>
/// <param name="data">The user's data folder.</param>
/// <param name="findings">What was counted, of every network.</param>
/// <param name="speeds">Speeds measured in an earlier run, or null.</param>
/// <param name="assumedFlops">Sustained speed assumed where none was measured, in floating-point operations a second, or null.</param>
public sealed class CostModel(PluginCatalog catalog, DataRoot data, IReadOnlyList<PreflightFinding> findings, MeasuredSpeeds? speeds, double? assumedFlops)
{
    /// <summary>Passes that training costs, in forward passes: backward to the inputs and to the weights cost one each.</summary>
    public const double PassesOfTraining = 3;

    /// <summary>Copies of the weights: themselves, gradients, momentum.</summary>
    private const long CopiesOfWeights = 3;

    private readonly Dictionary<string, PreflightFinding> networks = findings.SelectMany(f => f.Cells.Select(c => (Cell: c, Finding: f))).DistinctBy(f => f.Cell).ToDictionary(f => f.Cell, f => f.Finding);

    // Counting may open a split and a fingerprint reads every byte, so each set is looked at once. Keyed by its text.
    private readonly Dictionary<string, DataFacts> datasets = [];

    /// <summary>A cell's cost.</summary>
    /// <param name="cell">The cell.</param>
    public CellCost Of(CellSpec cell)
    {
        var (card, train, test, fault) = DataOnce(cell.Dataset);
        ImageShape? input = card is null ? null : ImageLoader.PaddedShape(card.Shape, cell.Dataset.Subsample.PadTo);
        var network = networks.GetValueOrDefault(cell.Name);
        var cost = network?.Cost;

        var bare = new CellCost
        {
            Cell = cell.Name,
            Parameters = network?.Parameters,
            FeatureDimension = network?.FeatureDimension,
            LearningRate = cell.Training.LearningRate,
            LearningRateSource = cell.Training.LearningRateSource,
            Sweep = cell.Swept ? $"{cell.Architecture.Label}/{cell.Dataset.Label}" : null,
            Epochs = cell.Training.Epochs,
            MeasuredEpochs = cell.MeasuredEpochs.Append(cell.Training.Epochs).Distinct().Count(),
            BatchSize = cell.Training.BatchSize,
            TrainImages = train,
            TestImages = test,
            Input = input?.ToString(),
            TrainingFlops = PassesOfTraining * cost?.ForwardFlops * train * cell.Training.Epochs,
            NetworkBytes = CopiesOfWeights * sizeof(float) * network?.Parameters,
            ActivationBytes = cost?.ActivationBytes * Math.Min(cell.Training.BatchSize, train ?? cell.Training.BatchSize),
            ImageBytes = (train + test) * input?.Bytes,
            Notes = cell.Notes,
            DataFault = fault,
            OutOfDistributionFault = cell.OutOfDistribution is { } other ? DataOnce(other).Fault : null,
            NetworkFault = network?.NetworkFault,
        };
        bare = bare with
        {
            MeasuringFlops = (double?)cost?.ForwardFlops * (train + test) * bare.MeasuredEpochs,
            DeviceBytes = bare.NetworkBytes + bare.ActivationBytes + bare.ImageBytes,
        };
        if (speeds?.Seconds(cell, bare) is { } measured) return bare with { Seconds = measured, SecondsFrom = SpeedSource.Measured };
        return (bare.TrainingFlops + bare.MeasuringFlops) / assumedFlops is { } assumed ? bare with { Seconds = assumed, SecondsFrom = SpeedSource.Assumed } : bare;
    }

    private DataFacts DataOnce(DatasetUse use)
    {
        var written = JsonSerializer.Serialize(use, Json.Line);
        return datasets.TryGetValue(written, out var seen) ? seen : datasets[written] = Data(use);
    }

    /// <summary>
    /// The card, how many images are used, and why the data cannot be read. Images that only the files can count are counted there, and unknown without them. A faulty plugin costs
    /// its own cells: whatever it throws is its fault's sentence.
    /// </summary>
    private DataFacts Data(DatasetUse use)
    {
        DatasetCard? card = null;
        long? train = null, test = null;
        try
        {
            var dataset = CellParts.MakeDataset(use, catalog);
            card = dataset.Card;
            train = use.Subsample.TrainPerClass * card.ClassNames.Count ?? Stated(card.TrainCount);
            test = use.Subsample.TestPerClass * card.ClassNames.Count ?? Stated(card.TestCount);
            dataset.Fingerprint(data);
            var loader = new ImageLoader(dataset, use, catalog.Find(PluginKind.Dataset, use.Plugin)!.Hash, data, _ => { });
            train ??= loader.Check(Split.Train);
            test ??= loader.Check(Split.Test);
            return new(card, train, test, null);
        }
        catch (Exception e)
        {
            return new(card, train, test, CellFault.Sentence(e));
        }
    }

    private static long? Stated(int count) => count > 0 ? count : null;

    private readonly record struct DataFacts(DatasetCard? Card, long? Train, long? Test, string? Fault);
}
