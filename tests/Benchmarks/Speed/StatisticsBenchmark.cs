using Harness;
using Harness.Measuring;
using Harness.Metrics.NeuralCollapse;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>NC1 to NC4 from features that are there, beside a float32 and a float64 matrix product of N x p with p x C, which is as many operations as projecting takes.</summary>
internal static class StatisticsBenchmark
{
    public static void Run(int rounds)
    {
        foreach (var (n, c, p) in new[] { (50_000, 10, 512), (50_000, 100, 512), (5_000, 10, 512), (50_000, 10, 4096) })
        {
            using var scope = NewDisposeScope();
            manual_seed(1);
            var labels = arange(n, ScalarType.Int64).remainder(c);
            var features = randn(c, p).index_select(0, labels).add_(randn(n, p), 0.1);
            var (weight, bias) = (randn(c, p, ScalarType.Float64), zeros(c, ScalarType.Float64));
            var few = arange(10 * c, ScalarType.Int64);
            var (narrow, wide) = (randn(p, c), randn(p, c, ScalarType.Float64));
            var widened = features.to(ScalarType.Float64);
            var contest = new Contest();
            contest.Add("matrix product, float32", () => features.mm(narrow).Dispose());
            contest.Add("matrix product, float64", () => widened.mm(wide).Dispose());
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
            contest.Run($"N {n}, C {c}, p {p}", rounds, 1, "passes");
        }
    }

    private static CollectedFeatures Set(Tensor features, Tensor labels, int classes) => new(features.alias(), zeros(features.shape[0], classes), labels.alias());
}
