using Harness;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>Collapse against robustness and generalization: the choices of axes, and the points.</summary>
public sealed class AssociationInBrowserTests : BrowserTest
{
    [Fact]
    public async Task AnotherAxisBringsItsOwnCorrelationsAndPoints()
    {
        // The radius follows NC1 and turns against self-duality, so each choice has a known answer.
        await OpenAsync(new SyntheticRun
        {
            Values = (id, _, epoch, place) => id switch
            {
                "neural-collapse/nc1" => 1.0 / (epoch + place),
                "neural-collapse/self-duality" => epoch,
                "robustness/deepfool.relative-radius" => epoch + place,
                _ => 1,
            },
        }.Record());
        Assert.Equal("Inside the terminal phase of a training: more collapse, more robustness. Across trained networks: more collapse, more robustness.", await Page.InnerTextAsync("#robustness .sentence"));
        var rho = Page.Locator("#robustness .correlations .rho").First;
        Assert.Equal("+1.00", await rho.InnerTextAsync());
        await Page.SelectOptionAsync("#robustness .axis-x", "neural-collapse/self-duality, train");
        await Assertions.Expect(rho).ToHaveTextAsync("−1.00");
        Assert.StartsWith("Inside the terminal phase of a training: more collapse, less robustness. Across trained networks: cannot tell", await Page.InnerTextAsync("#robustness .sentence"));

        var chart = Page.Locator("#robustness .trajectories");
        await chart.ScrollIntoViewIfNeededAsync();
        await Page.WaitForFunctionAsync("document.querySelector('#robustness .trajectories').dataset.drawn === 'neural-collapse/self-duality, train / robustness/deepfool.relative-radius, test'");
        await Page.SelectOptionAsync("#robustness .phase", "last");
        await Page.WaitForFunctionAsync("document.querySelector('#robustness .trajectories').data.length === 6");
        Assert.Equal("60", await Page.EvaluateAsync<string>("document.querySelector('#robustness .trajectories').data[0].x.filter(v => v != null).join()"));
        Assert.Equal("60", await Page.EvaluateAsync<string>("document.querySelector('#robustness .trajectories').data[0].y.filter(v => v != null).join()"));
        AssertQuiet();
    }

    [Fact]
    public async Task PointingAtAPointShowsItsCellEpochAndValues()
    {
        await OpenAsync(new SyntheticRun { Architectures = ["vgg"], Datasets = ["mnist"] }.Record());
        await Page.SelectOptionAsync("#robustness .phase", "last");
        await Page.Locator("#robustness .trajectories").ScrollIntoViewIfNeededAsync();
        var point = Page.Locator("#robustness .trajectories .points path").First;
        await point.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var box = (await point.BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        var label = Page.Locator("#robustness .trajectories .hoverlayer");
        await Assertions.Expect(label).ToContainTextAsync("vgg18 on MNIST, seed 0");
        var radius = SyntheticRun.Value("robustness/deepfool.relative-radius", Split.Test, 60, 0);
        await Assertions.Expect(label).ToContainTextAsync(FormattableString.Invariant($"epoch 60, terminal phase"));
        await Assertions.Expect(label).ToContainTextAsync(FormattableString.Invariant($"test images: {radius:0.####}"));
        AssertQuiet();
    }

    [Fact]
    public async Task TheWholeSchemeOfThePaperOpensWithEveryPanelReadable()
    {
        await OpenAsync(SyntheticPaper.Run(SyntheticQuantities.All).Record());
        Assert.Equal(21, await Page.Locator("[data-map='robustness'] td[data-pair]").CountAsync());
        Assert.StartsWith("Collapse and robustness go together as training goes on", await Page.InnerTextAsync("#finding-together"));
        await Page.Locator("#figure-1").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(Page.Locator("#figure-1 .panel[data-drawn]")).ToHaveCountAsync(21);
        AssertQuiet();
    }
}
