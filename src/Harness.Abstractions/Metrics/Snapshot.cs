using TorchSharp;

namespace Harness;

/// <summary>A network at the end of one epoch, with what the metrics share: all of them at one epoch cost one pass over the data.</summary>
public abstract class Snapshot
{
    /// <summary>The epoch just ended, counted from 1; 0 where the network was trained elsewhere.</summary>
    public abstract int Epoch { get; }

    /// <summary>
    /// Whether this is the first epoch of the terminal phase or the last epoch, or the network was trained elsewhere. Pictures and matrices take room, so a metric
    /// reports them here alone.
    /// </summary>
    public virtual bool AtEnds => true;

    /// <summary>Number of classes C.</summary>
    public abstract int Classes { get; }

    /// <summary>The last layer's weights.</summary>
    public abstract LinearHead Head { get; }

    /// <summary>Whether the metric can ask for all of this: its card needs or uses it, and it is at hand. What the card needs always is.</summary>
    /// <param name="what">What it would ask for.</param>
    public abstract bool Has(MetricNeeds what);

    /// <summary>The splits whose features the metric can ask for, the training images first.</summary>
    public IEnumerable<Split> Splits
    {
        get
        {
            if (Has(MetricNeeds.TrainFeatures)) yield return Split.Train;
            if (Has(MetricNeeds.TestFeatures)) yield return Split.Test;
        }
    }

    /// <summary>Features, logits and labels of one split, computed on first use.</summary>
    /// <param name="split">Which images.</param>
    /// <exception cref="InvalidOperationException">The metric's card does not declare it, or it is not at hand.</exception>
    public abstract FeatureSet Features(Split split);

    /// <summary>
    /// Features and logits of the images out of distribution, standardised with the constants of the set trained on, computed on first use. They are of none of the classes: every label is
    /// -1, and there are no class statistics.
    /// </summary>
    /// <exception cref="InvalidOperationException">The metric's card does not declare the need, or no such images are at hand.</exception>
    /// <exception cref="DatasetException">Their files are missing or damaged.</exception>
    public virtual FeatureSet OutOfDistribution => throw new InvalidOperationException("No images out of distribution are at hand.");

    /// <summary>What the same metric reported of this network at earlier epochs, oldest first, for laws over time. The same where the training was interrupted and resumed.</summary>
    /// <param name="quantity">One of its quantities, reported by <see cref="IMeasurementSink.Scalar"/>.</param>
    /// <param name="split">The images it was measured on, or null where it is of the weights alone.</param>
    /// <returns>Empty where there is none.</returns>
    public virtual IReadOnlyList<EpochValue> Earlier(Quantity quantity, Split? split) => [];

    /// <summary>The network and its images.</summary>
    /// <exception cref="InvalidOperationException">The metric's card does not declare it, or it is not at hand.</exception>
    public abstract ITrainedNetwork Network { get; }

    /// <summary>
    /// The root of all randomness a metric may use. The same for every epoch, seed and architecture of one data set, so that all are attacked on
    /// the same images; derive from it by purpose, and by epoch where that is wanted.
    /// </summary>
    public abstract Seed Seed { get; }

    /// <summary>Set when the run is to stop; a long metric checks it between batches.</summary>
    public abstract CancellationToken Cancellation { get; }

    /// <summary>Where features and images live.</summary>
    public abstract torch.Device Device { get; }
}
