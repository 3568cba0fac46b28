using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>A network at the end of an epoch. The passes over its data run when first asked for, and then serve every metric.</summary>
/// <remarks>The network is in eval mode from construction to disposal, and afterwards in the mode it was found in.</remarks>
public sealed class EpochSnapshot : Snapshot, IDisposable
{
    private readonly ITrainedNetwork? network;
    private readonly EvalMode? evalMode;
    private readonly Dictionary<Split, CollectedFeatures> collected = [];
    private CollectedFeatures? outOfDistribution;
    private LinearHead? head;
    private bool ends = true;

    /// <summary>A snapshot of a network. Not to be trained on before the snapshot is disposed.</summary>
    /// <param name="network">The network and its images; they stay the caller's.</param>
    /// <param name="epoch">The epoch just ended, from 1.</param>
    /// <param name="classes">C.</param>
    /// <param name="seed">See <see cref="Snapshot.Seed"/>.</param>
    /// <param name="device">Where network and features live.</param>
    /// <param name="cancellation">Set when the run is to stop.</param>
    public EpochSnapshot(ITrainedNetwork network, int epoch, int classes, Seed seed, Device device, CancellationToken cancellation)
    {
        this.network = network;
        evalMode = new(network.Classifier);
        (Epoch, Classes, Seed, Device, Cancellation) = (epoch, classes, seed, device, cancellation);
    }

    /// <summary>A snapshot of features from elsewhere, without a network; its epoch is 0.</summary>
    /// <param name="head">The last layer, C x p and C, float64. Taken over, and disposed with the snapshot.</param>
    /// <param name="features">What is known of each split, C logits each. Taken over, and disposed with the snapshot.</param>
    /// <param name="seed">See <see cref="Snapshot.Seed"/>.</param>
    /// <param name="cancellation">Set when the run is to stop.</param>
    /// <param name="outOfDistribution">Features of images that are of none of the classes, where there are any. Taken over, and disposed with the snapshot.</param>
    /// <exception cref="ArgumentException">Features and head disagree on C or p.</exception>
    public EpochSnapshot(
        LinearHead head, IReadOnlyDictionary<Split, CollectedFeatures> features, Seed seed, CancellationToken cancellation, CollectedFeatures? outOfDistribution = null)
    {
        foreach (var (split, set) in features)
        {
            CheckFit(head, set, $"{split} features", nameof(features));
            collected.Add(split, set);
        }
        if (outOfDistribution is not null) CheckFit(head, outOfDistribution, "features out of distribution", nameof(outOfDistribution));
        this.outOfDistribution = outOfDistribution;
        this.head = new(head.Weight.DetachFromDisposeScope(), head.Bias.DetachFromDisposeScope());
        (Classes, Seed, Device, Cancellation) = ((int)head.Weight.shape[0], seed, head.Weight.device, cancellation);
    }

    /// <summary>Where features may be kept.</summary>
    public FeatureRoom FeatureRoom { get; init; } = FeatureRoom.OnDevice;

    /// <inheritdoc/>
    public override int Epoch { get; }

    /// <inheritdoc/>
    public override bool AtEnds => ends;

    /// <inheritdoc/>
    public override int Classes { get; }

    /// <inheritdoc/>
    public override Seed Seed { get; }

    /// <inheritdoc/>
    public override CancellationToken Cancellation { get; }

    /// <inheritdoc/>
    public override Device Device { get; }

    /// <inheritdoc/>
    public override LinearHead Head => head ??= HeadOf(Network.Classifier);

    /// <inheritdoc/>
    public override bool Has(MetricNeeds what) =>
        ((what & MetricNeeds.OutOfDistribution) == 0 || outOfDistribution is not null || OutOfDistributionImages is not null)
        && (network is not null
            || ((what & MetricNeeds.Network) == 0
                && ((what & MetricNeeds.TrainFeatures) == 0 || collected.ContainsKey(Split.Train))
                && ((what & MetricNeeds.TestFeatures) == 0 || collected.ContainsKey(Split.Test))));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The snapshot was made from features.</exception>
    public override ITrainedNetwork Network =>
        network ?? throw new InvalidOperationException("This snapshot was made from features: there is no network to take gradients of or to attack.");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The snapshot was made from features, and not of this split.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop during the pass.</exception>
    public override FeatureSet Features(Split split) => Collected(split);

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">Asked to stop during the pass.</exception>
    public override FeatureSet OutOfDistribution => (outOfDistribution ??= RunOutOfDistribution()) ?? base.OutOfDistribution;

    /// <summary>Gives the images out of distribution, of the network's input shape, which stay the caller's; null where there are none. Asked when a metric first needs them.</summary>
    public Func<ImageSet>? OutOfDistributionImages { get; init; }

    /// <summary>Number of images whose largest logit is not their label's: the exact error count, in eval mode.</summary>
    /// <param name="split">Which images.</param>
    /// <exception cref="OperationCanceledException">Asked to stop during the pass.</exception>
    public long Errors(Split split) => Collected(split).Errors;

    /// <summary>Frees the features and the head, and puts the network back into the mode it was found in.</summary>
    public void Dispose()
    {
        foreach (var set in collected.Values) set.Dispose();
        collected.Clear();
        outOfDistribution?.Dispose();
        outOfDistribution = null;
        head?.Weight.Dispose();
        head?.Bias.Dispose();
        head = null;
        evalMode?.Dispose();
    }

    /// <summary>Says whether it is of one of the ends; until this is said, it is.</summary>
    /// <param name="atEnds">See <see cref="AtEnds"/>.</param>
    public void StandsAtEnds(bool atEnds) => ends = atEnds;

    /// <summary>The network, or null where the snapshot was made from features.</summary>
    internal Classifier? Classifier => network?.Classifier;

    private CollectedFeatures Collected(Split split)
    {
        if (collected.TryGetValue(split, out var set)) return set;
        if (network is null) throw new InvalidOperationException($"This snapshot was made from features, and has none of the {split} split.");
        return collected[split] = new FeaturePass(network, Device, FeatureRoom, Cancellation).Run(split);
    }

    private static void CheckFit(LinearHead head, CollectedFeatures set, string what, string parameter)
    {
        if (set.Classes != head.Weight.shape[0] || set.Dimension != head.Weight.shape[1])
        {
            throw new ArgumentException(
                $"The head is {head.Weight.shape[0]} x {head.Weight.shape[1]}, but the {what} have {set.Classes} logits and {set.Dimension} dimensions.", parameter);
        }
    }

    private CollectedFeatures? RunOutOfDistribution() =>
        network is not null && OutOfDistributionImages is { } images ? new FeaturePass(network, Device, FeatureRoom, Cancellation).RunOutOfDistribution(images()) : null;

    private static LinearHead HeadOf(Classifier classifier)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var weight = classifier.Head.weight!.to(ScalarType.Float64);
        var bias = classifier.Head.bias?.to(ScalarType.Float64) ?? zeros(weight.shape[0], ScalarType.Float64, weight.device);
        return new(weight.DetachFromDisposeScope(), bias.DetachFromDisposeScope());
    }
}
