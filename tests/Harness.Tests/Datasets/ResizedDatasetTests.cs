using Harness.Datasets;
using Harness.Images;
using Harness.Manifests;
using static TorchSharp.torch;

namespace Harness.Tests.Datasets;

public class ResizedDatasetTests
{
    private static readonly DataRoot NoData = new(null);
    private static readonly SmallSet Original = new(["ant", "bee", "cow"], new(2, 6, 9), 600);

    [Fact]
    public void EveryImageOfALargeReadIsThatImageResized()
    {
        var set = new ResizedDataset(Original, 4);
        Assert.Equal(new ImageShape(2, 4, 4), set.Card.Shape);
        using var images = set.Open(Split.Train, NoData);
        Assert.Equal([.. Enumerable.Range(0, 600).Select(i => i % 3)], images.Labels);
        var wanted = Enumerable.Range(0, 600).Select(i => i * 7 % 600).ToArray();
        var pixels = new byte[wanted.Length * images.Shape.Bytes];
        images.Read(wanted, pixels);
        var resampler = new SquareResampler(Original.Card.Shape, 4);
        foreach (var (place, index) in wanted.Index())
        {
            var expected = new byte[images.Shape.Bytes];
            resampler.Resample(Original.Image(index), expected);
            Assert.Equal(expected, pixels[(place * expected.Length)..((place + 1) * expected.Length)]);
        }
    }

    [Fact]
    public void ClassesSizeSubsampleAndPaddingGoTogether()
    {
        var options = new SubsampleOptions { Classes = ClassSelection.Of("cow", "ant"), ImageSize = 4, TrainPerClass = 5, PadTo = 6 };
        var set = DatasetInUse.Of(Original, options);
        Assert.Same(Original.Card.Standardisation, set.Card.Standardisation);
        var use = new DatasetUse { Label = "small", Plugin = "small", Options = [], Subsample = options };
        using var images = new ImageLoader(set, use, "", NoData, Assert.Fail).Load(Split.Train, CPU, ImagePlacement.Auto, CancellationToken.None, out var standardisation);
        Assert.Same(Original.Card.Standardisation, standardisation);
        Assert.Equal(new ImageShape(2, 6, 6), images.Shape);
        Assert.Equal([5, 5], images.Labels.CountBy(l => l).OrderBy(l => l.Key).Select(l => l.Value));
        using var scope = NewDisposeScope();
        var pixels = images.Pixels([0]);
        Assert.Equal(0, pixels.narrow(2, 0, 1).abs().sum().item<float>());
        Assert.True(pixels.narrow(2, 1, 4).narrow(3, 1, 4).sum().item<float>() > 0);
    }

    [Fact]
    public void NothingAskedForIsTheSetItself() => Assert.Same(Original, DatasetInUse.Of(Original, new() { TrainPerClass = 3, PadTo = 32 }));
}
