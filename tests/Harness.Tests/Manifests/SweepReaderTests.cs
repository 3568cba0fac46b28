using Harness.Manifests;
using Harness.Reporting.Numbers;
using static Harness.Tests.Manifests.Planning;

namespace Harness.Tests.Manifests;

public class SweepReaderTests
{
    [Fact]
    public void EachRateOfASweepIsACellOfItsOwn()
    {
        var cells = Plan(Swept("sweep: { learningRate: { from: 1e-4, to: 0.25, count: 25 } }") + "\nseeds: [0, 7]").Cells;
        Assert.Equal(50, cells.Count);
        Assert.Equal(50, cells.Select(c => c.Name).Distinct().Count());
        Assert.Equal(["ResNet18/mnist/0/lr=0.0001", "ResNet18/mnist/0/lr=0.0001385", "ResNet18/mnist/7/lr=0.25"], new[] { cells[0], cells[1], cells[49] }.Select(c => c.Name));
        Assert.Equal(SweepRates.Geometric(1e-4, 0.25, 25), cells.Take(25).Select(c => c.Training.LearningRate));
        Assert.All(cells, c => Assert.True(c is { Swept: true, Training: { Epochs: 60, LearningRateSource: null } }));
    }

    [Fact]
    public void RatesMayBeListedAndKeepTheirOrder() =>
        Assert.Equal([0.1, 0.01, 1.0 / 3], Plan(Swept("sweep: { learningRate: [0.1, 0.01, 1/3] }")).Cells.Select(c => c.Training.LearningRate));

    [Fact]
    public void OverridesSweepSomeCellsOtherwiseAndOthersNotAtAll()
    {
        var cells = Plan("""
            architectures: { A: { use: vgg }, B: { use: resnet } }
            datasets: { mnist: , fashion-mnist: }
            training: { epochs: 3, sweep: { learningRate: { from: 0.001, to: 0.1, count: 3 } } }
            measure: { metrics: { generalization: } }
            overrides:
              - for: { dataset: mnist, architecture: A }
                training: { sweep: { learningRate: { from: 0.01, count: 2 } } }
              - for: { dataset: mnist, architecture: B }
                training: { sweep: { learningRate: [0.5, 0.25] } }
              - for: { dataset: fashion-mnist, architecture: B }
                training: { sweep: null, learningRate: 0.2 }
            """).Cells;
        Assert.Equal(
            [
                "A/mnist/0/lr=0.01", "A/mnist/0/lr=0.1", "B/mnist/0/lr=0.5", "B/mnist/0/lr=0.25", "A/fashion-mnist/0/lr=0.001", "A/fashion-mnist/0/lr=0.01", "A/fashion-mnist/0/lr=0.1",
                "B/fashion-mnist/0",
            ],
            cells.Select(c => c.Name));
        Assert.Equal((0.2, false), (cells[^1].Training.LearningRate, cells[^1].Swept));
    }

    [Fact]
    public void ASweepTakesThePlaceOfARateThatIsMarkedUntuned() =>
        Assert.Equal([0.1, 0.2], Plan(Swept("learningRate: 0.05, learningRateSource: untuned, sweep: { learningRate: [0.1, 0.2] }")).Cells.Select(c => c.Training.LearningRate));

    [Theory]
    [InlineData("learningRate: { from: 0.1, to: 0.1, count: 3 }", "5:56: 'from' (0.1) is not below 'to' (0.1)")]
    [InlineData("learningRate: { from: 0.1, to: 1, count: 1 }", "5:75: 'count' must be between 2 and 10000, not '1'")]
    [InlineData("learningRate: { from: 0, to: 1, count: 3 }", "5:56: 'from' must be above 0 and at most 1000, not '0'")]
    [InlineData("learningRate: { from: 0.1, to: 1 }", "5:48: 'count' is missing; it has no default")]
    [InlineData("learningRate: { from: 0.1, to: 1, count: 3, steps: 3 }", "5:78: unknown key 'steps' in 'learningRate' of 'sweep'; ")]
    [InlineData("learningRate: { from: 0.1, to: 0.101, count: 3000 }", "5:79: 3000 rates between 0.1 and 0.101 lie so close that some agree in four digits")]
    [InlineData("learningRate: [0.1]", "5:48: a sweep tries at least two learning rates; here is one")]
    [InlineData("learningRate: []", "5:48: a sweep tries at least two learning rates; here are none")]
    [InlineData("learningRate: [0.1, 0.2, 1/10]", "5:59: learning rate '1/10' is here a second time")]
    [InlineData("learningRate: [0.1, 0.10001]", "5:54: learning rate '0.10001' agrees with another in four digits")]
    [InlineData("learningRate: [0.1, -0.2]", "5:54: 'learningRate' must be above 0 and at most 1000, not '-0.2'")]
    [InlineData("learningRate: [0.1, fast]", "5:54: 'learningRate' wants a number, not 'fast'")]
    [InlineData("learningRate: 0.1", "5:48: 'learningRate' of 'sweep' wants {from: LOWEST, to: HIGHEST, count: NUMBER} or a list, not '0.1'")]
    [InlineData("", "5:25: 'sweep' does not say which learning rates: ")]
    [InlineData("learningRate: [0.1, 0.2], momentum: [0, 1]", "5:60: unknown key 'momentum' in 'sweep'; only 'learningRate' is known")]
    public void MistakeIsNamedWithItsPlace(string sweep, string error) =>
        Assert.StartsWith($"small.yaml:{error}", Error(Swept($"sweep: {{ {sweep} }}")), StringComparison.Ordinal);

    [Fact]
    public void ASweepThatIsNoMappingIsAnError() =>
        Assert.StartsWith("small.yaml:5:32: 'sweep' wants a mapping, such as {learningRate: ", Error(Swept("sweep: 25")), StringComparison.Ordinal);

    [Theory]
    [InlineData("learningRate: 0.1", "learningRate")]
    [InlineData("learningRateSource: tuned", "learningRateSource")]
    public void ARateThatIsMeantAndASweepDoNotGoTogether(string rate, string key) => Assert.StartsWith(
        $"small.yaml:5:25: '{key}' is of one learning rate, and 'sweep' at line 5, column {27 + rate.Length} tries several: remove one of them",
        Error(Swept($"{rate}, sweep: {{ learningRate: [0.1, 0.2] }}")), StringComparison.Ordinal);

    [Fact]
    public void WithoutTheMetricThatTellsTheTestErrorNothingCanBeChosen()
    {
        Assert.Equal(
            "small.yaml:5:25: 'sweep' chooses among its rates by test error, which only the metric 'generalization' tells: add it to 'metrics' of 'measure'",
            Error(SmallWith("epochs: 60", "epochs: 60, sweep: { learningRate: [0.1, 0.2] }")));
        Assert.StartsWith("generalization/", Reading.TestAccuracy.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void TooManyCellsAreRefusedBeforeTheyAreMade() => Assert.StartsWith(
        "small.yaml:2:3: with a cell for each learning rate of its sweeps the matrix has more than 10000 cells",
        Error(Swept("sweep: { learningRate: { from: 1e-4, to: 0.25, count: 500 } }") + $"\nseeds: [{string.Join(", ", Enumerable.Range(0, 9000))}]"), StringComparison.Ordinal);

    private static string Swept(string training) => SmallWith("epochs: 60", $"epochs: 60, {training}").Replace("neural-collapse:", "generalization:", StringComparison.Ordinal);
}
