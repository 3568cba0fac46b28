using Harness.Manifests;
using Harness.Results;
using static Harness.Tests.Manifests.Planning;

namespace Harness.Tests.Manifests;

public class ManifestPlannerTests
{
    [Fact]
    public void SmallestManifestSaysEverythingInItsPlan()
    {
        var plan = Plan(Small);
        Assert.Equal("small", plan.Name);
        var cell = Assert.Single(plan.Cells);
        Assert.Equal("ResNet18/mnist/0", cell.Name);
        Assert.Equal("resnet", cell.Architecture.Plugin);
        Assert.Equal(
            """{"depth":18,"width":0.25,"stem":"small","bias":true,"stages":[64,128],"head":{"hidden":4096}}""",
            cell.Architecture.Options.ToJsonString(Json.Line));
        Assert.Equal("mnist", cell.Dataset.Plugin);
        Assert.Empty(cell.Dataset.Options);
        Assert.Equal(new SubsampleOptions { TrainPerClass = 500, PadTo = 32 }, cell.Dataset.Subsample);
        Assert.Equal(60, cell.Training.Epochs);
        Assert.Equal(new TrainingOptions().DecayAt, cell.Training.DecayAt);
        Assert.Equal(MeasuredEpochs.Papyan2020(60), cell.MeasuredEpochs);
        var metric = Assert.Single(cell.Metrics);
        Assert.Equal(("neural-collapse", MeasureAt.Every), (metric.Plugin, metric.At));
    }

    [Fact]
    public void MatrixHasDatasetOutermostThenArchitectureThenSeed() =>
        Assert.Equal(
            ["A/mnist/3", "A/mnist/1", "B/mnist/3", "B/mnist/1", "A/digits/3", "A/digits/1", "B/digits/3", "B/digits/1"],
            Plan("""
                seeds: [3, 1]
                architectures: { A: { use: vgg }, B: { use: resnet } }
                datasets: { mnist: , digits: { use: glyphs, style: round } }
                measure: { metrics: { robustness: { images: 5, at: ends } } }
                """).Cells.Select(c => c.Name));

    [Fact]
    public void OverridesApplyInOrderToTheCellsTheyName()
    {
        var plan = Plan("""
            architectures: { A: { use: vgg, depth: 11 }, B: { use: resnet } }
            datasets: { mnist: , fashion-mnist: }
            training: { epochs: 9, learningRate: 0.1 }
            measure: { epochs: { every: 3 }, metrics: { robustness: , neural-collapse: } }
            overrides:
              - for: { architecture: [A, B] }
                training: { learningRate: 0.2, epochs: 6 }
              - for: { dataset: mnist, architecture: A }
                training: { learningRate: 0.3 }
                architecture: { width: 1/2 }
                dataset: { trainPerClass: 7 }
                measure: { epochs: { log: 2 }, metrics: { neural-collapse: null, robustness: { images: 3 } } }
            """);
        var (a, b) = (plan.Cells[0], plan.Cells[1]);
        Assert.Equal(("A/mnist/0", 6, 0.3, 7), (a.Name, a.Training.Epochs, a.Training.LearningRate, a.Dataset.Subsample.TrainPerClass));
        Assert.Equal((11, 0.5), (a.Architecture.Options["depth"]!.GetValue<int>(), a.Architecture.Options["width"]!.GetValue<double>()));
        Assert.Equal([1, 6], a.MeasuredEpochs);
        Assert.Equal("""{"images":3}""", Assert.Single(a.Metrics).Options.ToJsonString());
        Assert.Equal(("B/mnist/0", 6, 0.2, null), (b.Name, b.Training.Epochs, b.Training.LearningRate, b.Dataset.Subsample.TrainPerClass));
        Assert.Equal([3, 6], b.MeasuredEpochs);
        Assert.Equal(2, b.Metrics.Count);
    }

    [Fact]
    public void ExcludedCellsAreLeftOut() =>
        Assert.Equal(["A/fashion-mnist/0", "B/fashion-mnist/0", "B/mnist/0"], Plan("""
            architectures: { A: { use: vgg }, B: { use: resnet } }
            datasets: { fashion-mnist: , mnist: }
            measure: { metrics: { neural-collapse: } }
            exclude: [ { dataset: mnist, architecture: A } ]
            """).Cells.Select(c => c.Name));

    [Theory]
    [InlineData("neural-collapse:", MeasureAt.Every)]
    [InlineData("spectrum:", MeasureAt.Ends)]
    [InlineData("spectrum: { at: every }", MeasureAt.Every)]
    [InlineData("neural-collapse: { at: ends }", MeasureAt.Ends)]
    public void AMetricRunsWhenTheManifestSaysAndElseWhenItsCardDoes(string metric, MeasureAt at) =>
        Assert.Equal(at, Assert.Single(Assert.Single(Plan(SmallWith("neural-collapse:", metric)).Cells).Metrics).At);

    [Fact]
    public void PlanOfAManifestSurvivesJson()
    {
        var cells = Plan(SmallWith("neural-collapse:", "robustness: { images: 7, at: ends }")).Cells;
        var text = System.Text.Json.JsonSerializer.Serialize(cells, Json.Page);
        var back = System.Text.Json.JsonSerializer.Deserialize<List<CellSpec>>(text, Json.Page);
        Assert.Equal(text, System.Text.Json.JsonSerializer.Serialize(back, Json.Page));
    }

    [Fact]
    public void EverythingThatIsWrongIsSaidAtOnceInOrder() => Assert.Equal(
        [
            "small.yaml:1:1: unknown key 'sedes'; did you mean 'seeds'?",
            "small.yaml:3:20: there is no architecture 'resent'; did you mean 'resnet'?",
            "small.yaml:5:12: unknown option 'trainPerClas' of data set 'mnist'; did you mean 'trainPerClass'?",
            "small.yaml:6:21: 'epochs' wants a whole number, not 'ten'",
            "small.yaml:6:36: 'momentum' must be at least 0 and below 1, not '1'",
            "small.yaml:9:5: there is no metric 'neural-colapse'; did you mean 'neural-collapse'?",
        ],
        Errors("""
            sedes: [1]
            architectures:
              ResNet18: { use: resent }
            datasets:
              mnist: { trainPerClas: 500 }
            training: { epochs: ten, momentum: 1 }
            measure:
              metrics:
                neural-colapse:
            """));

    [Theory]
    [InlineData("resnet, depth: 18", "WideNet, depth: 18",
        "small.yaml:2:20: there is no architecture 'WideNet': /opt/plugins/Wide-Net/WideNet.dll was refused: It was built against contract 9.0; this host has 0.1")]
    [InlineData("resnet, depth", "mnist, depth", "small.yaml:2:20: there is no architecture 'mnist'; 'mnist' is a data set")]
    [InlineData("depth: 18", "depth: 19", "small.yaml:2:35: 'depth' must be one of '11', '18', '34', '40', not '19'")]
    [InlineData("depth: 18", "depht: 18", "small.yaml:2:28: unknown option 'depht' of architecture 'resnet'; did you mean 'depth'?")]
    [InlineData("depth: 18", "stem: huge", "small.yaml:2:34: 'stem' wants 'small' or 'large-images', not 'huge'")]
    [InlineData("depth: 18", "stages: [8, 0]", "small.yaml:2:40: 'stages' must be between 1 and 4096, not '0'")]
    [InlineData("depth: 18", "head: { hidden: 2, narrow: 3 }", "small.yaml:2:55: 'narrow' (3) exceeds 'hidden' (2)")]
    [InlineData("depth: 18", "head: { hiden: 2 }", "small.yaml:2:36: unknown key 'hiden' in 'head'; did you mean 'hidden'?")]
    [InlineData("depth: 18", "depth: 40", "small.yaml:2:46: Depth 40 cannot be narrower than 1")]
    [InlineData("depth: 18", "note: crash", "small.yaml:2:3: architecture 'resnet' cannot be made with these options: InvalidOperationException: Boom")]
    [InlineData("use: resnet, depth: 18, width: 0.25", "use: greedy",
        "small.yaml:2:20: architecture 'greedy' cannot be used: its option 'use' has the name of a key that manifests keep for themselves; its author has to rename it")]
    [InlineData("mnist: {", "digits: { use: glyphs,", "small.yaml:4:3: 'style' is missing; it has no default")]
    [InlineData("trainPerClass: 500", "trainPerClass: 0", "small.yaml:4:27: 'trainPerClass' must be at least 1, not '0'")]
    [InlineData("ResNet18", "Res Net", "small.yaml:2:3: label 'Res Net' of 'architectures' does not fit: at most 60 of A-Z, a-z, 0-9, '.', '_', '+', '-', the first a letter or digit")]
    [InlineData("epochs: 60", "decayAt: [0.5, 1]", "small.yaml:5:22: 'decayAt' must be fractions between 0 and 1, each above the one before")]
    [InlineData("epochs: 60", "epochs: 60, epochs: 61", "small.yaml:5:25: key 'epochs' is here a second time; the first is at line 5, column 13")]
    [InlineData("neural-collapse:", "robustness: { at: end }", "small.yaml:8:23: 'at' wants 'every' or 'ends', not 'end'; did you mean 'ends'?")]
    [InlineData("neural-collapse:", "silent:", "small.yaml:8:5: metric 'silent' cannot say what it measures: InvalidOperationException: No card")]
    [InlineData("neural-collapse:", "robustness: null",
        "small.yaml:8:17: null removes what a base manifest says, and none says 'robustness'; for the plugin's defaults write nothing, or {}")]
    [InlineData("    neural-collapse:", "", "small.yaml:7:3: nothing is measured: 'metrics' of 'measure' names none")]
    public void MistakeIsNamedWithItsPlaceAndWhatWouldBeRight(string part, string by, string error) => Assert.Equal(error, Error(SmallWith(part, by)));

    [Theory]
    [InlineData("name: Big", "small.yaml:9:7: 'name' has a-z, 0-9, '.', '_' and '-', at most 60 and the first a letter or digit; 'Big' does not fit")]
    [InlineData("seeds: []", "small.yaml:9:8: 'seeds' is an empty list, so the matrix is empty")]
    [InlineData("seeds: [2, 2]", "small.yaml:9:12: seed 2 is here a second time")]
    [InlineData("seeds: 2", "small.yaml:9:8: 'seeds' wants a list, such as [a, b], not '2'")]
    [InlineData("overrides: [ { for: { dataset: minst } } ]", "small.yaml:9:32: no data set here is labelled 'minst'; did you mean 'mnist'?")]
    [InlineData("overrides: [ { training: } ]", "small.yaml:9:14: an entry of 'overrides' has no 'for', which says whom it is for")]
    [InlineData("overrides: [ { for: { dataset: mnist }, training: { epochs: -1 } } ]", "small.yaml:9:61: 'epochs' must be between 1 and 1000000, not '-1'")]
    [InlineData("overrides: [ { for: { dataset: mnist }, architecture: { use: vgg } } ]",
        "small.yaml:9:57: 'use' cannot be overridden: give the other plugin a label of its own")]
    [InlineData("exclude: [ { dataset: mnist } ]", "small.yaml:9:12: the matrix is empty: every cell is excluded")]
    [InlineData("exclude: [ {} ]", "small.yaml:9:12: an entry of 'exclude' names neither a data set nor an architecture")]
    [InlineData("tag: !!int 5", "small.yaml:9:6: tag 'tag:yaml.org,2002:int' is not taken: a manifest is plain data|small.yaml:9:1: unknown key 'tag'")]
    public void MistakeInAnAddedLineIsNamedToo(string line, string errors)
    {
        var found = Errors(SmallWith(line));
        Assert.All(errors.Split('|'), error => Assert.Contains(found, f => f.StartsWith(error, StringComparison.Ordinal)));
        Assert.Equal(errors.Split('|').Length, found.Length);
    }

    [Fact]
    public void OverrideForExcludedCellsIsAnError() =>
        Assert.Equal("small.yaml:10:10: this override is for no cell: those it names are excluded", Error("""
            architectures: { A: { use: vgg }, B: { use: resnet } }
            datasets:
              mnist:
              fashion-mnist:
            measure:
              metrics: { neural-collapse: }
            exclude:
              - { dataset: mnist, architecture: A }
            overrides:
              - for: { dataset: mnist, architecture: A }
                training: { epochs: 3 }
            """));

    [Fact]
    public void EmptyMatrixIsAnError() => Assert.Equal(
        ["small.yaml:1:1: the matrix is empty: 'architectures' names none", "small.yaml:2:1: the matrix is empty: 'datasets' names none"],
        Errors("measure: { metrics: { neural-collapse: } }\ndatasets:\n"));

    [Fact]
    public void MatrixBeyondTheBoundIsRefusedBeforeItIsMade() =>
        Assert.Contains("the matrix has 10001 cells", Error(SmallWith($"seeds: [{string.Join(", ", Enumerable.Range(0, 10_001))}]")), StringComparison.Ordinal);

    [Fact]
    public void FileNameThatFitsNoRunAsksForAName() =>
        Assert.Contains("give one as 'name'", Assert.Throws<ManifestException>(() => ManifestPlanner.Plan("My run.yaml", Small, FakeCatalog.Full)).Message, StringComparison.Ordinal);
}
