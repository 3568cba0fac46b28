using Harness;
using Harness.Images;
using Harness.Manifests;
using Harness.Planning;
using Harness.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>Images a second of training, batch 128: TorchSharp out of the box, the harness in every layout and precision, PyTorch where a python3 has it.</summary>
internal static class StepBenchmark
{
    private const int Batch = 128;
    private const string Plainly = "TorchSharp as it comes";
    private static readonly Standardisation Standardisation1 = new([0.5], [0.25]);
    private static readonly Standardisation Standardisation3 = new([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]);

    /// <summary>The ways that can be asked for.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["torchsharp", "float32", "float32-nhwc", "bf16", "bf16-nhwc", "pytorch"];

    public static void Run(string[] nets, string[] ways, int rounds, int threads, string deviceName)
    {
        var on = device(deviceName);
        var peak = Peak.Measure(on);
        foreach (var name in nets)
        {
            using var scope = NewDisposeScope();
            var (architecture, input) = Networks.All[name];
            var steps = Networks.IsFullWidth(name) ? 1 : 4;
            var contest = new Contest(onGpu: on.type != DeviceType.CPU);
            if (ways.Contains("torchsharp")) contest.Add(Plainly, Plain(architecture, input, on, steps), peak.Float32);
            foreach (var (way, channelsLast, precision) in new[]
            {
                ("float32", false, TrainingPrecision.Float32), ("float32-nhwc", true, TrainingPrecision.Float32),
                ("bf16", false, TrainingPrecision.Bf16), ("bf16-nhwc", true, TrainingPrecision.Bf16),
            })
                if (ways.Contains(way)) contest.Add(way, Ours(architecture, input, on, steps, channelsLast, precision), precision == TrainingPrecision.Bf16 ? peak.Bf16 : peak.Float32);
            using var peers = ways.Contains("pytorch") ? new Peers(name, deviceName, threads) : null;
            foreach (var peer in peers?.All() ?? []) contest.Add(peer.Name, () => peer.Run(steps), peer.Name.Contains("bf16", StringComparison.Ordinal) ? peak.Bf16 : peak.Float32);
            var took = contest.Run($"{name}, batch {Batch}, {steps} steps a round, {peers?.Version ?? "no peer asked for"}", rounds, Batch * steps, "images", Operations(architecture, input) * Batch * steps);
            Bars(name, took);
        }
    }

    /// <summary>The issue's, as far as the ways at hand tell them.</summary>
    private static void Bars(string name, IReadOnlyDictionary<string, Seconds> took)
    {
        var full = Networks.IsFullWidth(name);
        foreach (var way in new[] { "float32", "float32-nhwc" })
            Bar.Say($"{way} against PyTorch eager", took, "PyTorch eager", way, full ? 1.0 : 1.2);
        Bar.Say("float32-nhwc against PyTorch channels-last", took, "PyTorch channels-last", "float32-nhwc", null);
        Bar.Say("bf16-nhwc against float32", took, "float32", "bf16-nhwc", full ? 1.8 : null);
        Bar.Say("bf16-nhwc against PyTorch bf16-channels-last", took, "PyTorch bf16-channels-last", "bf16-nhwc", null);
    }

    /// <summary>Of a training step, an image: forward, and backward to the activations and to the weights, each as much.</summary>
    private static double Operations(IArchitecture architecture, ImageShape input)
    {
        using var network = architecture.Build(input, Networks.Classes);
        return 3.0 * NetworkCostProbe.Measure(network, input)!.ForwardFlops;
    }

    private static Action Ours(IArchitecture architecture, ImageShape input, Device on, int steps, bool channelsLast, TrainingPrecision precision)
    {
        manual_seed(1);
        var train = Images(input, on, steps);
        var network = new PixelNetwork(architecture.Build(input, Networks.Classes).to(on), input.Channels == 1 ? Standardisation1 : Standardisation3, train, train, on, new CellActivity());
        network.Classifier.train();
        var sgd = new FlatSgd(network.Classifier, 0.9, 5e-4, channelsLast);
        var (order, targets) = Order(train, on);
        var step = new TrainingStep(network, sgd, precision, on);
        return () =>
        {
            for (var i = 0; i < steps; i++)
            {
                using var scope = NewDisposeScope();
                step.Run(train.Pixels(order.AsSpan(i * Batch, Batch)), targets.narrow(0, i * Batch, Batch), 0.05);
            }
            step.Read();
        };
    }

    private static Action Plain(IArchitecture architecture, ImageShape input, Device on, int steps)
    {
        manual_seed(1);
        var train = Images(input, on, steps);
        var network = architecture.Build(input, Networks.Classes).to(on);
        network.train();
        var sgd = optim.SGD(network.parameters(), 0.05, momentum: 0.9, weight_decay: 5e-4);
        var (order, targets) = Order(train, on);
        return () =>
        {
            for (var i = 0; i < steps; i++)
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

    private static ResidentImages Images(ImageShape input, Device on, int steps) =>
        new(randint(0, 256, [Batch * steps, input.Channels, input.Height, input.Width], ScalarType.Byte, on), [.. Enumerable.Range(0, Batch * steps).Select(i => i % Networks.Classes)]);
}
