using Harness;
using Harness.Images;
using Harness.Manifests;
using Harness.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>Images a second of training, batch 128: TorchSharp out of the box, the harness in every layout and precision, PyTorch where a python3 has it.</summary>
internal static class StepBenchmark
{
    private const int Batch = 128;
    private const int Steps = 2;
    private static readonly Standardisation Standardisation1 = new([0.5], [0.25]);
    private static readonly Standardisation Standardisation3 = new([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]);

    public static void Run(string[] nets, int rounds, int threads, string deviceName)
    {
        var on = device(deviceName);
        foreach (var name in nets)
        {
            using var scope = NewDisposeScope();
            var (architecture, input) = Networks.All[name];
            var contest = new Contest();
            contest.Add("TorchSharp as it comes", Plain(architecture, input, on));
            foreach (var (channelsLast, precision) in new[] { (false, TrainingPrecision.Float32), (true, TrainingPrecision.Float32), (false, TrainingPrecision.Bf16), (true, TrainingPrecision.Bf16) })
                contest.Add($"harness {precision}, {(channelsLast ? "channels last" : "contiguous")}", Ours(architecture, input, on, channelsLast, precision));
            using var peers = new Peers(name, deviceName, threads);
            foreach (var peer in peers.All()) contest.Add(peer.Name, () => peer.Run(Steps));
            contest.Run($"{name}, batch {Batch}, {Steps} steps a round, {peers.Version}", rounds, Batch * Steps, "images");
        }
    }

    private static Action Ours(IArchitecture architecture, ImageShape input, Device on, bool channelsLast, TrainingPrecision precision)
    {
        manual_seed(1);
        var train = Images(input, on);
        var network = new PixelNetwork(architecture.Build(input, Networks.Classes).to(on), input.Channels == 1 ? Standardisation1 : Standardisation3, train, train, on, new CellActivity());
        network.Classifier.train();
        var sgd = new FlatSgd(network.Classifier, 0.9, 5e-4, channelsLast);
        var (order, targets) = Order(train, on);
        var step = new TrainingStep(network, sgd, precision, on);
        return () =>
        {
            for (var i = 0; i < Steps; i++)
            {
                using var scope = NewDisposeScope();
                step.Run(train.Pixels(order.AsSpan(i * Batch, Batch)), targets.narrow(0, i * Batch, Batch), 0.05);
            }
            step.Read();
        };
    }

    private static Action Plain(IArchitecture architecture, ImageShape input, Device on)
    {
        manual_seed(1);
        var train = Images(input, on);
        var network = architecture.Build(input, Networks.Classes).to(on);
        network.train();
        var sgd = optim.SGD(network.parameters(), 0.05, momentum: 0.9, weight_decay: 5e-4);
        var (order, targets) = Order(train, on);
        return () =>
        {
            for (var i = 0; i < Steps; i++)
            {
                using var scope = NewDisposeScope();
                sgd.zero_grad();
                var images = (train.Pixels(order.AsSpan(i * Batch, Batch)) - 0.5f) / 0.25f;
                var loss = nn.functional.cross_entropy(network.forward(images), targets.narrow(0, i * Batch, Batch));
                loss.backward();
                sgd.step();
                loss.item<float>();
            }
        };
    }

    private static (int[] Order, Tensor Targets) Order(ResidentImages train, Device on)
    {
        var order = new Seed(1).Random().Permutation(train.Count);
        return (order, tensor(order.Select(i => (long)train.Labels[i]).ToArray(), device: on));
    }

    private static ResidentImages Images(ImageShape input, Device on) =>
        new(randint(0, 256, [Batch * Steps, input.Channels, input.Height, input.Width], ScalarType.Byte, on), [.. Enumerable.Range(0, Batch * Steps).Select(i => i % Networks.Classes)]);
}
