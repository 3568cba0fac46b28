using Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Testing.Networks;

/// <summary>A small convolutional network with batch norm and dropout, whose logits in training mode therefore differ from those in eval mode.</summary>
public sealed class ConvClassifier : Classifier
{
    private readonly Sequential body;
    private readonly Linear head;

    /// <summary>A network with random weights.</summary>
    /// <param name="seed">Where they come from.</param>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="classes">C.</param>
    /// <param name="width">p.</param>
    public ConvClassifier(Seed seed, int channels, int classes, int width = 12) : base("conv")
    {
        body = nn.Sequential(
            ("conv", nn.Conv2d(channels, width, 3, padding: 1)), ("norm", nn.BatchNorm2d(width)), ("relu", nn.ReLU()),
            ("drop", nn.Dropout(0.5)), ("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()));
        head = nn.Linear(width, classes);
        RegisterComponents();
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in named_parameters())
        {
            var bound = 1 / Math.Sqrt(parameter.numel() / parameter.shape[0]);
            parameter.copy_(seed.Derive(name).Uniform(-bound, bound, parameter.shape));
        }
    }

    /// <summary>How often <see cref="Features"/> ran.</summary>
    public int Passes { get; private set; }

    /// <inheritdoc/>
    public override Linear Head => head;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images)
    {
        Passes++;
        return body.forward(images);
    }
}
