using Harness.Datasets;

namespace Harness.Tests.Datasets;

public class FittedDatasetTests
{
    private static readonly DataRoot NoData = new(null);

    [Fact]
    public void GreyBecomesThreeEqualChannels()
    {
        var original = new SmallSet(["a", "b"], new(1, 4, 4), 10);
        var pixels = Read(new FittedDataset(original, new(3, 4, 4)), 3);
        Assert.Equal([.. original.Image(3), .. original.Image(3), .. original.Image(3)], pixels);
    }

    [Fact]
    public void ColourBecomesItsLuma()
    {
        var original = new SmallSet(["a", "b"], new(3, 2, 2), 10);
        var image = original.Image(4);
        var expected = Enumerable.Range(0, 4).Select(i => (byte)Math.Round(0.299 * image[i] + 0.587 * image[4 + i] + 0.114 * image[8 + i], MidpointRounding.AwayFromZero));
        Assert.Equal([.. expected], Read(new FittedDataset(original, new(1, 2, 2)), 4));
    }

    [Fact]
    public void OfAnotherSizeItIsResizedFirst()
    {
        var original = new SmallSet(["a", "b"], new(1, 6, 9), 600);
        var set = new FittedDataset(original, new(3, 4, 4));
        var expected = new byte[16];
        new SquareResampler(original.Card.Shape, 4).Resample(original.Image(299), expected);
        Assert.Equal([.. expected, .. expected, .. expected], Read(set, 299));
        Assert.Equal((new ImageShape(3, 4, 4), null), (set.Card.Shape, set.Card.Standardisation));
    }

    [Fact]
    public void WithinAnOblongItIsASquareInTheMiddle()
    {
        var pixels = Read(new FittedDataset(new SmallSet(["a", "b"], new(1, 2, 2), 10), new(1, 2, 6)), 1);
        var image = new SmallSet(["a", "b"], new(1, 2, 2), 10).Image(1);
        Assert.Equal([0, 0, image[0], image[1], 0, 0, 0, 0, image[2], image[3], 0, 0], pixels);
    }

    [Fact]
    public void ManyReadAtOnceAreEachTheirOwn()
    {
        var original = new SmallSet(["a", "b"], new(1, 2, 2), 1400);
        using var images = new FittedDataset(original, new(3, 2, 2)).Open(Split.Test, NoData);
        int[] wanted = [.. Enumerable.Range(0, 700).Select(i => i * 3 % 700)];
        var pixels = new byte[wanted.Length * 12];
        images.Read(wanted, pixels);
        foreach (var (place, index) in wanted.Index()) Assert.Equal(original.Image(index), pixels[(12 * place)..(12 * place + 4)]);
    }

    [Fact]
    public void ItsContentIsNotThatOfTheSetItself()
    {
        var original = new SmallSet(["a", "b"], new(1, 4, 4), 10);
        string[] fingerprints = [original.Fingerprint(NoData), new FittedDataset(original, new(3, 4, 4)).Fingerprint(NoData), new FittedDataset(original, new(3, 8, 8)).Fingerprint(NoData)];
        Assert.Equal(3, fingerprints.Distinct().Count());
    }

    [Fact]
    public void TwoChannelsAreNotBroughtToThree() => Assert.Equal(
        "The images of Small have 2 channels and are to have 3; only grey (1) and colour (3) are brought to each other.",
        Assert.Throws<PluginOptionException>(() => new FittedDataset(new SmallSet(["a", "b"], new(2, 4, 4), 10), new(3, 4, 4))).Message);

    private static byte[] Read(FittedDataset set, int index)
    {
        using var images = set.Open(Split.Test, NoData);
        var pixels = new byte[images.Shape.Bytes];
        Array.Fill(pixels, (byte)77);
        images.Read([index], pixels);
        return pixels;
    }
}
