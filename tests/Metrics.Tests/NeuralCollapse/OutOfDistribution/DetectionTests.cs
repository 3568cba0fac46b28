using CsCheck;
using Harness.Metrics.NeuralCollapse.OutOfDistribution;

namespace Metrics.Tests.NeuralCollapse.OutOfDistribution;

public class DetectionTests
{
    // Whole numbers, so that there are ties.
    private static readonly Gen<double[]> Scores = Gen.Int[0, 20].Select(i => (double)i).Array[1, 60];

    [Fact]
    public void AurocIsTheShareOfPairsOrderedRightly() => Gen.Select(Scores, Scores).Sample((inside, outside) =>
        Assert.Equal(inside.Average(x => outside.Average(y => x > y ? 1 : x == y ? 0.5 : 0)), Detection.Of(inside, outside).Auroc, 1e-12));

    [Fact]
    public void TheThresholdLetsThroughAtLeast95InAHundredAndNoHigherOneDoes() => Gen.Select(Scores, Scores).Sample((inside, outside) =>
    {
        var threshold = inside.Where(t => inside.Count(x => x >= t) >= 0.95 * inside.Length).Max();
        Assert.Equal(outside.Average(y => y >= threshold ? 1.0 : 0), Detection.Of(inside, outside).FalsePositives, 1e-12);
    });

    [Fact]
    public void OnlyTheOrderOfScoresCounts() => Gen.Select(Scores, Scores).Sample((inside, outside) =>
        Assert.Equal(Detection.Of(inside, outside), Detection.Of([.. inside.Select(x => Math.Exp(x) - 3)], [.. outside.Select(x => Math.Exp(x) - 3)])));

    [Fact]
    public void TheErrorIsThatOfDeLong()
    {
        // Placements of 1, 3, 4 among 0, 2: 1/2, 1, 1; of 0 and 2 among 1, 3, 4: 1 and 2/3. Variances 1/12 and 1/18.
        var detection = Detection.Of([1, 3, 4], [0, 2]);
        Assert.Equal(5.0 / 6, detection.Auroc, 1e-12);
        Assert.Equal(Math.Sqrt(1.0 / 12 / 3 + 1.0 / 18 / 2), detection.AurocError!.Value, 1e-12);
        // All three of the classes' images are needed for 95 %: the threshold is 1, which 2 passes.
        Assert.Equal(0.5, detection.FalsePositives);
        Assert.Equal(Math.Sqrt(0.125), detection.FalsePositivesError, 1e-12);
    }

    [Fact]
    public void ScoresThatAreNoNumbersGiveNone()
    {
        var detection = Detection.Of([1, double.NaN], [0]);
        Assert.Equal((double.NaN, double.NaN), (detection.Auroc, detection.FalsePositives));
        Assert.Null(Detection.Of([1], [0, 2]).AurocError);
    }
}
