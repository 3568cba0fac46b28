using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using CsCheck;
using Harness;
using Harness.Datasets.Glyphs;

namespace Datasets.Tests.Glyphs;

public class GlyphsDatasetTests
{
    private static readonly DataRoot NoData = new(null);
    private static readonly GlyphsOptions Default = new();
    private static readonly GlyphsOptions Calligraphy = new() { NibContrast = 0.7, MinThickness = 1.3, MaxThickness = 2.6, Seed = 1 };
    private static readonly GlyphsOptions Still = new() { Warp = 0, Elastic = 0, MaxCrumbs = 0, Noise = 0, MinThickness = 2, MaxThickness = 2 };

    [Theory]
    [InlineData(false, Split.Train, "8a56a93db42bacdc78d9303bc4ee860e477a001dd530521cc43310a55b1426c0")]
    [InlineData(false, Split.Test, "40ed8b84e32132a18b861f87b9c76eeee45cfdb8b16284350ced1d468185589d")]
    [InlineData(true, Split.Train, "bcd0bd1ef7b2e6a8d5945ac64cced945c717926ba30e5c5a8e059785e73aefff")]
    public void FirstImagesAreTheSameBytesOnEveryMachine(bool calligraphy, Split split, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Read(calligraphy ? Calligraphy : Default, split, [.. Enumerable.Range(0, 50)]))));

    [Fact]
    public void AnImageDependsOnNothingButSeedSplitAndIndex()
    {
        var few = new GlyphsOptions { TrainImagesPerClass = 4 };
        Gen.Int[0, 39].Array[1, 6].Sample(indices => Read(few, Split.Train, indices)
            .SequenceEqual(indices.SelectMany(index => Read(Default, Split.Train, [index]))), iter: 50);
    }

    [Fact]
    public void SplitsAndSeedsShareNoImage()
    {
        var all = new[] { (Default, Split.Train), (Default, Split.Test), (Default with { Seed = 1 }, Split.Train), (Default with { Seed = -1 }, Split.Train) }
            .SelectMany(source => Read(source.Item1, source.Item2, [.. Enumerable.Range(0, 100)]).Chunk(28 * 28))
            .Select(Convert.ToHexString)
            .ToList();
        Assert.Equal(400, all.Distinct().Count());
    }

    [Fact]
    public void SplitsAreBalancedAndAsLargeAsTheCardSays()
    {
        var dataset = new GlyphsDataset(new() { TrainImagesPerClass = 7, TestImagesPerClass = 3 });
        foreach (var (split, count, perClass) in new[] { (Split.Train, dataset.Card.TrainCount, 7), (Split.Test, dataset.Card.TestCount, 3) })
        {
            using var images = dataset.Open(split, NoData);
            Assert.Equal(count, images.Labels.Count);
            Assert.All(Enumerable.Range(0, dataset.Card.ClassNames.Count), label => Assert.Equal(perClass, images.Labels.Count(other => other == label)));
        }
        Assert.Equal(10, dataset.Card.ClassNames.Distinct().Count());
    }

    [Fact]
    public void FingerprintNamesEveryOption()
    {
        GlyphsOptions[] changes =
        [
            Default,
            Default with { TrainImagesPerClass = 1 },
            Default with { TestImagesPerClass = 1 },
            Default with { Warp = 0.1 },
            Default with { Elastic = 0.1 },
            Default with { MinThickness = 1.1 },
            Default with { MaxThickness = 5.1 },
            Default with { NibContrast = 0.1 },
            Default with { MaxCrumbs = 1 },
            Default with { Noise = 0.1 },
            Default with { Seed = 5 },
        ];
        Assert.Equal(1 + typeof(GlyphsOptions).GetProperties().Length, changes.Length);
        Assert.Equal(changes.Length, changes.Select(options => new GlyphsDataset(options).Fingerprint(NoData)).Distinct().Count());
        Assert.Equal(new GlyphsDataset(Default).Fingerprint(NoData), new GlyphsDataset(new()).Fingerprint(NoData));
    }

    [Fact]
    public void RefusesABroadestPenFinerThanTheFinest()
    {
        var refused = Assert.Throws<PluginOptionException>(() => new GlyphsDataset(Default with { MinThickness = 2.5, MaxThickness = 1.5 }));
        Assert.Equal("maxThickness", refused.Option);
        Assert.Equal("maxThickness is 1.5 and must be at least minThickness, which is 2.5.", refused.Message);
    }

    [Fact]
    public void DefaultsLieWithinTheirRanges() => Validator.ValidateObject(Default, new(Default), validateAllProperties: true);

    [Fact]
    public void EveryOptionWithinItsRangeGivesAnImage()
    {
        var options = Gen.Select(Gen.Double[0, 2], Gen.Double[0, 4], Gen.Double[0.5, 6], Gen.Double[0, 0.9], Gen.Int[0, 8], Gen.Double[0, 64], Gen.Long)
            .Select((warp, elastic, thickness, nib, crumbs, noise, seed) => new GlyphsOptions
            {
                Warp = warp,
                Elastic = elastic,
                MinThickness = thickness,
                MaxThickness = 6,
                NibContrast = nib,
                MaxCrumbs = crumbs,
                Noise = noise,
                Seed = seed,
            });
        options.Sample(drawn => Read(drawn, Split.Train, [.. Enumerable.Range(0, 10)]).Chunk(28 * 28).All(image => image.Max() > 60), iter: 200);
    }

    [Fact]
    public void WithoutVariationEachClassIsOneImageAndNoTwoClassesAreAlike()
    {
        // Only the level of ink is left to vary; dividing by the brightest pixel takes it out.
        double[][] images = [.. Read(Still, Split.Train, [.. Enumerable.Range(0, 20)]).Chunk(28 * 28).Select(image => Array.ConvertAll(image, level => level / (double)image.Max()))];
        for (var a = 0; a < 10; a++)
        {
            Assert.InRange(Different(images[a], images[a + 10]), 0, 0);
            for (var b = 0; b < a; b++) Assert.InRange(Different(images[a], images[b]), 9, 784);
        }

        static int Different(double[] a, double[] b) => a.Zip(b).Count(pair => Math.Abs(pair.First - pair.Second) > 0.5);
    }

    [Fact]
    public void ANearestNeighbourLearnsMuchAndNotAll()
    {
        var train = Read(Default, Split.Train, [.. Enumerable.Range(0, 1000)]).Chunk(28 * 28).ToArray();
        var test = Read(Default, Split.Test, [.. Enumerable.Range(0, 300)]).Chunk(28 * 28).ToArray();
        var errors = test.Where((image, i) => Nearest(image) % 10 != i % 10).Count();
        Assert.InRange(errors / (double)test.Length, 0.05, 0.5);

        int Nearest(byte[] image) => Enumerable.Range(0, train.Length).MinBy(i => SquaredDistance(image, train[i]));
    }

    private static int SquaredDistance(byte[] a, byte[] b)
    {
        var sum = 0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static byte[] Read(GlyphsOptions options, Split split, int[] indices)
    {
        using var images = new GlyphsDataset(options).Open(split, NoData);
        var pixels = new byte[indices.Length * images.Shape.Bytes];
        images.Read(indices, pixels);
        return pixels;
    }
}
