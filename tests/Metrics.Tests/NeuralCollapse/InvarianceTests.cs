using CsCheck;
using Harness;
using Harness.Metrics.NeuralCollapse;
using Harness.Results;

namespace Metrics.Tests.NeuralCollapse;

public class InvarianceTests
{
    private const int Dimension = 8;

    private static readonly Gen<FeatureFixture> Fixtures =
        Gen.Select(Gen.ULong, Gen.Int[2, 9], Gen.Int[1, 6]).Select((seed, classes, perClass) => FeatureFixture.Random(new Seed(seed), classes, Dimension, perClass));

    [Fact]
    public void RotatingFeaturesAndHeadChangesNothing() =>
        // A Hadamard matrix with rows permuted and signs flipped: a rotation times √8, exact on whole numbers.
        Gen.Select(Fixtures, Gen.ULong).Sample((fixture, seed) =>
        {
            var random = new Seed(seed).Random();
            var order = random.Permutation(Dimension);
            var signs = Enumerable.Range(0, Dimension).Select(_ => 1 - 2 * random.Next(2)).ToArray();
            double[] Rotate(double[] h) =>
                [.. order.Select(i => h.Select((x, j) => x * signs[j] * (1 - 2 * (System.Numerics.BitOperations.PopCount((uint)(i & j)) % 2))).Sum())];
            var rotated = fixture.Map(Rotate, Rotate) with { Bias = [.. fixture.Bias.Select(b => b * Dimension)] };
            Same(Measure(fixture), Measure(rotated), Math.Sqrt(Dimension), Math.Sqrt(Dimension));
        }, iter: 60);

    [Fact]
    public void ScalingFeaturesAndHeadApartChangesNothing() =>
        Gen.Select(Fixtures, Gen.Int[-20, 20], Gen.Int[-20, 20]).Sample((fixture, i, j) =>
        {
            var scaled = fixture.Map(h => [.. h.Select(x => x * Math.ScaleB(1, i))], w => [.. w.Select(x => x * Math.ScaleB(1, j))]);
            Same(Measure(fixture), Measure(scaled with { Bias = [.. fixture.Bias.Select(b => b * Math.ScaleB(1, i + j))] }), Math.ScaleB(1, i), Math.ScaleB(1, j));
        }, iter: 60);

    [Fact]
    public void RelabellingClassesChangesNothing() =>
        Gen.Select(Fixtures, Gen.ULong).Sample((fixture, seed) =>
        {
            var to = new Seed(seed).Random().Permutation(fixture.Classes);
            var weight = new double[fixture.Classes][];
            var bias = new double[fixture.Classes];
            for (var c = 0; c < fixture.Classes; c++) (weight[to[c]], bias[to[c]]) = (fixture.Weight[c], fixture.Bias[c]);
            Same(Measure(fixture), Measure(fixture with
            {
                Weight = weight,
                Bias = bias,
                TrainLabels = [.. fixture.TrainLabels.Select(l => (long)to[l])],
                TestLabels = [.. fixture.TestLabels.Select(l => (long)to[l])],
            }));
        }, iter: 60);

    [Fact]
    public void RepeatingTheImagesOfOneClassChangesNothing() =>
        // Averages are within classes first, so a class weighs the same however many images it has; a share of images counts each.
        Fixtures.Sample(fixture =>
        {
            var first = Enumerable.Range(0, fixture.Train.Length).Where(i => fixture.TrainLabels[i] == 0).ToArray();
            Same(OfClasses(fixture), OfClasses(fixture with
            {
                Train = [.. fixture.Train, .. first.Select(i => fixture.Train[i])],
                TrainLabels = [.. fixture.TrainLabels, .. first.Select(_ => 0L)],
            }));
        }, iter: 60);

    [Fact]
    public void Nc1IsUnchangedByAnyInvertibleMapWhereTheMeansSpanTheSpace() =>
        Gen.Select(Gen.ULong, Gen.Int[-3, 3].Array[3]).Sample((seed, below) =>
        {
            // A unit lower triangular matrix in three dimensions with five classes: Σ_B has full rank, and Σ_W Σ_B⁻¹ only changes its basis.
            var fixture = FeatureFixture.Random(new Seed(seed), 5, 3);
            var mapped = fixture.Map(h => [h[0], h[1] + below[0] * h[0], h[2] + below[1] * h[0] + below[2] * h[1]], w => w);
            var (before, after) = (Measure(fixture).Value("nc1", Split.Train), Measure(mapped).Value("nc1", Split.Train));
            Assert.Equal(before, after, 1e-7 * before);
        }, iter: 60);

    private static IReadOnlyList<Measurement> Measure(FeatureFixture fixture) => Collected.Of(new NeuralCollapseMetric(), fixture);

    private static IReadOnlyList<Measurement> OfClasses(FeatureFixture fixture) =>
        [.. Measure(fixture).Where(m => (m.Quantity, m.Split) != ("nearest-class-centre", Split.Train))];

    /// <summary>Equal, but for lengths, which scale as what they are lengths of.</summary>
    private static void Same(IReadOnlyList<Measurement> before, IReadOnlyList<Measurement> after, double features = 1, double weights = 1)
    {
        Assert.Equal(before.Count, after.Count);
        foreach (var (a, b) in before.Zip(after))
        {
            var expected = a.Value!.Value * a.Quantity switch
            {
                "norm.classifiers" => weights,
                "bias-collapse" => features * weights,
                var name when name.StartsWith("norm.", StringComparison.Ordinal) => features,
                _ => 1,
            };
            Assert.True(Math.Abs(expected - b.Value!.Value) <= 1e-9 * Math.Abs(expected) + 1e-12, $"{a.Quantity} was to be {expected}, and is {b.Value}.");
        }
    }
}
