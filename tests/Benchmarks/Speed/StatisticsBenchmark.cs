using Harness;
using Harness.Measuring;
using Harness.Metrics.NeuralCollapse;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>
/// NC1 to NC4 from features that are there, beside one matrix product of as many floating-point operations in float32 and in float64. The definitions take 2Np(C − 1) to
/// project on the directions of the means, 2NpC to compare with the centres, and Np, 2Np and 3Np for means, lengths and squared deviations: (2C + 2) x p times p x N, the quicker order.
/// </summary>
internal static class StatisticsBenchmark
{
    public static void Run(int rounds)
    {
        foreach (var (n, c, p) in new[] { (50_000, 10, 512), (50_000, 100, 512), (5_000, 10, 512), (10_000, 10, 4096) })
        {
            using var scope = NewDisposeScope();
            manual_seed(1);
            var labels = arange(n, ScalarType.Int64).remainder(c);
            var features = randn(c, p).index_select(0, labels).add_(randn(n, p), 0.1);
            var (weight, bias) = (randn(c, p, ScalarType.Float64), zeros(c, ScalarType.Float64));
            var few = arange(10 * c, ScalarType.Int64);
            var columns = 2 * c + 2;
            var (narrow, wide) = (randn(columns, p), randn(columns, p, ScalarType.Float64));
            var widened = features.to(ScalarType.Float64);
            var contest = new Contest();
            contest.Add("matrix product, float32", () => narrow.mm(features.t()).Dispose());
            contest.Add("matrix product, float64", () => wide.mm(widened.t()).Dispose());
            contest.Add("class means", () =>
            {
                using var set = Set(features, labels, c);
                _ = set.Statistics;
            });
            contest.Add("all of neural-collapse", () =>
            {
                using var snapshot = new EpochSnapshot(
                    new(weight.alias(), bias.alias()),
                    new Dictionary<Split, CollectedFeatures> { [Split.Train] = Set(features, labels, c), [Split.Test] = Set(features.index_select(0, few), labels.index_select(0, few), c) },
                    new Seed(1), CancellationToken.None);
                new MetricRunner(measured => { if (measured.Error is not null) throw new InvalidOperationException(measured.Error); }, Console.Error.WriteLine)
                    .Run(snapshot, [("neural-collapse", new NeuralCollapseMetric())]);
            });
            var took = contest.Run($"N {n}, C {c}, p {p}", rounds, 1, "passes");
            Bar.Say("all of neural-collapse against the float64 product", took, "matrix product, float64", "all of neural-collapse", 0.5);
            Bar.Say("all of neural-collapse against the float32 product", took, "matrix product, float32", "all of neural-collapse", null);
            if ((n, c, p) == (50_000, 10, 512)) Bar.Within("all of neural-collapse", took["all of neural-collapse"].Processor, 0.15);
        }
    }

    private static CollectedFeatures Set(Tensor features, Tensor labels, int classes) => new(features.alias(), zeros(features.shape[0], classes), labels.alias());
}
