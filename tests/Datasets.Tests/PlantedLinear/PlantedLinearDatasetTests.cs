using System.Security.Cryptography;
using CsCheck;
using Harness;
using Harness.Datasets.PlantedLinear;

namespace Datasets.Tests.PlantedLinear;

public class PlantedLinearDatasetTests
{
    private const int Margin = 77;

    private static readonly DataRoot NoData = new(null);
    private static readonly Gen<PlantedLinearOptions> Options = Gen.Select(Gen.Bool, Gen.Int[1, 5], Gen.Int[1, 5], Gen.Long).Select((separable, side, images, seed) =>
        new PlantedLinearOptions { Separable = separable, Side = 2 * side, TrainImages = 20 * images, TestImages = 20, Seed = seed });

    [Fact]
    public void ImagesAreTheSameBytesOnEveryMachine()
    {
        using var images = new PlantedLinearDataset(new() { Separable = false }).Open(Split.Train, NoData);
        var pixels = new byte[80 * 16];
        images.Read([.. Enumerable.Range(0, 80)], pixels);
        Assert.Equal("7ac88f61fb8a9096c5f08b73a4c133260710f7433bd6c1efa1dc7abda2ab98bb", Convert.ToHexStringLower(SHA256.HashData(pixels)));
    }

    [Fact]
    public void NoDirectionHasALargerMarginThanThePattern() => Options.Sample(options =>
    {
        var plant = new Plant(options);
        var pattern = plant.Pattern;
        var separable = Planted(options, Split.Train).Where(z => Dot(z, pattern) != 0).ToList();
        Assert.Equal(options.Separable ? options.TrainImages : options.TrainImages * 4 / 5, separable.Count);
        // Every one has at least the margin along the pattern, and a couple's thirds and two thirds make exactly the margin in its direction: the hull's nearest point to 0.
        Assert.Equal(Margin * plant.Dimension, separable.Min(z => Dot(z, pattern)));
        foreach (var couple in separable.Chunk(4))
            Assert.Equal(pattern.Select(s => 3 * Margin * s), couple[0].Zip(couple[1], (a, b) => a + 2 * b));
        Assert.Equal(separable.Min(z => Dot(z, pattern)) / Math.Sqrt(plant.Dimension) / 255, plant.Margin, 1e-12);
    }, iter: 50);

    [Fact]
    public void TheOthersLieOnALineAcrossThePatternAtThreeToOne() => Options.Select(o => o with { Separable = false }).Sample(options =>
    {
        var plant = new Plant(options);
        Assert.Equal(0, Dot(plant.Line, plant.Pattern));
        using var images = new PlantedLinearDataset(options).Open(Split.Train, NoData);
        var others = Planted(options, Split.Train).Index().Where(z => Dot(z.Item, plant.Pattern) == 0).ToList();
        Assert.All(others, z => Assert.Contains(z.Item, (int[][])[[.. plant.Line.Select(p => 153 * p)], [.. plant.Line.Select(p => -153 * p)]]));
        var with = others.Count(z => Dot(z.Item, plant.Line) > 0);
        Assert.Equal((3 * options.TrainImages / 20, options.TrainImages / 20), (with, others.Count - with));
        Assert.Equal(2, others.Select(z => images.Labels[z.Index]).Distinct().Count());
        // The slope of the logistic risk along the line is 0 where a share of 3/4 is predicted for its longer end.
        Assert.Equal(0.75, 1 / (1 + Math.Exp(-plant.Offset * plant.Dimension * 153 / 255)), 1e-12);
    }, iter: 50);

    [Fact]
    public void ClassesAreBalancedAndSplitsDiffer() => Options.Sample(options =>
    {
        var set = new PlantedLinearDataset(options);
        foreach (var split in Enum.GetValues<Split>())
        {
            using var images = set.Open(split, NoData);
            Assert.Equal(images.Labels.Count / 2, images.Labels.Sum());
        }
        Assert.NotEqual(Planted(options, Split.Train)[0], Planted(options, Split.Test)[0]);
        Assert.Equal(set.Fingerprint(NoData), new PlantedLinearDataset(options).Fingerprint(NoData));
        Assert.NotEqual(set.Fingerprint(NoData), new PlantedLinearDataset(options with { Separable = !options.Separable }).Fingerprint(NoData));
    }, iter: 20);

    [Theory]
    [InlineData(3, 80, 40, "side")]
    [InlineData(4, 30, 40, "trainImages")]
    [InlineData(4, 80, 41, "testImages")]
    public void WhatWouldBreakThePlantIsRefused(int side, int train, int test, string option) =>
        Assert.Equal(option, Assert.Throws<PluginOptionException>(() => new PlantedLinearDataset(new() { Side = side, TrainImages = train, TestImages = test })).Option);

    /// <summary>z in levels of 1/255, from the bytes as a network gets them.</summary>
    private static IReadOnlyList<int[]> Planted(PlantedLinearOptions options, Split split)
    {
        using var images = new PlantedLinearDataset(options).Open(split, NoData);
        var pixels = new byte[images.Labels.Count * images.Shape.Bytes];
        images.Read([.. Enumerable.Range(0, images.Labels.Count)], pixels);
        return [.. pixels.Chunk(images.Shape.Bytes).Select((image, i) => image.Select(b => (2 * b - 255) * (2 * images.Labels[i] - 1)).ToArray())];
    }

    private static int Dot(int[] a, int[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
