using Harness.Manifests;
using Harness.Plugins;
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
    private const double PassesOfTraining = 3;

    /// <summary>Copies of the weights: themselves, gradients, momentum.</summary>
    private const long CopiesOfWeights = 3;

    private readonly Dictionary<string, PreflightFinding> networks = findings.SelectMany(f => f.Cells.Select(c => (Cell: c, Finding: f))).DistinctBy(f => f.Cell).ToDictionary(f => f.Cell, f => f.Finding);

    /// <summary>A cell's cost.</summary>
    /// <param name="cell">The cell.</param>
    public CellCost Of(CellSpec cell)
    {
        var (card, fault) = Data(cell.Dataset);
        var subsample = cell.Dataset.Subsample;
        long? train = subsample.TrainPerClass * card?.ClassNames.Count ?? card?.TrainCount;
        long? test = subsample.TestPerClass * card?.ClassNames.Count ?? card?.TestCount;
        ImageShape? input = card is null ? null : ImageLoader.PaddedShape(card.Shape, subsample.PadTo);
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
            ActivationBytes = cost?.ActivationBytes * Math.Min(cell.Training.BatchSize, train ?? 0),
            ImageBytes = (train + test) * input?.Bytes,
            Notes = cell.Notes,
            DataFault = fault,
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

    /// <summary>The card, and why the data cannot be read. A faulty plugin costs its own cells: whatever it throws is its fault's sentence.</summary>
    private (DatasetCard? Card, string? Fault) Data(DatasetUse use)
    {
        DatasetCard? card = null;
        try
        {
            var dataset = CellParts.MakeDataset(use, catalog);
            card = dataset.Card;
            dataset.Fingerprint(data);
            return (card, null);
        }
        catch (Exception e)
        {
            return (card, CellFault.Sentence(e));
        }
    }
}
