using Harness.Datasets;
using Harness.Images;
using Harness.Manifests;
using Harness.Results;
using Harness.Tests.Datasets;
using Harness.Training;
using Serilog.Core;
using Testing;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Tests.Training;

[Collection(nameof(DrawsFromLibtorch))]
public sealed class CellTrainingTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void AFaultAfterTheTerminalPhaseBeganKeepsItsEpochs()
    {
        var result = Run(() => throw new ArithmeticException("too much"), TestContext.Current.CancellationToken);
        Assert.Equal(Outcome.PluginFault, result.Outcome);
        Assert.Equal("ArithmeticException: too much", result.Message);
        Assert.Equal(LastEpoch, result.Epochs);
        Assert.InRange(Assert.NotNull(result.TerminalPhaseEpoch), 1, LastEpoch);
        Assert.InRange(Assert.NotNull(result.ZeroErrorEpoch), 1, LastEpoch);
    }

    [Fact]
    public void APluginsOwnCancellationIsAFaultAndNoStop() =>
        Assert.Equal(Outcome.PluginFault, Run(() => throw new TaskCanceledException(), TestContext.Current.CancellationToken).Outcome);

    [Fact]
    public void AStopIsNoResult()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(stop.Cancel, stop.Token));
        Assert.NotEmpty(new CellFolder(scratch.Path).ReadTimings());
    }

    [Fact]
    public void ResidentAndStreamedImagesAreMeasuredAlikeToTheLastByte()
    {
        var (resident, streamed) = (Measure(ImagePlacement.Resident), Measure(ImagePlacement.Streamed));
        Assert.NotEmpty(resident);
        Assert.Equal(resident, streamed);

        byte[] Measure(ImagePlacement placement)
        {
            var folder = new CellFolder(scratch[placement.ToString()]);
            var spec = TinyCell.Spec(4, measured: [1, 2]) with { Metrics = [new("mean", [], MeasureAt.Every)] };
            var parts = new CellParts(new Fragile(-1, () => { }), new Lines(), new Dictionary<string, IMetric> { ["mean"] = new MeanFeature() });
            var result = new CellTraining(spec, () => parts, new(null), () => CPU, placement, folder, new(), _ => { }, Logger.None).Run(TestContext.Current.CancellationToken);
            Assert.Equal((Outcome.Done, 6), (result.Outcome, result.Measurements));
            return File.ReadAllBytes(Path.Combine(folder.Path, "measurements.jsonl"));
        }
    }

    [Fact]
    public void ASetOutOfDistributionThatIsNotThereCostsItsMetricAlone()
    {
        var missing = new DatasetException("", "The cupboard is bare.");
        var measured = MeasureOutOfDistribution(() => throw missing);
        Assert.Equal("DatasetException: The cupboard is bare.", Assert.Single(measured, m => m.Metric == "others").Error);
        Assert.Equal(2, measured.Count(m => m.Metric == "mean"));
    }

    [Fact]
    public void ASetOutOfDistributionIsShownBroughtToTheInput()
    {
        var measured = MeasureOutOfDistribution(() => new FittedDataset(new SmallSet(["a", "b"], new(3, 9, 7), 44), TinyCell.Shape));
        Assert.Equal((22, null), (Assert.Single(measured, m => m.Metric == "others").Value, measured.FirstOrDefault(m => m.Error is not null)));
    }

    [Fact]
    public void AMetricSeesItsEarlierEpochsAlsoAfterAResume()
    {
        var folder = new CellFolder(scratch.Path);
        Assert.Equal([0, 1, 2], Counts(3));
        // The checkpoint of the third epoch is there only where it was written; whatever is trained again is measured again, and nothing twice.
        Assert.Equal([0, 1, 2, 3, 4], Counts(5));

        IReadOnlyList<double?> Counts(int epochs)
        {
            var spec = TinyCell.Spec(epochs, measured: [1, 2, 3, 4, 5]) with { Metrics = [new("count", [], MeasureAt.Every)] };
            var parts = new CellParts(new Fragile(-1, () => { }), new Lines(), new Dictionary<string, IMetric> { ["count"] = new CountOfEarlier() });
            new CellTraining(spec, () => parts, new(null), () => CPU, ImagePlacement.Auto, folder, new(), _ => { }, Logger.None).Run(TestContext.Current.CancellationToken);
            return [.. folder.ReadMeasurements().Select(m => m.Value)];
        }
    }

    private IReadOnlyList<Measurement> MeasureOutOfDistribution(Func<IDataset> make)
    {
        var folder = new CellFolder(scratch.Path);
        var use = new DatasetUse { Label = "small", Plugin = "small", Options = [], Subsample = new(), BroughtTo = TinyCell.Shape };
        var spec = TinyCell.Spec(1) with { Metrics = [new("others", [], MeasureAt.Every), new("mean", [], MeasureAt.Every)], OutOfDistribution = use };
        var metrics = new Dictionary<string, IMetric> { ["others"] = new CountOfOthers(), ["mean"] = new MeanFeature() };
        var parts = new CellParts(new Fragile(-1, () => { }), new Lines(), metrics) { MakeOutOfDistribution = make };
        var result = new CellTraining(spec, () => parts, new(null), () => CPU, ImagePlacement.Auto, folder, new(), _ => { }, Logger.None).Run(TestContext.Current.CancellationToken);
        Assert.Equal(Outcome.Done, result.Outcome);
        return folder.ReadMeasurements();
    }

    private const int LastEpoch = 12;

    /// <summary>Trains on lines of pixels that tell their class; something happens in the first step of the epoch after <see cref="LastEpoch"/>.</summary>
    private CellResult Run(Action then, CancellationToken stop)
    {
        var spec = TinyCell.Spec(LastEpoch + 3) with { Metrics = [] };
        var steps = LastEpoch * (int)Math.Ceiling(Lines.Count / (double)spec.Training.BatchSize);
        var parts = new CellParts(new Fragile(steps, then), new Lines(), new Dictionary<string, IMetric>());
        return new CellTraining(spec, () => parts, new(null), () => CPU, ImagePlacement.Auto, new CellFolder(scratch.Path), new(), _ => { }, Logger.None).Run(stop);
    }

    private sealed class Fragile(int steps, Action then) : IArchitecture
    {
        public Classifier Build(ImageShape input, int classes) => new Network(input, classes, steps, then);
    }

    private sealed class Network : Classifier
    {
        private readonly Linear head;
        private readonly Action then;
        private int steps;

        public Network(ImageShape input, int classes, int steps, Action then) : base("fragile")
        {
            (this.steps, this.then) = (steps, then);
            head = nn.Linear(input.Bytes, classes);
            RegisterComponents();
        }

        public override Linear Head => head;

        public override Tensor Features(Tensor images)
        {
            if (training && steps-- == 0) then();
            return images.flatten(1);
        }
    }

    private sealed class MeanFeature : IMetric
    {
        private static readonly Quantity Mean = new() { Name = "mean", Title = "Mean", Formula = "mean h", Source = "none" };

        public MetricCard Card { get; } = new() { Quantities = [Mean], Needs = MetricNeeds.TrainFeatures | MetricNeeds.TestFeatures, Cost = "None." };

        public void Measure(Snapshot snapshot, IMeasurementSink sink)
        {
            foreach (var split in Enum.GetValues<Split>()) sink.Scalar(Mean, split, snapshot.Features(split).Statistics.GlobalMean.sum().item<double>());
        }
    }

    private sealed class CountOfEarlier : IMetric
    {
        private static readonly Quantity Count = new() { Name = "count", Title = "Count", Formula = "n", Source = "none" };

        public MetricCard Card { get; } = new() { Quantities = [Count], Needs = MetricNeeds.None, Cost = "None." };

        public void Measure(Snapshot snapshot, IMeasurementSink sink) => sink.Scalar(Count, null, snapshot.Earlier(Count, null).Count);
    }

    private sealed class CountOfOthers : IMetric
    {
        private static readonly Quantity Count = new() { Name = "count", Title = "Count", Formula = "N", Source = "none" };

        public MetricCard Card { get; } = new() { Quantities = [Count], Needs = MetricNeeds.OutOfDistribution, Cost = "None." };

        public void Measure(Snapshot snapshot, IMeasurementSink sink) => sink.Scalar(Count, null, snapshot.OutOfDistribution.Count);
    }

    private sealed class Lines : IDataset
    {
        public const int Count = 60;

        public DatasetCard Card { get; } = new()
        {
            Title = "Lines",
            ClassNames = ["first", "second", "third"],
            Shape = TinyCell.Shape,
            TrainCount = Count,
            TestCount = Count,
            Licence = "none",
            Citation = "none",
        };

        public string Fingerprint(DataRoot data) => "lines";

        public ImageSource Open(Split split, DataRoot data) => new Source();

        private sealed class Source : ImageSource
        {
            public override ImageShape Shape => TinyCell.Shape;

            public override IReadOnlyList<int> Labels { get; } = [.. Enumerable.Range(0, Count).Select(i => i % TinyCell.Classes)];

            public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
            {
                pixels.Clear();
                for (var i = 0; i < indices.Length; i++) pixels.Slice(i * Shape.Bytes + 4 * Labels[indices[i]], 4).Fill(255);
            }
        }
    }
}
