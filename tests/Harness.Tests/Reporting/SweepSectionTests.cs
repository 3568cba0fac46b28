using System.Text.RegularExpressions;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting;

public class SweepSectionTests
{
    [Fact]
    public void ThePageNamesTheChosenRateWhatItWasChosenByAndTheRatesThatFailed()
    {
        // The synthetic test error grows with the place in the plan, so 0.001 is best, and 0.1 diverges.
        var page = Page(new() { Architectures = ["resnet"], Datasets = ["mnist"], SweptRates = [0.001, 1.0 / 30, 0.1], Failures = new Dictionary<int, Outcome> { [2] = Outcome.Diverged } });
        var error = 100 * (1 - SyntheticRun.Value("generalization/accuracy", Split.Test, 60, 0));
        Assert.Contains(FormattableString.Invariant($"0.001 is chosen, with {error:F2} % test error at the last epoch. It is the lowest that was tried: a better one may lie beyond.</p>"), page);
        Assert.Contains("Selected on test error, as the paper does; the test error of the chosen rate is therefore optimistic.", page);
        Assert.Contains("Not to be chosen: 0.1 (diverged).", page);
        Assert.Contains("""<dt>learning rate</dt><dd><a href="#sweep-1">0.001, best of 3</a></dd>""", page);
        Assert.Contains("best of 3 instead of 25 learning rates", page);
        Assert.Contains("2 cells of learning rates that are not chosen", page);
        Assert.Contains("resnet18 on MNIST, seed 0, learning rate 0.03333", page);
        var chart = Assert.Single(Regex.Matches(page, "<svg class=\"rates\".*?</svg>", RegexOptions.Singleline)).Value;
        Assert.Equal((2, 1, 1), (Regex.Count(chart, "<circle"), Regex.Count(chart, "<circle class=\"chosen\""), Regex.Count(chart, "class=\"lost\"")));
        // One row of table 1, and one panel a figure: of the chosen cell alone.
        Assert.Equal(1, Regex.Count(page, "99.32 → 99.71"));
        Assert.All(Regex.Matches(page, "data-place=\"(.*?)\"").Select(m => m.Groups[1].Value), place => Assert.Equal("0", place));
    }

    [Fact]
    public void AnUnfinishedSweepIsProvisionalEverywhere()
    {
        var page = Page(new() { Architectures = ["resnet"], Datasets = ["mnist"], SweptRates = [0.001, 0.01, 0.1], Finished = 2 });
        Assert.Contains("Provisional: 1 of 3 rates has not ended.", page);
        Assert.Contains("0.001, provisional</a>", page);
        Assert.Contains("one is chosen, provisionally:", page);
        page = Page(new() { Architectures = ["resnet"], Datasets = ["mnist"], SweptRates = [0.001, 0.01, 0.1], Finished = 0 });
        Assert.Contains("No rate is chosen yet. Provisional: 3 of 3 rates have not ended.", page);
        Assert.Contains("""no learning rate chosen yet<br><a href="#sweep-1">0 of 3 rates ended</a></td>""", page);
    }

    [Fact]
    public void ThePapersWholeSweepStaysAPageOfLessThanEightMegabytes()
    {
        var run = new SyntheticRun
        {
            Datasets = ["mnist", "fashion-mnist", "svhn", "cifar10", "cifar100", "stl10", "imagenet"],
            SweptRates = [.. Enumerable.Range(1, 25).Select(i => i / 100.0)],
        };
        Assert.InRange(Page(run).Length, 1, 8_000_000);
    }

    [Fact]
    public void WithoutASweepThereIsNoWordOfOne()
    {
        var page = Page(new());
        Assert.DoesNotContain("id=\"sweeps\"", page);
        Assert.DoesNotContain("not chosen", page);
    }

    private static string Page(SyntheticRun run) => Views.Page(run.Record());
}
