using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Puts a network into eval mode, and on disposal every module of it back into the mode it was found in.</summary>
internal sealed class EvalMode : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] found;

    /// <summary>Switches.</summary>
    /// <param name="network">The network.</param>
    public EvalMode(nn.Module network)
    {
        // Parents before children: train() reaches all below it, so each child's own mode is restored after its parent's.
        found = [(network, network.training), .. network.modules().Select(m => (m, m.training))];
        network.eval();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (module, training) in found) module.train(training);
    }
}
