using Harness.Manifests;
using Harness.Images;
using static TorchSharp.torch;

namespace Harness.Tests.Images;

public class ImageLoaderTests
{
    [Fact]
    public void PadsWithBlackAroundTheCentre()
    {
        using var images = Load(new() { PadTo = 6 }, out _);
        Assert.Equal(new ImageShape(2, 6, 6), images.Shape);
        using var scope = NewDisposeScope();
        var pixels = images.Pixels([0]);
        Assert.Equal(0, pixels.narrow(2, 0, 2).abs().sum().item<float>());
        var (width, left) = (3, 1);
        var inside = pixels.narrow(2, 2, 2).narrow(3, left, width).contiguous();
        Assert.Equal([.. Numbers.PixelsOf(0).Select(b => b / 255f)], inside.data<float>().ToArray());
        Assert.Equal(inside.sum().item<float>(), pixels.sum().item<float>(), 1e-4f);
    }

    [Fact]
    public void ComputesTheConstantsOfEachChannelFromTheImagesUsed()
    {
        using var images = Load(new() { TrainPerClass = 2, PadTo = 6 }, out var constants);
        using var scope = NewDisposeScope();
        // Independently, in float64 over the unpadded part.
        var pixels = images.Pixels([0, 1, 2, 3]).narrow(2, 2, 2).narrow(3, 1, 3).to(ScalarType.Float64);
        for (var c = 0; c < 2; c++)
        {
            var channel = pixels.select(1, c);
            Assert.Equal(channel.mean().item<double>(), constants.Mean[c], 1e-7);
            Assert.Equal(channel.std(unbiased: false).item<double>(), constants.Deviation[c], 1e-7);
        }
    }

    [Fact]
    public void KeepsLabelsWithTheirImages()
    {
        using var images = Load(new() { TrainPerClass = 2 }, out _);
        using var scope = NewDisposeScope();
        for (var i = 0; i < images.Count; i++)
            // The first pixel of image k is k, its label k % 2.
            Assert.Equal((int)Math.Round(images.Pixels([i]).flatten()[0].item<float>() * 255) % 2, images.Labels[i]);
    }

    [Fact]
    public void SaysWhichDataSetHasTooFew()
    {
        var error = Assert.Throws<DatasetException>(() => Load(new() { TrainPerClass = 99 }, out _));
        Assert.Equal("Numbers, train images: Class 0 has 5 images, but 99 of each class are asked for.", error.Message);
    }

    private static CellImages Load(SubsampleOptions options, out Standardisation constants) =>
        new ImageLoader(new Numbers(), new() { Label = "numbers", Plugin = "numbers", Options = [], Subsample = options }, "", new(null), Assert.Fail)
            .Load(Split.Train, CPU, ImagePlacement.Auto, CancellationToken.None, out constants);

    /// <summary>Ten images of 2 channels, 2 x 3 pixels; image k starts with the byte k.</summary>
    private sealed class Numbers : IDataset
    {
        public DatasetCard Card { get; } = new()
        {
            Title = "Numbers",
            ClassNames = ["even", "odd"],
            Shape = new(2, 2, 3),
            TrainCount = 10,
            TestCount = 10,
            Licence = "none",
            Citation = "none",
        };

        public static byte[] PixelsOf(int image) => [(byte)image, .. Enumerable.Range(1, 11).Select(i => (byte)(i * 20 + image))];

        public string Fingerprint(DataRoot data) => "numbers";

        public ImageSource Open(Split split, DataRoot data) => new Source();

        private sealed class Source : ImageSource
        {
            public override ImageShape Shape => new(2, 2, 3);

            public override IReadOnlyList<int> Labels { get; } = [.. Enumerable.Range(0, 10).Select(i => i % 2)];

            public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
            {
                for (var i = 0; i < indices.Length; i++) PixelsOf(indices[i]).CopyTo(pixels[(i * Shape.Bytes)..]);
            }
        }
    }
}
