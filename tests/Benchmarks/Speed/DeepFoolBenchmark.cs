using Harness;
using Harness.Images;
using Harness.Measuring;
using Harness.Metrics.Robustness;
using Harness.Training;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>The robustness metric on 100 images at once and on the same images one after the other.</summary>
internal static class DeepFoolBenchmark
{
    private const int Count = 100;

    public static void Run(int rounds)
    {
        foreach (var name in new[] { "vgg11-narrow", "resnet18-narrow", "densenet40-narrow" })
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
                var single = Enumerable.Range(0, Count).Select(i =>
                {
                    var one = new ResidentImages(bytes.narrow(0, i, 1).clone(), [labels[i]]);
                    return new PixelNetwork(network.Classifier, new([0.5], [0.25]), one, one, CPU, new CellActivity());
                }).ToArray();
                var contest = new Contest();
                contest.Add("one image at a time", () => Array.ForEach(single, Attack));
                contest.Add("all at once", () => Attack(network));
                contest.Run($"{name}: DeepFool", rounds, Count, "images");
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
