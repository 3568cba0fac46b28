using System.Globalization;
using Harness;
using Harness.Results;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>A cell's own page: reached by link, address and keyboard; what it shows is what was measured.</summary>
public sealed class CellPageTests : BrowserTest
{
    private const string Nasty = "<script>document.title='taken over'</script>";
    private const string Title = "synthetic: neural collapse report";

    [Fact]
    public async Task ALinkOpensItAndTheWayBackLeadsWhereTheReaderWas()
    {
        await OpenAsync(Run());
        var link = Page.Locator(".matrix a[href='#cell-1']").First;
        await link.ScrollIntoViewIfNeededAsync();
        var before = await Page.EvaluateAsync<double>("scrollY");
        Assert.True(before > 0);
        await link.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Made(1);
        Assert.False(await Page.Locator("#matrix").IsVisibleAsync());
        Assert.Equal("cell-1-title", await Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.StartsWith("vgg18 on MNIST, seed 0 – ", await Page.TitleAsync());

        await Page.Keyboard.PressAsync("ArrowRight");
        await Made(2);
        Assert.False(await Page.Locator("#cell-1").IsVisibleAsync());
        await Page.GoBackAsync();
        await Made(1);
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator("#matrix").WaitForAsync();
        Assert.Equal(before, await Page.EvaluateAsync<double>("scrollY"), 2.0);
        Assert.Equal(Title, await Page.TitleAsync());
        AssertQuiet();
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(768, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task AnAddressOpensItAtOnceAndEverythingFits(int width, ColorScheme scheme)
    {
        await Page.SetViewportSizeAsync(width, 800);
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var path = await OpenAsync(Run());
        await Page.GotoAsync("about:blank");
        Requests.Clear();
        await Page.GotoAsync(new Uri(path).AbsoluteUri + "#cell-1");
        await Made(1);
        foreach (var plot in await Page.Locator("#cell-1 .chart > .plot").AllAsync())
        {
            await plot.ScrollIntoViewIfNeededAsync();
            await plot.Locator(".main-svg").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }
        await AssertFitsAsync();
        AssertQuiet();
    }

    [Fact]
    public async Task ItsNumbersAreTheData()
    {
        var record = Run();
        await OpenAsync(record);
        await Page.EvaluateAsync("location.hash = 'cell-1'");
        await Made(1);

        var nc1 = record.Cells[0].Measurements.Where(m => m.Quantity == "nc1" && m.Split == Split.Train).ToArray();
        var plot = Page.Locator("#cell-1 .chart:has-text('NC1: within-class variability') > .plot");
        await plot.ScrollIntoViewIfNeededAsync();
        await plot.Locator(".main-svg").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(nc1.Select(m => m.Epoch), await plot.EvaluateAsync<int[]>("p => p.data[0].x"));
        Assert.Equal(nc1.Select(m => m.Value!.Value), await plot.EvaluateAsync<double[]>("p => p.data[0].y"), (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Abs(a));
        Assert.Equal("log", await plot.EvaluateAsync<string>("p => p.layout.yaxis.type"));
        Assert.Equal(22, await plot.EvaluateAsync<int>("p => p.layout.shapes[0].x0"));

        // The curve is shown at the last epoch, and at others by the slider.
        var margins = Page.Locator("#cell-1 .chart:has-text('Distribution of margins') > .plot");
        await margins.ScrollIntoViewIfNeededAsync();
        await margins.Locator(".main-svg").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var last = await margins.EvaluateAsync<double[]>("p => p.data.at(-1).y");
        Assert.Equal([60, 61, 62], last);
        var slider = Page.Locator("#cell-1 input[type=range]");
        await slider.FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        Assert.Equal("epoch 22, the terminal phase begins", await Page.InnerTextAsync("#cell-1 output"));
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('#cell-1 .chart > .plot')].some(p => p.data?.at(-1).y[0] === 22)");

        var confusion = await Page.Locator("#cell-1 .confusion").Last.EvaluateAsync<string[]>(
            "t => [...t.rows].map(r => [...r.cells].map(c => c.textContent).join('|'))");
        Assert.Equal(["true class ↓, predicted class →|cat|dog", "cat|90|7", "dog|·|88"], confusion);
        Assert.Contains("cat taken for dog (7)", await Page.Locator("#cell-1 .beside .note").Last.InnerTextAsync());

        var image = Page.GetByAltText("clean: label 0, predicted 0 → 1").Last;
        await image.ScrollIntoViewIfNeededAsync();
        var pixels = await image.EvaluateAsync<int[]>("""
            async i => { await i.decode(); const c = document.createElement('canvas'); c.width = i.naturalWidth; c.height = i.naturalHeight; const g = c.getContext('2d'); g.drawImage(i, 0, 0);
              const d = g.getImageData(0, 0, c.width, c.height).data; return [...d].filter((_, k) => k % 4 === 0); }
            """);
        Assert.Equal([0, 85, 170, 255], pixels);

        await Page.Locator("#cell-1 .numbers > summary").ClickAsync();
        var row = (await Page.Locator("#cell-1 .numbers tr").Last.InnerTextAsync()).Split('\t');
        Assert.Equal("60", row[0]);
        var column = (await Page.Locator("#cell-1 .numbers tr").First.InnerTextAsync()).Split('\t').ToList().IndexOf("neural-collapse/nc1, train");
        Assert.Equal(nc1[^1].Value!.Value, double.Parse(row[column], CultureInfo.InvariantCulture), 1e-3 * nc1[^1].Value!.Value);
        AssertQuiet();
    }

    [Fact]
    public async Task WhatFailedSaysWhyAndAllTextStaysText()
    {
        await OpenAsync(Run());
        await Page.EvaluateAsync("location.hash = 'cell-2'");
        await Made(2);
        var failure = await Page.Locator("#cell-2 .failure").First.InnerTextAsync();
        Assert.Contains("diverged", failure);
        Assert.Contains("exit code 134", failure);
        Assert.Contains(Nasty, failure);

        await Page.EvaluateAsync("location.hash = 'cell-3'");
        await Made(3);
        Assert.Equal($"{Nasty}18 on MNIST, seed 0", await Page.InnerTextAsync("#cell-3 h3"));
        Assert.Contains($"--only '{Nasty.Replace("'", "'\\''", StringComparison.Ordinal)}18/mnist/0'", await Page.InnerTextAsync("#cell-3 pre"));
        Assert.Contains($"evil {Nasty}", await Page.InnerTextAsync("#cell-3 .pictures figcaption"));
        Assert.Equal(0, await Page.Locator("#cell-3 script").CountAsync());
        Assert.DoesNotContain("taken over", (await Page.TitleAsync()).Replace(Nasty, "", StringComparison.Ordinal));
        AssertQuiet();
    }

    private async Task Made(int cell) => await Page.Locator($"#cell-{cell}.shown .cell-made[data-made='yes']").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Three cells of which the second failed, with a curve, a matrix and pictures at the ends of the terminal phase.</summary>
    private static RunRecord Run()
    {
        var margins = new QuantityRecord("margins", new() { Name = "normalised", Title = "Distribution of margins", Formula = "m", Source = "test", Positions = "share of images" });
        var confusion = new QuantityRecord("generalization", new() { Name = "confusion", Title = "Confusion", Formula = "#", Source = "test" });
        var pictures = new QuantityRecord("robustness", new() { Name = "examples", Title = "Examples", Formula = "x", Source = "test" });
        var record = new SyntheticRun { Architectures = ["vgg", "resnet", Nasty], Datasets = ["mnist"], Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged } }.Record();
        return record with
        {
            Plan = record.Plan with { Quantities = [.. record.Plan.Quantities, margins, confusion, pictures] },
            Cells =
            [
                .. record.Cells.Select((cell, place) => cell with
                {
                    Measurements = [.. cell.Measurements, .. cell.Result!.Outcome == Outcome.Done ? new[] { 22, 60 }.SelectMany(epoch => Large(epoch, place)) : []],
                    Result = cell.Result with { Facts = cell.Result.Facts! with { ClassNames = ["cat", "dog"] }, LogTail = [.. cell.Result.LogTail, Nasty] },
                }),
            ],
        };
    }

    private static Measurement[] Large(int epoch, int place) =>
    [
        new(epoch, "margins", "normalised", Split.Train, X: [0, 0.5, 1], Y: [epoch, epoch + 1, epoch + 2]),
        new(epoch, "generalization", "confusion", Split.Test, Matrix: new("true class", "predicted class", [[90, 7], [0, 88]])),
        new(epoch, "robustness", "examples", Split.Test, Pictures:
        [
            new(place == 2 ? $"evil {Nasty}" : "label 0, predicted 0 → 1", [new("clean", new(1, 2, 2), [0, 85, 170, 255]), new("adversarial", new(3, 2, 2), new byte[12])]),
        ]),
    ];
}
