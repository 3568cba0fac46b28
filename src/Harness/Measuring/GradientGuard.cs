using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Sets a network's gradients aside, and on disposal puts them and <c>requires_grad</c> back as they were, whatever a metric left behind.</summary>
internal sealed class GradientGuard : IDisposable
{
    private readonly (Parameter Parameter, Tensor? Gradient, bool Required)[] found;

    /// <summary>Sets them aside.</summary>
    /// <param name="network">The network, or null where there is none.</param>
    public GradientGuard(nn.Module? network)
    {
        found = [.. (network?.parameters() ?? []).Select(p => (p, p.grad?.DetachFromDisposeScope(), p.requires_grad))];
        foreach (var (parameter, _, _) in found) parameter.grad = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (parameter, gradient, required) in found)
        {
            parameter.grad = gradient;
            parameter.requires_grad = required;
            gradient?.Dispose();
        }
    }
}
