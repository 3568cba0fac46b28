using System.Text.Json;
using Harness.Manifests;
using Harness.Planning;
using Harness.Reporting.Published;
using Harness.Results;
using Harness.Training;
using Testing;

namespace Harness.Tests.Planning;

/// <summary>The manifests of the paper's matrix say what the paper says, and their networks cost what was published of them.</summary>
[Collection(nameof(DrawsFromLibtorch))]
public sealed class PaperManifestTests
{
    private static readonly Lazy<IReadOnlyList<CellCost>> PaperCosts = new(() => Costs("papyan2020"));

    [Fact]
    public void The21CellsHaveThePapersProtocol()
    {
        var cells = Cells("papyan2020");
        Assert.Equal(21, cells.Count);
        Assert.Equal(21, cells.Select(c => (c.Dataset.Plugin, c.Architecture.Plugin)).Intersect(PapyanTable1.Cells.Select(c => (c.Dataset, c.Architecture))).Count());
        Assert.All(cells, cell =>
        {
            var imagenet = cell.Dataset.Plugin == "imagenet";
            Assert.DoesNotContain(ProtocolDifferences.Of(cell), d => !d.EndsWith("untuned", StringComparison.Ordinal));
            Assert.Equal(imagenet ? [1.0 / 2, 3.0 / 4] : [1.0 / 3, 2.0 / 3], cell.Training.DecayAt);
            Assert.Equal((0.9, 0.1, imagenet ? 0.996 : 0.999), (cell.Training.Momentum, cell.Training.Decay, cell.Training.TerminalAccuracy));
            Assert.Equal(MeasuredEpochs.Papyan2020(cell.Training.Epochs), cell.MeasuredEpochs);
            Assert.Equal(100, cell.Metrics.Single(m => m.Plugin == "robustness").Options["images"]!.GetValue<int>());
        });
    }

    [Fact]
    public void ThreeLearningRatesAreTunedAndTheOthersSayThatTheyAreNot()
    {
        var rates = Cells("papyan2020").ToLookup(c => c.Training.LearningRateSource, c => (c.Name, c.Training.LearningRate));
        Assert.Equal([("ResNet/mnist/0", 0.0679), ("ResNet/cifar10/0", 0.1303), ("ResNet/cifar100/0", 0.1805)], rates[LearningRateSource.Tuned]);
        Assert.Equal(18, rates[LearningRateSource.Untuned].Count());
        Assert.All(rates[LearningRateSource.Untuned], r => Assert.Equal(0.05, r.LearningRate));
        // Each tuned one is a point of the paper's grid, geomspace(1e-4, 0.25, 25).
        Assert.All(rates[LearningRateSource.Tuned], r => Assert.Contains(Enumerable.Range(0, 25), i => Math.Round(1e-4 * Math.Pow(2500, i / 24.0), 4) == r.LearningRate));
    }

    [Fact]
    public void TheSweepIsThePapers480TrainingsAndNothingElseDiffers()
    {
        var sweep = Cells("papyan2020-sweep");
        Assert.Equal(480, sweep.Count);
        var places = sweep.GroupBy(c => (Dataset: c.Dataset.Label, Architecture: c.Architecture.Label)).ToArray();
        Assert.Equal(21, places.Length);
        Assert.All(places.Zip(Cells("papyan2020")), pair =>
        {
            var (rates, alone) = (pair.First.ToArray(), pair.Second);
            Assert.Equal(rates[0].Dataset.Plugin == "imagenet" ? SweepRates.Geometric(0.01, 0.25, 10) : SweepRates.Geometric(1e-4, 0.25, 25), rates.Select(c => c.Training.LearningRate));
            Assert.All(rates, c => Assert.True(c.Swept && c.Training.LearningRateSource is null));
            Assert.Empty(ProtocolDifferences.Of(rates[0], rates.Length));
            var same = rates[0] with { Swept = false, Training = rates[0].Training with { LearningRate = alone.Training.LearningRate, LearningRateSource = alone.Training.LearningRateSource } };
            Assert.Equal(JsonSerializer.Serialize(alone, Json.Line), JsonSerializer.Serialize(same, Json.Line));
        });
    }

    [Fact]
    public void TrainingCostsWhatIsPublishedOfIt()
    {
        var costs = PaperCosts.Value.ToDictionary(c => c.Cell, c => c.TrainingFlops!.Value);
        (string Cell, double Flops)[] published =
        [
            ("DenseNet/fashion-mnist/0", 6.8e17), ("DenseNet/cifar100/0", 5.7e17), ("DenseNet/stl10/0", 5.1e17),
            ("VGG/imagenet/0", 2.1e19), ("ResNet/imagenet/0", 1.2e19), ("DenseNet/imagenet/0", 4.6e18),
        ];
        // To half of the last digit given.
        Assert.All(published, p => Assert.InRange(costs[p.Cell] / p.Flops, 0.955, 1.045));
        Assert.InRange(costs.Where(c => !c.Key.Contains("imagenet", StringComparison.Ordinal)).Sum(c => c.Value) / 2.5e18, 0.98, 1.02);
    }

    [Fact]
    public void TheNightIsANightByItsOwnEstimateOnAGpuOf24Gibibytes()
    {
        var costs = Costs("overnight", 2e13);
        Assert.Equal(21, costs.Count);
        Assert.InRange(costs.Sum(c => c.Seconds!.Value) / 3600, 8, 12);
        Assert.All(costs, c => Assert.InRange(c.DeviceBytes!.Value, 0, 18L << 30));
        // What was cut is said: a cell without a note costs what the paper's costs.
        Assert.All(costs.Zip(PaperCosts.Value), pair => Assert.Equal(pair.First.TrainingFlops == pair.Second.TrainingFlops, pair.First.Notes.Count == 0));
        Assert.Equal(8, costs.Count(c => c.Notes.Count > 0));
    }

    [Fact]
    public void TheMiniatureIsSmallEverywhere()
    {
        var costs = Costs("cpu-matrix");
        Assert.Equal(21, costs.Count);
        Assert.All(costs, c => Assert.Equal(1500, c.TrainImages));
        // A core of a laptop does some 1e10 operations a second and more: two of them, under two hours.
        Assert.InRange(costs.Sum(c => c.TrainingFlops!.Value + c.MeasuringFlops!.Value), 0, 1.4e14);
        Assert.All(costs, c => Assert.InRange(c.DeviceBytes!.Value, 0, 1L << 29));
    }

    private static IReadOnlyList<CellSpec> Cells(string manifest) =>
        ManifestPlanner.Plan(Path.Combine(DotnetCommand.RepositoryRoot, "manifests", $"{manifest}.yaml"), PaperCatalog.Catalog).Cells;

    private static IReadOnlyList<CellCost> Costs(string manifest, double? assumedFlops = null)
    {
        var cells = Cells(manifest);
        var data = new DataRoot(null);
        var model = new CostModel(PaperCatalog.Catalog, data, [.. new Preflight(PaperCatalog.Catalog, data).Count(cells)], speeds: null, assumedFlops);
        return [.. cells.Select(model.Of)];
    }
}
