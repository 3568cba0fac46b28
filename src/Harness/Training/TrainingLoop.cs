using Harness.Manifests;
using Harness.Measuring;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>
/// Trains one network past zero training error into the terminal phase, by the protocol of Papyan, Han and Donoho 2020: cross-entropy, SGD with
/// momentum and weight decay, a step schedule, no augmentation. Everything random is a function of the seed and the epoch, so that a training that was
/// interrupted after an epoch goes on exactly as it would have.
/// </summary>
/// <param name="spec">What is trained and when it is measured.</param>
/// <param name="network">The network, on the device, and its images.</param>
/// <param name="train">Training images, those of <paramref name="network"/>.</param>
/// <param name="sgd">The optimiser that holds the network's parameters.</param>
/// <param name="device">Where all of it lives.</param>
/// <param name="observer">Told of each epoch, and asked to measure.</param>
public sealed class TrainingLoop(
    CellSpec spec, PixelNetwork network, ImageSet train, FlatSgd sgd, Device device, ITrainingObserver observer)
{
    /// <summary>An evaluation pass costs a third of an epoch, so it decides only where the running accuracy, in training mode, comes this near.</summary>
    private const double NearTerminal = 0.02;

    /// <summary>The same for exact zero error: at most this share of running errors. Sets with mislabels stay above it and are not evaluated each epoch.</summary>
    private const double NearZeroErrors = 0.001;

    /// <summary>A mean cross-entropy beyond this many nats, or NaN, is no training any more: chance is ln C, 7 nats for a thousand classes.</summary>
    private const double DivergedLoss = 1e6;

    private readonly TrainingOptions options = spec.Training;
    private readonly Seed seed = new Seed((ulong)spec.Seed).Derive("training");
    private readonly int classes = (int)network.Classifier.Head.weight.shape[0];

    /// <summary>Where features may be kept while they are measured.</summary>
    public FeatureRoom FeatureRoom { get; init; } = FeatureRoom.OnDevice;

    /// <summary>Trains from <paramref name="state"/> to the last epoch.</summary>
    /// <param name="state">Where the weights and the optimiser stand.</param>
    /// <param name="stop">Set when the process is to end: looked at between epochs.</param>
    /// <param name="abandon">Set when it cannot wait for the end of the epoch: looked at between steps. Nothing of an unfinished epoch is kept.</param>
    /// <returns>The state after the last epoch.</returns>
    /// <exception cref="DivergedException">The loss became NaN or left all bounds.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TrainingState Run(TrainingState state, CancellationToken stop, CancellationToken abandon)
    {
        while (state.Epoch < options.Epochs)
        {
            stop.ThrowIfCancellationRequested();
            var trained = TrainEpoch(state.Epoch + 1, abandon);
            if (!(trained.Loss < DivergedLoss)) throw new DivergedException(trained.Epoch, trained.Loss, LearningRate.At(options, trained.Epoch));
            observer.Trained(trained);
            state = Evaluate(state with { Epoch = trained.Epoch }, trained, abandon);
            observer.EpochEnded(state);
        }
        return state;
    }

    private TrainedEpoch TrainEpoch(int epoch, CancellationToken abandon)
    {
        network.Classifier.train();
        manual_seed((long)seed.Derive("steps", epoch).Value);   // for networks that draw, such as those with dropout
        var rate = LearningRate.At(options, epoch);
        using var epochScope = NewDisposeScope();
        var order = seed.Derive("order", epoch).Random().Permutation(train.Count);
        using var targets = tensor(order.Select(i => (long)train.Labels[i]).ToArray(), device: device);
        using var step = new TrainingStep(network, sgd, options.Precision, device);
        var batches = Batches(train.Count, options.BatchSize).ToList();
        foreach (var (number, ((start, count), pixels)) in batches.Zip(train.Batches(batches.Select(b => order[b.Start..(b.Start + b.Count)]))).Index())
        {
            using var inUse = pixels;
            abandon.ThrowIfCancellationRequested();
            observer.Steps(epoch, number + 1, batches.Count);
            using var stepScope = NewDisposeScope();
            step.Run(pixels, targets.narrow(0, start, count), rate);
        }
        var (loss, errors) = step.Read();
        return new(epoch, loss / train.Count, errors, train.Count);
    }

    /// <summary>
    /// Measures where the manifest says so, at the epoch in which the terminal phase starts, at the first without any training error, and at the last.
    /// </summary>
    private TrainingState Evaluate(TrainingState state, TrainedEpoch trained, CancellationToken abandon)
    {
        var measured = spec.MeasuredEpochs.Contains(state.Epoch) || state.Epoch == options.Epochs;
        var running = 1 - (double)trained.Errors / trained.Images;
        var nearTerminal = state.TerminalPhaseEpoch is null && running >= options.TerminalAccuracy - NearTerminal;
        var nearZero = state.ZeroErrorEpoch is null && trained.Errors <= Math.Max(1, NearZeroErrors * trained.Images);
        if (!measured && !nearTerminal && !nearZero) return state;

        using var scope = NewDisposeScope();
        using var snapshot = new EpochSnapshot(network, state.Epoch, classes, MeasuringSeed.Of(spec), device, abandon) { OutOfDistributionImages = network.OutOfDistribution, FeatureRoom = FeatureRoom };
        var errors = snapshot.Errors(Split.Train);
        var startsTerminal = state.TerminalPhaseEpoch is null && 1 - (double)errors / train.Count >= options.TerminalAccuracy;
        var startsZero = state.ZeroErrorEpoch is null && errors == 0;
        if (startsTerminal) state = state with { TerminalPhaseEpoch = state.Epoch };
        if (startsZero) state = state with { ZeroErrorEpoch = state.Epoch };

        snapshot.StandsAtEnds(startsTerminal || state.Epoch == options.Epochs);
        if (measured || startsTerminal || startsZero) observer.Measure(snapshot, spec.Metrics.Where(m => m.At == MeasureAt.Every || snapshot.AtEnds));
        return state;
    }

    /// <summary>Cuts 0 .. count-1 into batches; a single image left over joins the batch before, since batch normalisation needs two.</summary>
    internal static IEnumerable<(int Start, int Count)> Batches(int count, int size)
    {
        for (var start = 0; start < count;)
        {
            var length = Math.Min(size, count - start);
            if (count - start - length == 1) length++;
            yield return (start, length);
            start += length;
        }
    }
}
