using Harness.Reporting.Numbers;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting;

public class HeatMapTests
{
    [Fact]
    public void NumbersAreMeansOverSeedsAndHolesHaveTheirNames()
    {
        var run = Views.Of(new SyntheticRun { Seeds = 2, Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged, [2] = Outcome.OutOfMemory, [3] = Outcome.OutOfMemory }, Finished = 10 }.Record());
        var map = Map(run, "accuracy");
        var expected = SyntheticRun.Value("generalization/accuracy", Split.Test, 60, 0);
        Assert.Equal((Number.Percent(expected), "1 of 2 seeds"), (map.Places[0].Text, map.Places[0].Note));
        Assert.Equal(("out of memory", null, ""), (map.Places[1].Text, map.Places[1].Share, map.Places[1].Note));
        Assert.Equal("not run", map.Places[5].Text);
        Assert.Equal(Number.Percent(new[] { 4, 5 }.Average(place => SyntheticRun.Value("generalization/accuracy", Split.Test, 60, place))), map.Places[2].Text);
    }

    [Fact]
    public void ColoursRunFromTheLeastToTheMostAndOfChangesFromZero()
    {
        var run = Views.Of(new SyntheticRun { Architectures = ["vgg", "resnet"], Values = (id, split, epoch, place) => id.EndsWith("nc1", StringComparison.Ordinal) ? Math.Pow(10, place) : place - 1 + (epoch - 22) * (place - 1) / 38.0 }.Record());
        Assert.Equal(["0", "0.333", "0.667", "1"], Map(run, "nc1").Places.Select(p => p.Colour));
        var change = Map(run, HeatQuantity.Robustness);
        Assert.Equal(["-0.5", "0", "0.5", "1"], change.Places.Select(p => p.Colour));
        Assert.Equal("orange fell, blue rose; fullest at 2.0", change.Range);
    }

    [Fact]
    public void SmallNumbersShareOnePowerOfTen()
    {
        var run = Views.Of(new SyntheticRun { Architectures = ["vgg", "resnet"], Values = (id, split, epoch, place) => 1 + (epoch - 22) * (place - 1) * 0.0011 / 38 }.Record());
        var change = Map(run, HeatQuantity.Robustness);
        Assert.Equal(["−1.10", "+0.00", "+1.10", "+2.20"], change.Places.Select(p => p.Text));
        Assert.Equal("orange fell, blue rose; fullest at 2.20; in units of 10⁻³", change.Range);
        Assert.Equal("1.00", Map(run, "radius").Places[1].Text);

        run = Views.Of(new SyntheticRun { Architectures = ["vgg", "resnet"], Values = (id, split, epoch, place) => 1 + (epoch - 22) * Math.Pow(10, place - 5) * 1.1 / 38 }.Record());
        Assert.Equal(["+0.01", "+0.11", "+1.10", "+11.00"], Map(run, HeatQuantity.Robustness).Places.Select(p => p.Text));
    }

    [Fact]
    public void WithoutATerminalPhaseAChangeHasThatReason()
    {
        var run = Views.Of(new SyntheticRun { TerminalPhaseEpoch = 1000 }.Record());
        Assert.All(Map(run, HeatQuantity.Robustness).Places, place => Assert.Equal("no terminal phase", place.Text));
        Assert.All(Map(run, "terminal").Places, place => Assert.Equal("no terminal phase", place.Text));
        Assert.Equal("not measured", Map(run, HeatQuantity.Robustness).Range);
    }

    [Fact]
    public void EveryReadingThatAFigureDrawsIsAChoiceOnce()
    {
        var run = Views.Of(new SyntheticRun().Record());
        var ids = HeatQuantity.Of(run).Select(q => q.Id).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(7 + run.Figures.Sum(f => f.Lines.Count) - 3, ids.Length);
        Assert.Contains("neural-collapse/nc1, test", ids);
    }

    private static HeatMap Map(RunView run, string id) => HeatMap.Of(run, HeatQuantity.Of(run).Single(q => q.Id == id));
}
