using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Manifests;

/// <summary>How a cell is trained. Defaults are the protocol of Papyan, Han and Donoho 2020: SGD, cross-entropy, no augmentation.</summary>
public sealed record TrainingOptions
{
    /// <value>350</value>
    [Description("Passes over the training images.")]
    [Range(1, 1_000_000)]
    public int Epochs { get; init; } = 350;

    /// <value>128</value>
    [Description("Images in a step. The last, smaller batch of an epoch is trained on too.")]
    [Range(1, 1_000_000)]
    public int BatchSize { get; init; } = 128;

    /// <value>0.05</value>
    [Description("Learning rate of the first epochs.")]
    [Range(0, 1000.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 0.05;

    /// <value>Null: nothing is said.</value>
    [Description("How the learning rate was come by: tuned or untuned. Only says so, in plans and reports; not part of what a cell is.")]
    [EnumDataType(typeof(LearningRateSource))]
    public LearningRateSource? LearningRateSource { get; init; }

    /// <value>0.9</value>
    [Description("Momentum of SGD.")]
    [Range(0, 1.0, MaximumIsExclusive = true)]
    public double Momentum { get; init; } = 0.9;

    /// <value>5e-4</value>
    [Description("Weight decay, of every parameter.")]
    [Range(0, 100.0)]
    public double WeightDecay { get; init; } = 5e-4;

    /// <value>0.1</value>
    [Description("What the learning rate is multiplied by at each of 'decayAt'.")]
    [Range(0, 1.0, MinimumIsExclusive = true)]
    public double Decay { get; init; } = 0.1;

    /// <value>1/3 and 2/3</value>
    [Description("Fractions of the epochs after which the learning rate decays; numbers or ratios such as 1/3.")]
    [Fractions]
    public IReadOnlyList<double> DecayAt { get; init; } = [1.0 / 3, 2.0 / 3];

    /// <value>0.999</value>
    [Description("Training accuracy, in eval mode, at which the terminal phase starts: 0.999 in the paper, 0.996 for ImageNet, since some sets hold mislabels.")]
    [Range(0, 1.0, MinimumIsExclusive = true)]
    public double TerminalAccuracy { get; init; } = 0.999;

    /// <value>Auto</value>
    [Description("Arithmetic of the training steps: float32, bf16 (convolutions and matrix products alone), or auto: float32. Weights and all measuring stay float32.")]
    [EnumDataType(typeof(TrainingPrecision))]
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Auto;

    /// <value>Auto</value>
    [Description("Order of numbers in memory: contiguous (NCHW), channels-last (NHWC), or auto: channels-last on a CPU if the network bears it, else contiguous.")]
    [EnumDataType(typeof(MemoryFormat))]
    public MemoryFormat MemoryFormat { get; init; } = MemoryFormat.Auto;

    /// <summary>The same with what <c>auto</c> stands for on a kind of device, as far as it is known before the network is there.</summary>
    /// <param name="deviceKind">"cpu" or "cuda".</param>
    /// <returns>No <see cref="TrainingPrecision.Auto"/>; <see cref="MemoryFormat.Auto"/> on a CPU alone, where the network has the last word.</returns>
    public TrainingOptions On(string deviceKind) => this with
    {
        Precision = Precision == TrainingPrecision.Auto ? TrainingPrecision.Float32 : Precision,
        MemoryFormat = MemoryFormat == MemoryFormat.Auto && deviceKind != "cpu" ? MemoryFormat.Contiguous : MemoryFormat,
    };
}

/// <summary>How a learning rate was come by.</summary>
public enum LearningRateSource
{
    /// <summary>It is the best of many for this network on this data set.</summary>
    Tuned,

    /// <summary>It is a default that was tried against no other.</summary>
    Untuned,
}

/// <summary>Every entry lies between 0 and 1, both excluded, and they rise.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FractionsAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is IReadOnlyList<double> list && list.All(f => f is > 0 and < 1) && list.Zip(list.Skip(1)).All(p => p.First < p.Second);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => $"The field {name} must be fractions between 0 and 1, each above the one before.";
}
