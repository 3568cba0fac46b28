using System.Globalization;
using Harness;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>The figures: drawn when seen, read at one epoch and zoomed together.</summary>
public sealed class FigurePanelsTests : BrowserTest
{
    private ILocator Panels => Page.Locator("#figure-1 .panel");

    private async Task OpenAtTheFirstFigureAsync(int seeds = 1)
    {
        await OpenAsync(new SyntheticRun { Seeds = seeds }.Record());
        await Page.Locator("#figure-1").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(Page.Locator("#figure-1 .panel[data-drawn]")).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task APanelIsDrawnWhenItComesIntoView()
    {
        await OpenAsync(new SyntheticRun().Record());
        var last = Page.Locator("#figure-8 .panel").Last;
        Assert.Null(await last.GetAttributeAsync("data-drawn"));
        await last.ScrollIntoViewIfNeededAsync();
        await last.Locator(".scatterlayer path.js-line").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Page.SelectOptionAsync("#epoch-axis", "linear");
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        AssertQuiet();
    }

    [Fact]
    public async Task PointingAtAPanelReadsEveryPanelAtThatEpoch()
    {
        await OpenAtTheFirstFigureAsync(seeds: 2);
        var box = (await Panels.Nth(0).BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(box.X + box.Width - 8, box.Y + 40);
        await Assertions.Expect(Page.Locator("#epoch-shown")).ToHaveTextAsync("60");
        // Rows are architectures, columns data sets; the second panel of the first row is of the fourth pair. A reading is the mean over seeds.
        foreach (var (panel, place) in new[] { (0, 0), (1, 6) })
        {
            var expected = new[] { place, place + 1 }.Average(p => SyntheticRun.Value("neural-collapse/equinorm.means", Split.Train, 60, p));
            var shown = double.Parse(await Panels.Nth(panel).Locator(".reads span").First.InnerTextAsync(), CultureInfo.InvariantCulture);
            Assert.Equal(expected, shown, 0.006 * expected);
        }
        await Page.Locator("#epoch").FocusAsync();
        await Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(Page.Locator("#epoch-shown")).ToHaveTextAsync("56");
        Assert.Equal("epoch 56", await Page.Locator("#epoch").GetAttributeAsync("aria-valuetext"));
        AssertQuiet();
    }

    [Fact]
    public async Task ZoomingOnePanelZoomsAll()
    {
        await OpenAtTheFirstFigureAsync();
        var box = (await Panels.Nth(0).BoundingBoxAsync())!;
        var before = await RangesAsync();
        Assert.Single(before.Distinct());
        await Page.Mouse.MoveAsync(box.X + box.Width * 0.4f, box.Y + 60);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(box.X + box.Width * 0.7f, box.Y + 64, new() { Steps = 5 });
        await Page.Mouse.UpAsync();
        await Assertions.Expect(Page.Locator("#zoom-out")).ToBeVisibleAsync();
        await Page.WaitForFunctionAsync("before => [...document.querySelectorAll('#figure-1 .chart')].every(p => p.layout.xaxis.range.join() !== before)", before[0]);
        Assert.Single((await RangesAsync()).Distinct());
        await Page.Locator("#zoom-out").ClickAsync();
        await Page.WaitForFunctionAsync("before => [...document.querySelectorAll('#figure-1 .chart')].every(p => p.layout.xaxis.range.join() === before)", before[0]);
        AssertQuiet();
    }

    [Fact]
    public async Task ThePapersFiguresStandOpenAndOthersAreFoldedByMetric()
    {
        await OpenAsync(new SyntheticRun().Record());
        Assert.Equal(8, await Page.Locator("#figures > .figure").CountAsync());
        Assert.StartsWith("generalization: 1 more figure", await Page.Locator("#figures > .more > summary").InnerTextAsync());
        await Page.Locator("#figures > .more > summary").ClickAsync();
        await Page.Locator("#figures > .more .panel[data-drawn]").First.WaitForAsync();
        // The accuracy panels carry the published numbers as ghosts.
        Assert.Equal(1, await Page.Locator("#figure-8 .legend .ghost").CountAsync());
        await Page.Locator("#figure-8 .panel").First.ScrollIntoViewIfNeededAsync();
        await Page.Locator("#figure-8 .panel[data-drawn]").First.WaitForAsync();
        Assert.Equal("0.994,0.9956", await Page.EvaluateAsync<string>("document.querySelector('#figure-8 .chart').data.at(-1).y.join()"));
        AssertQuiet();
    }

    private async Task<string[]> RangesAsync() => await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#figure-1 .chart')].map(p => p.layout.xaxis.range.join())");
}
