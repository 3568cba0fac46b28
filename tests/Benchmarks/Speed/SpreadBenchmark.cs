using Harness;
using Harness.Datasets.Glyphs;
using Harness.Images;
using Harness.Manifests;
using Harness.Measuring;
using Harness.Metrics.Generalization;
using Harness.Metrics.NeuralCollapse;
using Harness.Metrics.Robustness;
using Harness.Results;
using Harness.Training;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>
/// Whether layout and precision move what is measured: small networks trained past zero error on invented handwriting, in every way from the same weights and in the same
/// order of images, with several seeds. What a way moves is told in standard deviations over the seeds.
/// </summary>
internal static class SpreadBenchmark
{
    private static readonly (string Name, MemoryFormat Format, TrainingPrecision Precision)[] Ways =
    [
        ("float32 contiguous", MemoryFormat.Contiguous, TrainingPrecision.Float32),
        ("float32 channels-last", MemoryFormat.ChannelsLast, TrainingPrecision.Float32),
        ("bf16 channels-last", MemoryFormat.ChannelsLast, TrainingPrecision.Bf16),
    ];

    private static readonly (string Id, Split? Split)[] Shown =
    [
        ("neural-collapse/nc1", Split.Train), ("neural-collapse/equinorm.means", Split.Train), ("neural-collapse/equiangularity.means", Split.Train),
        ("neural-collapse/maximal-angle.means", Split.Train), ("neural-collapse/self-duality", Split.Train), ("neural-collapse/nearest-class-centre", Split.Test),
        ("generalization/accuracy", Split.Train), ("generalization/accuracy", Split.Test), ("generalization/cross-entropy", Split.Train), ("robustness/deepfool.relative-radius", Split.Test),
    ];

    public static void Run(string[] nets, int seeds, int imagesPerClass, int epochs)
    {
        var use = new DatasetUse { Label = "glyphs", Plugin = "glyphs", Options = [], Subsample = new() { TrainPerClass = imagesPerClass, TestPerClass = 40, PadTo = 32 } };
        var loader = new ImageLoader(new GlyphsDataset(new()), use, "", new DataRoot(null), Console.Error.WriteLine);
        using var train = loader.Load(Split.Train, CPU, ImagePlacement.Resident, CancellationToken.None, out var standardisation);
        using var test = loader.Load(Split.Test, CPU, ImagePlacement.Resident, CancellationToken.None, out _);
        Console.WriteLine($"glyphs, {train.Count} training and {test.Count} test images, batch 32, {epochs} epochs, {seeds} seeds; mean (standard deviation over seeds); difference in standard deviations");
        foreach (var net in nets)
        {
            var table = new SpreadTable([.. Ways.Select(w => w.Name)]);
            for (var seed = 0; seed < seeds; seed++)
                foreach (var way in Ways)
                {
                    var (values, seconds) = Train(net, new() { Epochs = epochs, BatchSize = 32, DecayAt = [0.5, 0.75], MemoryFormat = way.Format, Precision = way.Precision }, seed, use, train, test, standardisation);
                    foreach (var (id, split) in Shown) table.Add($"{id}{(split == Split.Train ? ", train" : ", test")}", way.Name, values.Single(m => m.Id == id && m.Split == split).Value!.Value);
                    table.Add("processor seconds of training", way.Name, seconds);
                    // The values as they come, so that a table can be made of what was trained where it is cut short.
                    Console.Error.WriteLine($"{net}, seed {seed}, {way.Name}: {table.Last(way.Name)}");
                }
            Console.WriteLine($"\n{net}\n\n{table}");
        }
    }

    private static (List<Measurement> Values, double Seconds) Train(
        string net, TrainingOptions training, int seed, DatasetUse use, ImageSet train, ImageSet test, Standardisation standardisation)
    {
        using var scope = NewDisposeScope();
        var spec = new CellSpec
        {
            Architecture = new(net, net, []),
            Dataset = use,
            Seed = seed,
            Training = training,
            MeasuredEpochs = [training.Epochs],
            Metrics = [],
        };
        manual_seed((long)new Seed((ulong)seed).Derive("weights").Value);
        using var network = new PixelNetwork(Networks.All[net].Architecture.Build(train.Shape, Networks.Classes), standardisation, train, test, CPU, new CellActivity());
        using var sgd = FlatSgd.Of(network.Classifier, training, train.Shape, CPU);
        var observer = new LastEpoch();
        new TrainingLoop(spec, network, train, sgd, CPU, observer).Run(TrainingState.Start, CancellationToken.None, CancellationToken.None);
        return (observer.Values, observer.TrainingSeconds);
    }

    /// <summary>Measures after the last epoch, and keeps apart what training took.</summary>
    private sealed class LastEpoch : ITrainingObserver
    {
        private TimeSpan before = Environment.CpuUsage.TotalTime;

        public List<Measurement> Values { get; private set; } = [];

        public double TrainingSeconds { get; private set; }

        public void Steps(int epoch, int step, int steps)
        {
            if (step == 1) before = Environment.CpuUsage.TotalTime;
        }

        public void Trained(TrainedEpoch epoch) => TrainingSeconds += (Environment.CpuUsage.TotalTime - before).TotalSeconds;

        // Called at the first epoch without error too: the last one counts.
        public void Measure(EpochSnapshot snapshot, IEnumerable<MetricUse> due)
        {
            Values = [];
            new MetricRunner(Values.Add, Console.Error.WriteLine).Run(
                snapshot, [("neural-collapse", new NeuralCollapseMetric()), ("generalization", new GeneralizationMetric()), ("robustness", new RobustnessMetric(new() { Images = 50 }))]);
        }

        public void EpochEnded(TrainingState state)
        {
        }
    }
}
