using Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Testing.Networks;

/// <summary>A head on the pixels themselves: h is the flattened image.</summary>
public sealed class LinearClassifier : Classifier
{
    private readonly Linear head;

    /// <summary>A classifier with these weights.</summary>
    /// <param name="weight">W, C x p.</param>
    /// <param name="bias">b, C.</param>
    public LinearClassifier(Tensor weight, Tensor bias) : base("linear")
    {
        head = nn.Linear(weight.shape[1], weight.shape[0]);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        head.weight!.copy_(weight);
        head.bias!.copy_(bias);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Linear Head => head;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images) => images.flatten(1);
}
