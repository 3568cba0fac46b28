using System.Diagnostics;
using Harness.Images;
using Harness.Manifests;
using Harness.Measuring;
using Harness.Results;
using Harness.Torch.Native;
using Serilog;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>One cell in its own process, on one thread, from data set to result.</summary>
/// <param name="spec">What it is.</param>
/// <param name="makeParts">Makes its plugins with their options; what they throw is the cell's fault like anything later.</param>
/// <param name="data">The user's data folder.</param>
/// <param name="takeDevice">Takes the device that it runs on; that it cannot is the cell's end like anything later.</param>
/// <param name="placement">Whether its images lie there.</param>
/// <param name="folder">Where its results go.</param>
/// <param name="activity">Kept up to date with what it is at.</param>
/// <param name="tell">Tells the parent.</param>
/// <param name="log">The cell's log.</param>
public sealed class CellTraining(
    CellSpec spec, Func<CellParts> makeParts, DataRoot data, Func<Device> takeDevice, ImagePlacement placement, CellFolder folder, CellActivity activity,
    Action<CellMessage> tell, ILogger log) : ITrainingObserver
{
    /// <summary>A checkpoint costs a write to the disk; losing this much is what an interruption may cost beside the epoch it falls into.</summary>
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(15);

    /// <summary>Asked to stop, a cell finishes its epoch and saves it where that takes no longer than this.</summary>
    private static readonly TimeSpan ToFinishAnEpoch = TimeSpan.FromSeconds(20);

    private readonly Checkpoint checkpoint = new(folder.CheckpointPath);
    private readonly Stopwatch clock = new();
    private readonly List<Measurement> measured = [];
    private readonly MeasurementHistory history = new();
    private CellParts? parts;
    private Device device = CPU;
    private PixelNetwork? network;
    private FlatSgd? sgd;
    private CancellationToken stopping;
    private TrainingState reached = TrainingState.Start;
    private TrainedEpoch? trained;
    private TimeSpan lastCheckpoint;
    private TimeSpan epochStart;
    private TimeSpan trainEnd;
    private int images;

    /// <summary>Trains and measures the cell, from its checkpoint where it has one.</summary>
    /// <param name="stop">Set when the process is to end.</param>
    /// <returns>How it ended, for result.json. Nothing is returned where it was stopped.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; the checkpoint holds what is kept.</exception>
    public CellResult Run(CancellationToken stop)
    {
        CellFacts? facts = null;
        DatasetCard? card = null;
        using var abandon = new CancellationTokenSource();
        using var late = stop.Register(() => abandon.CancelAfter(ToFinishAnEpoch));
        stopping = stop;
        try
        {
            using var scope = NewDisposeScope();
            device = takeDevice();
            parts = makeParts();
            card = parts.Dataset.Card;
            activity.Begins("loading images");
            var loader = new ImageLoader(parts.Dataset, spec.Dataset, parts.DatasetHash, data, said => log.Warning("{Said}", said), activity.Tick);
            using var train = loader.Load(Split.Train, device, placement, stop, out var standardisation);
            using var test = loader.Load(Split.Test, device, placement, stop, out _);
            using var others = spec.OutOfDistribution is { } use
                ? new OutOfDistributionImages(parts, use, data, device, placement, activity, said => log.Warning("{Said}", said), stop)
                : null;
            var classes = card.ClassNames.Count;
            activity.Begins("building the network");
            manual_seed((long)new Seed((ulong)spec.Seed).Derive("weights").Value);
            using var pixels = network = new PixelNetwork(parts.Architecture.Build(train.Shape, classes).to(device), standardisation, train, test, device, activity) { OutOfDistribution = others is null ? null : others.Load };
            using var optimiser = sgd = FlatSgd.Of(network.Classifier, spec.Training, train.Shape, device);
            images = train.Count;
            facts = Facts(train, test, classes, standardisation);

            var state = checkpoint.Restore(network.Classifier, sgd, (file, fault) => log.Warning("Checkpoint {File} is passed over: {Fault}", file, fault));
            folder.CutBack(state.Epoch);
            history.Add(folder.ReadMeasurements());
            reached = state;
            tell(new CellMessage.Started(state.Epoch, facts.Parameters, train.Count));
            log.Information("{Cell} starts after epoch {Epoch} with {Parameters} parameters on {Images} images", spec.Name, state.Epoch, facts.Parameters, train.Count);

            clock.Start();
            state = new TrainingLoop(spec, network, train, sgd, device, this) { FeatureRoom = new(folder.Path) }.Run(state, stop, abandon.Token);
            log.Information("{Cell} ends after epoch {Epoch}; terminal phase from epoch {TerminalPhaseEpoch}", spec.Name, state.Epoch, state.TerminalPhaseEpoch);
            return new() { Outcome = Outcome.Done, Epochs = state.Epoch, TerminalPhaseEpoch = state.TerminalPhaseEpoch, ZeroErrorEpoch = state.ZeroErrorEpoch, Measurements = folder.ReadMeasurements().Count, Facts = facts };
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // A plugin's own cancellation, when nobody asked for a stop, is a fault like any other.
            log.Error(e, "{Cell} fails after epoch {Epoch}", spec.Name, reached.Epoch);
            return new()
            {
                Outcome = CellFault.Classify(e),
                Epochs = reached.Epoch,
                TerminalPhaseEpoch = reached.TerminalPhaseEpoch,
                ZeroErrorEpoch = reached.ZeroErrorEpoch,
                Facts = facts,
                Message = CellFault.Sentence(e, spec.Dataset.Plugin, card),
                LogTail = CellFault.Trace(e),
            };
        }
    }

    /// <inheritdoc/>
    public void Steps(int epoch, int step, int steps) => activity.Steps(epoch, step, steps);

    /// <inheritdoc/>
    public void Trained(TrainedEpoch epoch)
    {
        activity.Begins("evaluating");
        trainEnd = clock.Elapsed;
        trained = epoch;
        var speed = epoch.Images / (trainEnd - epochStart).TotalSeconds;
        log.Debug("Epoch {Epoch}: loss {Loss}, {Errors} running errors", epoch.Epoch, epoch.Loss, epoch.Errors);
        tell(new CellMessage.Trained(epoch.Epoch, epoch.Loss, (double)epoch.Errors / epoch.Images, speed));
    }

    /// <inheritdoc/>
    public void Measure(EpochSnapshot snapshot, IEnumerable<MetricUse> due) =>
        new MetricRunner(measured.Add, fault => log.Error("{Fault}", fault), history).Run(snapshot, Told(due));

    // The runner takes one after the other as it gets to it, so that the parent hears which it is at.
    private IEnumerable<(string, IMetric)> Told(IEnumerable<MetricUse> due)
    {
        foreach (var use in due)
        {
            activity.Begins($"measuring {use.Plugin}");
            yield return (use.Plugin, parts!.Metrics[use.Plugin]);
        }
    }

    /// <inheritdoc/>
    public void EpochEnded(TrainingState state)
    {
        reached = state;
        var now = clock.Elapsed;
        folder.AppendTimings(new EpochTiming(state.Epoch, (trainEnd - epochStart).TotalSeconds, (now - trainEnd).TotalSeconds, images / (trainEnd - epochStart).TotalSeconds));
        folder.AppendTraining(new EpochRecord(
            state.Epoch, trained!.Loss, (double)trained.Errors / trained.Images, LearningRate.At(spec.Training, state.Epoch), state.TerminalPhaseEpoch, state.ZeroErrorEpoch));
        if (measured.Count > 0)
        {
            folder.Append(measured);
            tell(new CellMessage.Measured(
                state.Epoch, (now - trainEnd).TotalSeconds, [.. measured.Where(m => m.Value is not null).Select(m => new CellMessage.Scalar(m.Id, m.Value!.Value, m.Split))], state.TerminalPhaseEpoch));
            history.Add(measured);
            measured.Clear();
        }
        // The last epoch's weights are what a finished cell is exported from.
        if (now - lastCheckpoint >= BetweenCheckpoints || stopping.IsCancellationRequested || state.Epoch == spec.Training.Epochs)
        {
            activity.Begins("saving a checkpoint");
            checkpoint.Save(state, network!.Classifier, sgd!);
            lastCheckpoint = now;
        }
        epochStart = clock.Elapsed;
    }

    private string DeviceKind => device.type.ToString().ToLowerInvariant();

    private CellFacts Facts(ImageSet train, ImageSet test, int classes, Standardisation standardisation) => new()
    {
        Parameters = network!.Classifier.parameters().Sum(p => p.NumberOfElements),
        FeatureDimension = network.Classifier.Head.weight.shape[1],
        Classes = classes,
        ClassNames = parts!.Dataset.Card.ClassNames,
        TrainCount = train.Count,
        TestCount = test.Count,
        Input = train.Shape,
        Standardisation = standardisation,
        Device = device.ToString(),
        Threads = get_num_threads(),
        // libtorch's kernels add in an order of their own on a GPU, each time anew; on a CPU the order is fixed by the number of threads.
        Resume = device.type == DeviceType.CPU ? "bitwise" : "statistical",
        Precision = spec.Training.On(DeviceKind).Precision.On(DeviceKind),
        MemoryFormat = sgd!.ChannelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous,
        LibtorchLacks = [.. TorchFeatures.Exports.Where(e => !e.Found).Select(e => e.Export.Symbol)],
    };
}
