using System.Buffers.Binary;
using System.Xml.Linq;
using Harness.Reporting.Figures;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting.Figures;

public sealed class FigureFilesTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void EveryFigureIsAnSvgOfAllPanelsAndAPngOfThreeTimesItsSize()
    {
        var run = Save(new() { Architectures = ["vgg", "<script>&"], Seeds = 2, Failures = new Dictionary<int, Outcome> { [0] = Outcome.Diverged } });
        var (written, withoutPng) = FigureFiles.Write(run, scratch["figures"]);
        Assert.Null(withoutPng);
        Assert.Equal(18, written.Count);
        Assert.Contains(scratch["figures", "figure-06-nc1-within-class-variability-collapses.svg"], written);
        Assert.All(written.Where(f => f.EndsWith(".svg", StringComparison.Ordinal)), file =>
        {
            var svg = XDocument.Load(file).Root!;
            Assert.Equal(4, svg.Elements().Count(e => e.Name.LocalName == "g" && e.Attribute("transform") is not null));
            Assert.Contains("<script>&18", svg.Descendants().Select(e => e.Value));
            var png = File.ReadAllBytes(Path.ChangeExtension(file, ".png"));
            Assert.Equal(3 * (double)svg.Attribute("width")!, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), 3.0);
            Assert.Equal(3 * (double)svg.Attribute("height")!, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), 3.0);
        });
    }

    [Fact]
    public void LinesGoThroughTheNumbers()
    {
        var run = Save(new() { Architectures = ["vgg"], Datasets = ["mnist"] });
        FigureFiles.Write(run, scratch["figures"]);
        var svg = XDocument.Load(scratch["figures", "figure-06-nc1-within-class-variability-collapses.svg"]);
        var line = svg.Descendants().First(e => (string?)e.Attribute("stroke-width") == "1.5").Attribute("d")!.Value;
        var heights = line[1..].Split('L').Select(p => double.Parse(p.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var values = run.Read().Cells[0].Measurements.Where(m => m.Quantity == "nc1" && m.Split == Split.Train).Select(m => Math.Log(m.Value!.Value)).ToArray();
        Assert.Equal(values.Length, heights.Length);
        // Heights are an affine function of the logarithms, to the tenth of a unit they are written to.
        var slope = (heights[^1] - heights[0]) / (values[^1] - values[0]);
        Assert.All(values.Zip(heights), p => Assert.Equal(heights[0] + (slope * (p.First - values[0])), p.Second, 0.2));
    }

    [Fact]
    public void NothingMeasuredIsNothingWritten() => Assert.Empty(FigureFiles.Write(Save(new() { Finished = 0 }), scratch["figures"]).Written);

    private RunFolder Save(SyntheticRun synthetic)
    {
        var run = new RunFolder(scratch["run"]);
        SyntheticRun.Save(synthetic.Record(), run);
        return run;
    }
}
