using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness;

/// <summary>
/// A network whose logits are a linear head on last-layer features: forward(x) = W h(x) + b. Neural collapse is a statement about h and W, so
/// both are visible.
/// </summary>
/// <remarks>
/// Implementations assign their layers to fields and call <c>RegisterComponents()</c> last in their constructor. Parameter names then are the
/// field names, and are what a checkpoint stores.
/// </remarks>
/// <param name="name">Name of the network, for messages.</param>
public abstract class Classifier(string name) : nn.Module<Tensor, Tensor>(name)
{
    private Action<string, Tensor>? observer;

    /// <summary>Last-layer features h: the input of <see cref="Head"/>, after its activation and pooling.</summary>
    /// <param name="images">Standardised images, N x C x H x W, float32, on the network's device.</param>
    /// <returns>N x p, float32, attached to the graph where gradients are on. The caller's dispose scope owns it.</returns>
    public abstract Tensor Features(Tensor images);

    /// <summary>The last layer: weight W is classes x p, bias b has one entry a class.</summary>
    public abstract Linear Head { get; }

    /// <summary>Names of the intermediate layers shown by <see cref="Layer"/>, shallow to deep; empty where the network shows none.</summary>
    public virtual IReadOnlyList<string> LayerNames => [];

    /// <summary>
    /// What a parameter or buffer is called where PyTorch knows this network, so that exported weights load there: torchvision's "layer1.0.conv1.weight". Its own name where not overridden.
    /// </summary>
    /// <param name="name">Its name here.</param>
    public virtual string PyTorchName(string name) => name;

    /// <summary>Logits: <see cref="Head"/> applied to <see cref="Features"/>.</summary>
    /// <param name="images">Standardised images, N x C x H x W, float32, on the network's device.</param>
    /// <returns>N x classes, float32. The caller's dispose scope owns it.</returns>
    public sealed override Tensor forward(Tensor images)
    {
        using var features = Features(images);
        return Head.call(features);
    }

    /// <summary>Calls <paramref name="observe"/> with every named layer's activations during forward passes, until the result is disposed.</summary>
    /// <param name="observe">Gets the layer's name and its activations, which belong to the network: copy what is to be kept.</param>
    /// <exception cref="InvalidOperationException">Somebody observes already.</exception>
    public IDisposable Observe(Action<string, Tensor> observe)
    {
        if (observer is not null) throw new InvalidOperationException($"{GetName()} is observed already; dispose the earlier observation first.");
        observer = observe;
        return new Observation(this);
    }

    /// <summary>Marks activations as the named layer's, for depth-wise measurements. Free where nobody observes.</summary>
    /// <param name="layer">One of <see cref="LayerNames"/>.</param>
    /// <param name="activations">Whatever the layer gives, first dimension N.</param>
    /// <returns><paramref name="activations"/>, the same object.</returns>
    protected Tensor Layer(string layer, Tensor activations)
    {
        observer?.Invoke(layer, activations);
        return activations;
    }

    private sealed class Observation(Classifier observed) : IDisposable
    {
        public void Dispose() => observed.observer = null;
    }
}
