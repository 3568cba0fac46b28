namespace Harness;

/// <summary>What a metric asks of a snapshot, and what a snapshot has.</summary>
[Flags]
public enum MetricNeeds
{
    /// <summary>The weights of the head alone.</summary>
    None = 0,

    /// <summary>Features, logits and labels of the training images.</summary>
    TrainFeatures = 1,

    /// <summary>Features, logits and labels of the test images.</summary>
    TestFeatures = 2,

    /// <summary>The network itself and images to feed it, for gradients and attacks. Absent where features come from a file.</summary>
    Network = 4,

    /// <summary>Features and logits of images that are of none of the classes: the test images of the set that a manifest names as <c>measure.outOfDistribution</c>.</summary>
    OutOfDistribution = 8,
}
