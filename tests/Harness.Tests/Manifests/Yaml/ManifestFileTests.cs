using Harness.Manifests;

namespace Harness.Tests.Manifests.Yaml;

public sealed class ManifestFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("manifests-").FullName;

    public ManifestFileTests() => Write("base.yaml", $"name: base\n{Planning.Small}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ExtendingManifestMergesDeeplyAndWins()
    {
        var plan = Plan("""
            extends: base.yaml
            architectures:
              ResNet18: { depth: 34 }
              Vgg: { use: vgg }
            datasets: { mnist: { padTo: null } }
            """);
        Assert.Equal("own", plan.Name);
        Assert.Equal(["ResNet18/mnist/0", "Vgg/mnist/0"], plan.Cells.Select(c => c.Name));
        Assert.Equal("34 0.25", $"{plan.Cells[0].Architecture.Options["depth"]} {plan.Cells[0].Architecture.Options["width"]}");
        Assert.Equal(new SubsampleOptions { TrainPerClass = 500 }, plan.Cells[0].Dataset.Subsample);
    }

    [Fact]
    public void AByteOrderMarkIsNoPartOfTheFirstKey() => Assert.Equal("marked", Plan($"\uFEFFname: marked\n{Planning.Small}").Name);

    [Fact]
    public void NullRemovesAndNothingKeeps()
    {
        var plan = Plan("""
            extends: base.yaml
            architectures: { ResNet18: null, Vgg: { use: vgg } }
            datasets:
              mnist:
            """);
        Assert.Equal(["Vgg/mnist/0"], plan.Cells.Select(c => c.Name));
        Assert.Equal(500, plan.Cells[0].Dataset.Subsample.TrainPerClass);
    }

    [Fact]
    public void ScheduleOfMeasuredEpochsIsReplacedWhole()
    {
        Write("middle.yaml", "extends: base.yaml\nmeasure: { epochs: { every: 20 } }");
        Assert.Equal([1, 60], Plan("extends: middle.yaml\nmeasure: { epochs: { log: 2 } }").Cells[0].MeasuredEpochs);
    }

    [Fact]
    public void OverridesAndExclusionsAddToThoseOfTheBaseWhichComeFirst()
    {
        Write("overriding.yaml", """
            extends: base.yaml
            architectures: { A: { use: vgg }, B: { use: vgg } }
            overrides:
              - { for: { dataset: mnist }, note: shorter, training: { epochs: 9, momentum: 0.5 } }
            exclude: [ { architecture: A } ]
            """);
        var plan = Plan("""
            extends: overriding.yaml
            overrides: [ { for: { architecture: ResNet18 }, note: shorter still, training: { epochs: 6 } } ]
            exclude: [ { architecture: B } ]
            """);
        var cell = Assert.Single(plan.Cells);
        Assert.Equal(("ResNet18/mnist/0", 6, 0.5), (cell.Name, cell.Training.Epochs, cell.Training.Momentum));
        Assert.Equal(["shorter", "shorter still"], cell.Notes);
        Assert.Equal(3, Plan("extends: overriding.yaml\noverrides: null\nexclude: null").Cells.Count(c => c.Training.Epochs == 60 && c.Notes.Count == 0));
    }

    [Fact]
    public void LaterBasesWinOverEarlierOnes()
    {
        Write("long.yaml", "training: { epochs: 90, momentum: 0.5 }");
        Write("short.yaml", "training: { epochs: 30 }");
        var training = Plan("extends: [base.yaml, long.yaml, short.yaml]").Cells[0].Training;
        Assert.Equal((30, 0.5), (training.Epochs, training.Momentum));
    }

    [Fact]
    public void ErrorInABaseIsNamedThere()
    {
        Write("bad.yaml", "training:\n  epochs: many");
        Assert.Equal([$"{At("bad.yaml")}:2:11: 'epochs' wants a whole number, not 'many'"], Errors("extends: [base.yaml, bad.yaml]"));
    }

    [Fact]
    public void ManifestsThatExtendEachOtherAreRefused()
    {
        Write("circle.yaml", "extends: own.yaml");
        Assert.Contains($"{At("circle.yaml")}:1:10: '{At("own.yaml")}' extends itself, by way of 'own.yaml', 'circle.yaml'", Errors("extends: [base.yaml, circle.yaml]"));
    }

    [Theory]
    [InlineData("extends: bsae.yaml", "1:10: there is no file")]
    [InlineData("extends: .", "1:10: ")]
    [InlineData("extends: { a: b }", "1:10: 'extends' wants the path of a manifest or a list of them, not a mapping")]
    public void BaseThatCannotBeReadIsNamedWhereItIsAskedFor(string text, string error) =>
        Assert.Contains(Errors(text), e => e.StartsWith($"{At("own.yaml")}:{error}", StringComparison.Ordinal));

    [Fact]
    public void FilesThatAreNoTextOrTooLargeAreRefused()
    {
        File.WriteAllBytes(At("latin.yaml"), [(byte)'a', (byte)':', (byte)' ', 0xE9]);
        Assert.Contains("is not UTF-8 text", Assert.Single(ManifestErrors.Of(At("latin.yaml"), FakeCatalog.Full)).Sentence, StringComparison.Ordinal);
        File.WriteAllText(At("huge.yaml"), new string('#', (1 << 20) + 1));
        Assert.Contains("is larger than", Assert.Single(ManifestErrors.Of(At("huge.yaml"), FakeCatalog.Full)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingManifestIsOneSentence() =>
        Assert.Equal($"{At("none.yaml")}:1:1: there is no file '{At("none.yaml")}'", Assert.Single(ManifestErrors.Of(At("none.yaml"), FakeCatalog.Full)).ToString());

    private Plan Plan(string text)
    {
        Write("own.yaml", text);
        return ManifestPlanner.Plan(At("own.yaml"), FakeCatalog.Full);
    }

    private string[] Errors(string text)
    {
        Write("own.yaml", text);
        return [.. ManifestErrors.Of(At("own.yaml"), FakeCatalog.Full).Select(e => e.ToString())];
    }

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private string At(string name) => Path.Combine(folder, name);
}
