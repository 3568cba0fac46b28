using Harness.Manifests;
using Harness.Plugins;
using Harness.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Tests.Training;

[Collection(nameof(DrawsFromLibtorch))]
public class PreflightTests
{
    private static readonly PluginCatalog Catalog = new(
        [Plugin(PluginKind.Architecture, "line", typeof(Line)), Plugin(PluginKind.Dataset, "dots", typeof(Dots)), Plugin(PluginKind.Dataset, "mute", typeof(Mute))], []);

    [Fact]
    public void ADataSetThatThrowsCostsItsOwnCellsAndEachNetworkIsBuiltOnce()
    {
        var findings = new Preflight(Catalog, new(null)).Check([Cell("mute", 0), Cell("dots", 0), Cell("dots", 1)]).ToList();
        Assert.Equal(3, findings.Count);
        Assert.Equal("InvalidOperationException: no card today", Assert.Single(findings, f => f.Cells.Contains("line/mute/0")).DataFault);
        var data = Assert.Single(findings, f => f.TrainCount is not null);
        Assert.Equal((6, 6), (data.TrainCount, data.TestCount));
        var network = Assert.Single(findings, f => f.Parameters is not null);
        Assert.Equal(["line/dots/0", "line/dots/1"], network.Cells);
        Assert.Equal((10L, 4L), (network.Parameters, network.FeatureDimension));
    }

    [Fact]
    public void ASetOutOfDistributionThatCannotBeReadIsToldAndNoFaultOfTheData()
    {
        var cell = Cell("dots", 0);
        var findings = new Preflight(Catalog, new(null)).Check([cell with { OutOfDistribution = Dataset("mute") }, cell with { Seed = 1, OutOfDistribution = Dataset("dots") }]).ToList();
        var fault = Assert.Single(findings, f => f.OutOfDistributionFault is not null);
        Assert.Equal(["line/dots/0"], fault.Cells);
        Assert.Equal("The set out of distribution cannot be used, and metrics that need it will report nothing: InvalidOperationException: no card today", fault.Fault);
        Assert.Equal((6, "line/dots/1"), Assert.Single(findings.Where(f => f.OutOfDistributionCount is not null).Select(f => (f.OutOfDistributionCount!.Value, Assert.Single(f.Cells)))));
        Assert.DoesNotContain(findings, f => f.DataFault is not null);
    }

    [Fact]
    public void AnOptionTheArchitectureRefusesIsNamed()
    {
        var cell = Cell("dots", 0) with { Dataset = Dataset("dots") with { Subsample = new() { PadTo = 3 } } };
        var finding = Assert.Single(new Preflight(Catalog, new(null)).Check([cell]), f => f.NetworkFault is not null);
        Assert.Equal(("", "Too large."), (finding.Option, finding.NetworkFault));
    }

    [Fact]
    public void ItChecksThenCountsThenTimesWhatItIsAskedTo()
    {
        var task = new PreflightTask { Cells = [Cell("dots", 0), Cell("dots", 1), Cell("mute", 0)], Check = true, Count = true, Time = new Dictionary<string, string> { ["line/dots/1"] = "cpu" } };
        var findings = new Preflight(Catalog, new(null)).Run(task).ToList();
        Assert.Equal([PreflightStage.Check, PreflightStage.Count, PreflightStage.Time], findings.Select(f => f.Ended).OfType<PreflightStage>());
        PreflightStage StageOf(PreflightFinding finding) => findings.SkipWhile(f => f != finding).Select(f => f.Ended).OfType<PreflightStage>().First();
        Assert.Equal(PreflightStage.Check, StageOf(Assert.Single(findings, f => f.TrainCount is not null)));
        var counted = Assert.Single(findings, f => f.Cost is not null);
        Assert.Equal((PreflightStage.Count, 2 * 4 * 2), (StageOf(counted), counted.Cost!.ForwardFlops));
        var timed = Assert.Single(findings, f => f.SecondsOfAnImage is not null);
        Assert.Equal(PreflightStage.Time, StageOf(timed));
        Assert.Equal(["line/dots/1"], timed.Cells);
        Assert.True(timed.SecondsOfAnImage > 0);
    }

    [Fact]
    public void AFindingIsTheSameAfterTheWay()
    {
        var finding = new PreflightFinding { Cells = ["a"], SecondsOfAnImage = 0.25, Ended = PreflightStage.Count };
        var read = PreflightFinding.FromLine(finding.ToLine())!;
        Assert.Equal((0.25, PreflightStage.Count), (read.SecondsOfAnImage, read.Ended));
    }

    private static PluginDescriptor Plugin(PluginKind kind, string name, Type type) => new(kind, name, "", "1", "", "", type, OptionsType: null);

    private static DatasetUse Dataset(string name) => new() { Label = name, Plugin = name, Options = [], Subsample = new() };

    private static CellSpec Cell(string dataset, long seed) =>
        TinyCell.Spec(1, seed) with { Architecture = new("line", "line", []), Dataset = Dataset(dataset) };

    public sealed class Line : IArchitecture
    {
        public Classifier Build(ImageShape input, int classes) => input.Height > 2 ? throw new PluginOptionException("", "Too large.") : new Network(input.Bytes, classes);
    }

    public sealed class Mute : IDataset
    {
        public DatasetCard Card => throw new InvalidOperationException("no card today");

        public string Fingerprint(DataRoot data) => "mute";

        public ImageSource Open(Split split, DataRoot data) => new Source();
    }

    public sealed class Dots : IDataset
    {
        public DatasetCard Card { get; } = new()
        {
            Title = "Dots",
            ClassNames = ["black", "white"],
            Shape = new(1, 2, 2),
            TrainCount = 6,
            TestCount = 6,
            Licence = "none",
            Citation = "none",
        };

        public string Fingerprint(DataRoot data) => "dots";

        public ImageSource Open(Split split, DataRoot data) => new Source();
    }

    private sealed class Source : ImageSource
    {
        public override ImageShape Shape => new(1, 2, 2);

        public override IReadOnlyList<int> Labels => [0, 1, 0, 1, 0, 1];

        public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels) => pixels.Clear();
    }

    private sealed class Network : Classifier
    {
        private readonly Linear head;

        public Network(int pixels, int classes) : base("line")
        {
            head = nn.Linear(pixels, classes);
            RegisterComponents();
        }

        public override Linear Head => head;

        public override Tensor Features(Tensor images) => images.flatten(1);
    }
}
