using Harness.Manifests;
using Harness.Plugins;
using Harness.Tests.Datasets;
using Harness.Training;

namespace Harness.Tests.Manifests;

public class OutOfDistributionReaderTests
{
    private static readonly PluginCatalog Catalog = FakeCatalog.Full with
    {
        Plugins =
        [
            .. FakeCatalog.Full.Plugins, Plugin("digits", typeof(Digits)), Plugin("photographs", typeof(Photographs)), Plugin("spectra", typeof(Spectra)),
        ],
    };

    [Fact]
    public void ASetOfItsOwnIsBroughtToTheCellsInput()
    {
        var cell = Assert.Single(Plan("{ use: photographs, testPerClass: 3, subsampleSeed: 4 }", "digits: { padTo: 32 }").Cells);
        var others = cell.OutOfDistribution!;
        Assert.Equal(("photographs", new ImageShape(1, 28, 28)), (others.Plugin, others.BroughtTo));
        Assert.Equal(new SubsampleOptions { TestPerClass = 3, SubsampleSeed = 4, PadTo = 32 }, others.Subsample);
        Assert.Equal(new ImageShape(1, 28, 28), CellParts.MakeDataset(others, Catalog).Card.Shape);
    }

    [Fact]
    public void ALabelIsASetOfTheMatrixAndAnOverrideNamesAnother()
    {
        const string Matrix = """
            digits: { padTo: 32, trainPerClass: 2 }
              Colour: { use: photographs, imageSize: 24 }
            """;
        var plan = Plan("Colour", Matrix, """
            overrides:
              - for: { dataset: Colour }
                measure: { outOfDistribution: { use: digits, testPerClass: 7 } }
            """);
        Assert.Equal([("Colour", new ImageShape(1, 28, 28)), ("digits", new(3, 24, 24))], plan.Cells.Select(c => (c.OutOfDistribution!.Label, c.OutOfDistribution.BroughtTo!.Value)));
        Assert.Equal([32, null], plan.Cells.Select(c => c.OutOfDistribution!.Subsample.PadTo));
        Assert.Equal([24, null], plan.Cells.Select(c => c.OutOfDistribution!.Subsample.ImageSize));
    }

    [Fact]
    public void AnOverrideReplacesTheSetWhole()
    {
        var cell = Assert.Single(Plan("{ use: photographs, classes: 2, testPerClass: 9 }", "digits:", """
            overrides:
              - for: { dataset: digits }
                measure: { outOfDistribution: { use: mnist } }
            """).Cells);
        Assert.Equal(("mnist", new SubsampleOptions()), (cell.OutOfDistribution!.Plugin, cell.OutOfDistribution.Subsample));
    }

    [Fact]
    public void OtherClassesOfOneSetAreOtherImages()
    {
        var cell = Assert.Single(Plan("{ use: digits, classes: [c, d] }", "digits: { classes: [a, b] }").Cells);
        Assert.Equal(["c", "d"], CellParts.MakeDataset(cell.OutOfDistribution!, Catalog).Card.ClassNames);
    }

    [Fact]
    public void WhereNoMetricNeedsItItIsNoPartOfACell() =>
        Assert.Null(Assert.Single(Plan("{ use: photographs }", "digits:", metric: "generalization").Cells).OutOfDistribution);

    [Theory]
    [InlineData("{ use: photos }", "6:29: there is no data set 'photos'; known are 'digits', 'fashion-mnist', 'glyphs', 'mnist', 'photographs', 'spectra'")]
    [InlineData("{ testPerClass: 3 }", "6:22: 'outOfDistribution' does not say which set: {use: fashion-mnist}, or the label of one of the data sets here")]
    [InlineData("{ use: photographs, padTo: 32 }", "6:42: 'padTo' says nothing in 'outOfDistribution': its test images are measured, brought to the size and padding of the images trained on")]
    [InlineData("{ use: photographs, testPerClas: 3 }", "6:42: unknown option 'testPerClas' of data set 'photographs'; did you mean 'testPerClass'?")]
    [InlineData("photographs", "6:22: no data set here is labelled 'photographs'; for the plugin of this name write {use: photographs}")]
    [InlineData("digts", "6:22: no data set here is labelled 'digts'; did you mean 'digits'?")]
    [InlineData("[digits]", "6:22: 'outOfDistribution' wants a data set, such as {use: fashion-mnist}, or the label of one of the data sets here, not a list")]
    [InlineData("digits", "6:22: images of 'digits' are no others to a network trained on them: name another set as 'outOfDistribution' in an override for it")]
    [InlineData("{ use: digits, classes: [d, a] }", "6:22: images of 'digits' are no others to a network trained on them: name another set as 'outOfDistribution' in an override for it")]
    [InlineData("{ use: spectra }", "6:22: The images of Small have 5 channels and are to have 1; only grey (1) and colour (3) are brought to each other")]
    public void MistakesAreToldWhereTheyStand(string outOfDistribution, string error)
    {
        var errors = Assert.Throws<ManifestException>(() => Plan(outOfDistribution, "digits: { classes: [a, b] }")).Errors;
        Assert.Equal($"small.yaml:{error}", Assert.Single(errors).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public void AMetricThatNeedsOneWhereNoneIsNamedSaysSo(string nothing) => Assert.Equal(
        "small.yaml:8:5: metric 'out-of-distribution' needs images out of distribution, and none are named: say which as 'outOfDistribution' of 'measure', such as {use: fashion-mnist}",
        Assert.Single(Assert.Throws<ManifestException>(() => Plan(nothing, "digits:")).Errors).ToString());

    private static Plan Plan(string outOfDistribution, string datasets, string more = "", string metric = "out-of-distribution") => ManifestPlanner.Plan("small.yaml", $"""
        architectures:
          resnet:
        datasets:
          {datasets}
        measure:
          outOfDistribution: {outOfDistribution}
          metrics:
            {metric}:
        {more}
        """, Catalog);

    private static PluginDescriptor Plugin(string name, Type type) => new(PluginKind.Dataset, name, "", "1", "", "", type, OptionsType: null);

    public sealed class Digits : Wrapped
    {
        public Digits() : base(new(["a", "b", "c", "d"], new(1, 28, 28), 8))
        {
        }
    }

    public sealed class Photographs : Wrapped
    {
        public Photographs() : base(new(["cat", "dog", "eel"], new(3, 40, 30), 6))
        {
        }
    }

    public sealed class Spectra : Wrapped
    {
        public Spectra() : base(new(["x", "y"], new(5, 28, 28), 4))
        {
        }
    }

    public abstract class Wrapped : IDataset
    {
        private readonly SmallSet set;

        private protected Wrapped(SmallSet set) => this.set = set;

        public DatasetCard Card => set.Card;

        public string Fingerprint(DataRoot data) => set.Fingerprint(data);

        public ImageSource Open(Split split, DataRoot data) => set.Open(split, data);
    }
}
