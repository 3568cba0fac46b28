using Harness;
using Harness.Images;
using Harness.Measuring;
using Harness.Metrics.Robustness;
using Harness.Training;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>The robustness metric on 100 images at once, beside the loop over single images and single candidates that the attack is usually written as.</summary>
internal static class DeepFoolBenchmark
{
    private const int Count = 100;
    private const int Few = 20;
    private const string OneByOne = "one image at a time";
    private const string AtOnce = "all at once";

    public static void Run(string[] nets, int rounds)
    {
        foreach (var name in nets)
        {
            using var scope = NewDisposeScope();
            manual_seed(1);
            var (architecture, input) = Networks.All[name];
            var bytes = randint(0, 256, [Count, input.Channels, input.Height, input.Width], ScalarType.Byte);
            int[] labels = [.. Enumerable.Range(0, Count).Select(i => i % Networks.Classes)];
            var all = new ResidentImages(bytes, labels);
            var network = new PixelNetwork(architecture.Build(input, Networks.Classes), new([0.5], [0.25]), all, all, CPU, new CellActivity());
            using (new FlatSgd(network.Classifier, 0.9, 0, channelsLast: true))
            {
                // An attack wants the gradients of pixels alone; the metric sees to that itself.
                foreach (var parameter in network.Classifier.parameters()) parameter.requires_grad = false;
                var contest = new Contest();
                contest.Add(OneByOne, () =>
                {
                    var took = Seconds.Of(() => PlainDeepFool.Run(network, all.Pixels([.. Enumerable.Range(0, Few)])));
                    return new(took.Wall * Count / Few, took.Processor * Count / Few);
                });
                contest.Add(AtOnce, () => Attack(network));
                var result = contest.Run($"{name}: DeepFool on {Count} images; one at a time on {Few} of them, times {Count / Few}", rounds, Count, "images");
                Bar.Say("all at once against one at a time", result, OneByOne, AtOnce, 5);
            }
        }
    }

    private static void Attack(PixelNetwork network)
    {
        using var snapshot = new EpochSnapshot(network, 1, Networks.Classes, new Seed(1), CPU, CancellationToken.None);
        new MetricRunner(measured => { if (measured.Error is not null) throw new InvalidOperationException(measured.Error); }, Console.Error.WriteLine)
            .Run(snapshot, [("robustness", new RobustnessMetric(new() { Images = Count }))]);
    }
}
