using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness;

/// <summary>Keeps gradients from reaching a network's parameters, until disposed: an attack wants those of the pixels alone.</summary>
internal sealed class FrozenParameters : IDisposable
{
    private readonly Parameter[] frozen;

    /// <summary>Freezes what is not frozen yet.</summary>
    /// <param name="network">The network.</param>
    public FrozenParameters(nn.Module network)
    {
        frozen = [.. network.parameters().Where(p => p.requires_grad)];
        foreach (var parameter in frozen) parameter.requires_grad = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in frozen) parameter.requires_grad = true;
    }
}
