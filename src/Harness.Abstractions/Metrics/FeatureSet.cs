namespace Harness;

/// <summary>Features, logits and labels of one split of a snapshot, from one pass through the network in eval mode.</summary>
public abstract class FeatureSet
{
    /// <summary>Number of images N.</summary>
    public abstract long Count { get; }

    /// <summary>Dimension p of a feature vector.</summary>
    public abstract long Dimension { get; }

    /// <summary>Class means in float64, computed on first use and shared.</summary>
    public abstract ClassStatistics Statistics { get; }

    /// <summary>
    /// Walks over all images in their stored order, as often as wanted: the network is not run again. Each call of <paramref name="visit"/> is inside
    /// a dispose scope of its own: a tensor to be kept is moved out of it with <c>MoveToOuterDisposeScope()</c>.
    /// </summary>
    /// <param name="visit">Gets each batch in turn.</param>
    public abstract void ForEach(Action<FeatureBatch> visit);
}
