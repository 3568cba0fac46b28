using System.Text.RegularExpressions;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting.Cells;

public class CellDataTests
{
    [Fact]
    public void EveryCellOfTheMatrixHasItsOwnIslandAndOthersHaveNone()
    {
        var page = Views.Page(new SyntheticRun { SweptRates = [0.01, 0.1], Finished = 4 }.Record());
        Assert.Equal(2, Islands(page).Count);
        var cell = Island.Of(page, Islands(page)[0]);
        Assert.Equal(60, cell.GetProperty("training").GetProperty("loss").GetArrayLength());
        Assert.Equal(0.05, cell.GetProperty("training").GetProperty("rate")[0].GetDouble());
    }

    [Fact]
    public void ThePapersMatrixWithPicturesAndCurvesStaysBelowEightMegabytes()
    {
        var record = new SyntheticRun
        {
            Datasets = ["mnist", "fashion-mnist", "cifar10", "cifar100", "svhn", "stl10", "imagenet"],
            Seeds = 3,
            Epochs = 350,
            MeasuredEpochs = [.. Enumerable.Range(1, 49).Select(i => i * 7), 350],
        }.Record();
        record = record with { Cells = [.. record.Cells.Select((cell, place) => cell with { Measurements = [.. cell.Measurements, .. Large(place, cell.Spec.Dataset.Label)] })] };
        Assert.Equal(63, record.Cells.Count);
        var page = Views.Page(record);
        Assert.InRange(page.Length, 1_000_000, 8_000_000);
        var shown = Islands(page).Select(id => Island.Of(page, id)).ToArray();
        Assert.Equal(21, shown.Count(cell => cell.TryGetProperty("pictures", out _)));
        Assert.Equal(42, shown.Count(cell => cell.TryGetProperty("elsewhere", out _)));
        Assert.All(shown, cell => Assert.Equal(350, cell.GetProperty("curves")[0].GetProperty("epochs").EnumerateArray().Last().GetInt32()));
    }

    /// <summary>Noise, which nothing packs: what a cell measures beside its scalars.</summary>
    private static IEnumerable<Measurement> Large(int place, string dataset)
    {
        var random = new Random(place);
        var side = dataset switch { "imagenet" => 224, "stl10" => 96, _ => 32 };
        var classes = dataset switch { "cifar100" => 100, "imagenet" => 256, _ => 10 };
        foreach (var epoch in Enumerable.Range(1, 50).Select(i => i * 7))
        {
            yield return new(epoch, "margins", "normalised", Split.Train, X: [.. Enumerable.Range(0, 101).Select(i => i / 100.0)], Y: [.. Enumerable.Range(0, 101).Select(_ => random.NextDouble())]);
            if (epoch is not (21 or 350)) continue;
            yield return new(epoch, "generalization", "confusion", Split.Test, Matrix: new("true class", "predicted class",
                [.. Enumerable.Range(0, classes).Select(i => Enumerable.Range(0, classes).Select(j => i == j ? 90.0 + random.Next(10) : random.Next(20) == 0 ? 1 : 0).ToArray())]));
            yield return new(epoch, "robustness", "deepfool.examples", Split.Test, Pictures: [.. Enumerable.Range(0, side > 200 ? 2 : 4).Select(_ => new PictureRow("row", [Noise(), Noise(), Noise()]))]);
        }

        Picture Noise()
        {
            var pixels = new byte[3 * side * side];
            random.NextBytes(pixels);
            return new("noise", new(3, side, side), pixels);
        }
    }

    private static List<string> Islands(string page) => [.. Regex.Matches(page, "id=\"(cell-data-[0-9]+)\"").Select(m => m.Groups[1].Value)];
}
