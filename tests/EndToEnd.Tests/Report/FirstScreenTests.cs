using System.Globalization;
using Harness;
using Harness.Results;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>What a stranger sees first, against the numbers it was made from.</summary>
public sealed class FirstScreenTests : BrowserTest
{
    private static readonly Dictionary<int, Outcome> Failures = new() { [1] = Outcome.Diverged };

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task TheVerdictIsTheDataAndStandsOnTheFirstScreen(int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        await OpenAsync(new SyntheticRun { Datasets = ["mnist", "fashion-mnist", "svhn"], Failures = Failures }.Record());
        Assert.Equal(("8 of 9", "8", "1"), (await Page.InnerTextAsync("#cells-done"), await Page.InnerTextAsync("#cells-terminal"), await Page.InnerTextAsync("#cells-failed")));
        Assert.StartsWith("8 of 8 cells reached the terminal phase.", await Page.InnerTextAsync("#finding-terminal .claim"));

        int[] done = [0, 2, 3, 4, 5, 6, 7, 8];
        var factor = Math.Exp(Median([.. done.Select(place => Math.Log(Nc1(1, place) / Nc1(60, place)))]));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"NC1 fell in 8 of 8 cells, by a median factor of {factor:N0}"), await Page.InnerTextAsync("#finding-nc1 .claim"));
        double[] changes = [.. done.Select(place => Radius(60, place) - Radius(22, place))];
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"The DeepFool radius rose inside the terminal phase in {changes.Count(c => c > 0)} of 8 cells, median +{Median(changes):F4}"),
            await Page.InnerTextAsync("#finding-radius .claim"));
        Assert.Matches(@"95 % interval [+−]0\.\d+ to [+−]0\.\d+; 8 cells, one seed each\.", await Page.InnerTextAsync("#finding-radius .grounds"));

        // The whole answer is above the fold, and on a wide screen the maps are too.
        var bottom = await Page.EvaluateAsync<double>("document.querySelector('#verdict > .grounds').getBoundingClientRect().bottom");
        Assert.InRange(bottom, 0, height);
        if (width == 1280) Assert.InRange(await Page.EvaluateAsync<double>("document.querySelector('.first').getBoundingClientRect().bottom"), 0, height);
        AssertQuiet();
    }

    [Fact]
    public async Task AnotherChoiceColoursTheMatrixAnew()
    {
        await OpenAsync(new SyntheticRun { Failures = Failures }.Record());
        var cell = Page.Locator("[data-map='collapse'] td[data-pair='2']");
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{Nc1(1, 2) / Nc1(60, 2):N0}×"), await cell.Locator("a").InnerTextAsync());
        var before = await cell.EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor");
        await Page.SelectOptionAsync("#choose-collapse", "accuracy");
        var accuracy = 100 * SyntheticRun.Value("generalization/accuracy", Split.Test, 60, 2);
        await Assertions.Expect(cell.Locator("a")).ToHaveTextAsync(accuracy.ToString("F2", CultureInfo.InvariantCulture));
        Assert.NotEqual(before, await cell.EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor"));
        Assert.Equal("diverged", await Page.Locator("[data-map='collapse'] td[data-pair='1'] a").InnerTextAsync());
        Assert.Contains("hole", await Page.Locator("[data-map='collapse'] td[data-pair='1']").GetAttributeAsync("class"));
        await Page.SelectOptionAsync("#choose-collapse", "neural-collapse/self-duality, train");
        await Assertions.Expect(Page.Locator("[data-map='collapse'] caption")).ToHaveTextAsync("Distance of classifier and class means, training images, at the last epoch: means over seeds");
        AssertQuiet();
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static double Nc1(int epoch, int place) => SyntheticRun.Value("neural-collapse/nc1", Split.Train, epoch, place);

    private static double Radius(int epoch, int place) => SyntheticRun.Value("robustness/deepfool.relative-radius", Split.Test, epoch, place);
}
