using Harness.Manifests;

namespace Harness.Planning;

/// <summary>What a cell is going to cost, as far as it can be told. Absent is what cannot.</summary>
public sealed record CellCost
{
    /// <summary>The cell's name.</summary>
    public required string Cell { get; init; }

    /// <summary>Trainable parameters.</summary>
    public long? Parameters { get; init; }

    /// <summary>Feature dimension p.</summary>
    public long? FeatureDimension { get; init; }

    /// <summary>Learning rate of the first epochs.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How it was come by, where the manifest says so.</summary>
    public LearningRateSource? LearningRateSource { get; init; }

    /// <summary>The sweep its learning rate is one of, "ResNet18/mnist"; null where there is none. All its rates are trained and measured to the end.</summary>
    public string? Sweep { get; init; }

    /// <summary>Epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Epochs measured by the schedule; the first of the terminal phase may come to them.</summary>
    public required int MeasuredEpochs { get; init; }

    /// <summary>Images in a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Training images, by the manifest and the data set's card, or counted where only its files can tell.</summary>
    public long? TrainImages { get; init; }

    /// <summary>Test images, likewise.</summary>
    public long? TestImages { get; init; }

    /// <summary>Shape of an image as the network sees it, height x width x channels.</summary>
    public string? Input { get; init; }

    /// <summary>Training: three times the forward pass of every image in every epoch, since the backward pass costs about two.</summary>
    public double? TrainingFlops { get; init; }

    /// <summary>Measuring: a forward pass of every training and test image at each measured epoch. Attacks come on top and are not counted.</summary>
    public double? MeasuringFlops { get; init; }

    /// <summary>Weights, gradients and momentum.</summary>
    public long? NetworkBytes { get; init; }

    /// <summary>What a batch leaves for the backward pass.</summary>
    public long? ActivationBytes { get; init; }

    /// <summary>All images, one byte a pixel and channel.</summary>
    public long? ImageBytes { get; init; }

    /// <summary>Their sum: what the device must hold at least. Workspaces of the libraries and fragmentation come on top.</summary>
    public long? DeviceBytes { get; init; }

    /// <summary>Seconds of training and measuring on one device.</summary>
    public double? Seconds { get; init; }

    /// <summary>Where the seconds come from.</summary>
    public SpeedSource? SecondsFrom { get; init; }

    /// <summary>What the manifest's overrides say of themselves.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the data cannot be read, where it cannot.</summary>
    public string? DataFault { get; init; }

    /// <summary>Why the set that is measured as out of distribution cannot be read, where there is one and it cannot.</summary>
    public string? OutOfDistributionFault { get; init; }

    /// <summary>Why the network cannot be built, where it cannot.</summary>
    public string? NetworkFault { get; init; }
}

/// <summary>Where an estimate of time comes from.</summary>
public enum SpeedSource
{
    /// <summary>The clock times of a like cell in an earlier run.</summary>
    Measured,

    /// <summary>A sustained speed that the user assumes.</summary>
    Assumed,
}
