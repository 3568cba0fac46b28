using Harness.Results;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>What keyboard, screen reader and weak eyes need: names, order and contrast.</summary>
public sealed class AccessibleReportTests : BrowserTest
{
    // The contrast of WCAG 2.2 (relative luminance), of every element with text of its own that is drawn; a colour is read back from a canvas, whatever its notation.
    private const string FaintText = """
        () => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
          const light = ([r, g, b]) => { const f = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
          const ground = e => { for (let at = e; at; at = at.parentElement) { const c = rgba(getComputedStyle(at).backgroundColor); if (c[3] > 250) return c; } return rgba('white'); };
          return [...document.querySelectorAll('body *')].filter(e => !e.closest('svg, script, style, [aria-hidden]') && e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).filter(e => {
            const style = getComputedStyle(e), [a, b] = [light(rgba(style.color)), light(ground(e))].sort((x, y) => y - x);
            const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            return (a + 0.05) / (b + 0.05) < (large ? 3 : 4.5);
          }).map(e => `${e.tagName}.${e.className} ${getComputedStyle(e).color}: ${e.textContent.slice(0, 40)}`).join('\n');
        }
        """;

    private const string Nameless = """
        () => [...document.querySelectorAll('select, input, button, a, [role=img], [role=region], table')].filter(e => e.checkVisibility()).filter(e => {
          const name = e.getAttribute('aria-label') || (e.labels && [...e.labels].map(l => l.textContent).join('')) || (e.caption && e.caption.textContent) || (e.tagName !== 'TABLE' && e.tagName !== 'SELECT' && e.textContent) || e.closest('[role=region]')?.getAttribute('aria-label');
          return !name || !name.trim();
        }).map(e => e.outerHTML.slice(0, 90)).join('\n')
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task TextStandsOutFromItsGround(ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await OpenAsync(Run());
        foreach (var quantity in new[] { "nc1-fall", "radius-change", "accuracy-change", "neural-collapse/self-duality, train" })
        {
            await Page.SelectOptionAsync("#choose-collapse", quantity);
            await Page.WaitForFunctionAsync("id => report.data().then(d => document.querySelector('[data-map=collapse] .range').textContent === d.maps[id].range)", quantity);
            Assert.Equal("", await Page.EvaluateAsync<string>(FaintText));
        }
    }

    [Fact]
    public async Task EverythingThatCanBeUsedHasAName()
    {
        await OpenAsync(Run());
        Assert.Equal("", await Page.EvaluateAsync<string>(Nameless));
    }

    [Fact]
    public async Task HeadingsDescendStepByStepAndIdsAreUnique()
    {
        await OpenAsync(Run());
        var levels = await Page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1, h2, h3, h4')].map(h => Number(h.tagName[1]))");
        Assert.Equal((1, 1), (levels[0], levels.Count(l => l == 1)));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.Equal("", await Page.EvaluateAsync<string>("(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i).join(); })()"));
        Assert.Equal("", await Page.EvaluateAsync<string>(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1)).filter(id => !document.getElementById(id)).join()"));
        Assert.Equal((1, 1), (await Page.Locator("main").CountAsync(), await Page.Locator("nav[aria-label]").CountAsync()));
    }

    [Fact]
    public async Task TheHeatMapIsARealTable()
    {
        await OpenAsync(Run());
        var map = Page.GetByRole(AriaRole.Table, new() { Name = "NC1: factor by which it fell: means over seeds" });
        Assert.Equal(3, await map.GetByRole(AriaRole.Columnheader).CountAsync());
        Assert.Equal(2, await map.GetByRole(AriaRole.Rowheader).CountAsync());
        Assert.Equal(6, await map.GetByRole(AriaRole.Link).CountAsync());
    }

    [Fact]
    public async Task TheKeyboardReachesTheChoiceAndChangesIt()
    {
        await OpenAsync(Run());
        await Page.Locator("#finding-together ~ .grounds a").FocusAsync();
        await Page.Keyboard.PressAsync("Tab");
        Assert.Equal("choose-collapse", await Page.EvaluateAsync<string>("document.activeElement.id"));
        await Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Page.Locator("[data-map='collapse'] caption")).ToHaveTextAsync("NC1 at the last epoch: means over seeds");
    }

    [Fact]
    public async Task WithoutScriptTheVerdictTheMapsAndTheTablesStand()
    {
        var path = await OpenAsync(Run());
        await using var context = await Page.Context.Browser!.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        Assert.Contains("cells reached the terminal phase", await page.InnerTextAsync("#finding-terminal"));
        Assert.EndsWith("×", await page.InnerTextAsync("[data-map='collapse'] td[data-pair='0'] a"));
        Assert.Equal(5, await page.Locator("#robustness .correlations tbody tr").CountAsync());
    }

    private static RunRecord Run() => new SyntheticRun { Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged }, Finished = 5 }.Record();
}
