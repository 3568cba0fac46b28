using Harness.Manifests;
using Harness.Planning;
using Harness.Plugins;
using Harness.Tests.Datasets;
using Harness.Tests.Training;

namespace Harness.Tests.Planning;

/// <summary>How many images a plan counts on.</summary>
public class CostModelTests
{
    private static readonly PluginCatalog Catalog = new(
        [new(PluginKind.Dataset, "here", "", "1", "", "", typeof(Here), null), new(PluginKind.Dataset, "away", "", "1", "", "", typeof(Away), null)], []);

    [Fact]
    public void TheManifestAndTheCardTellWithoutTheFiles()
    {
        Assert.Equal((40, 20), Images("away", new()));
        Assert.Equal((12, 4), Images("away", new() { TrainPerClass = 3, TestPerClass = 1 }));
        Assert.Equal((6, 2), Images("away", new() { TrainPerClass = 3, TestPerClass = 1, Classes = ClassSelection.First(2) }));
    }

    [Fact]
    public void WhatOnlyTheFilesTellIsCountedInThem() => Assert.Equal((20, 10), Images("here", new() { Classes = ClassSelection.Of("cow", "ant") }));

    [Fact]
    public void WithoutThemItIsUnknown()
    {
        Assert.Equal((null, 6), Images("away", new() { Classes = ClassSelection.First(3), TestPerClass = 2 }));
        var cost = Cost("away", new() { Classes = ClassSelection.First(3), ImageSize = 5 });
        Assert.Equal("5x5x1", cost.Input);
        Assert.Equal("It is not there.", cost.DataFault);
        Assert.Null(cost.ImageBytes);
    }

    private static (long?, long?) Images(string dataset, SubsampleOptions options) => (Cost(dataset, options).TrainImages, Cost(dataset, options).TestImages);

    private static CellCost Cost(string dataset, SubsampleOptions options) => new CostModel(Catalog, new(null), [], speeds: null, assumedFlops: null)
        .Of(TinyCell.Spec(1) with { Dataset = new() { Label = dataset, Plugin = dataset, Options = [], Subsample = options } });

    public class Here : IDataset
    {
        private readonly SmallSet set = new(["ant", "bee", "cow", "doe"], new(1, 3, 3), 40);

        public DatasetCard Card => set.Card;

        public virtual string Fingerprint(DataRoot data) => "here";

        public ImageSource Open(Split split, DataRoot data) => set.Open(split, data);
    }

    public sealed class Away : Here
    {
        public override string Fingerprint(DataRoot data) => throw new DatasetException("", "It is not there.");
    }
}
