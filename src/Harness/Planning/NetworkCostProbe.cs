using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Planning;

/// <summary>Counts what a network does by sending one black image through it, in eval mode, with hooks on its layers. Needs libtorch.</summary>
public static class NetworkCostProbe
{
    /// <summary>Sends the image.</summary>
    /// <param name="network">The network, on the CPU; left with hooks that do no harm, so dispose it after.</param>
    /// <param name="input">Shape of the image as the network sees it.</param>
    /// <returns>
    /// The cost, or null where it cannot be counted: a layer with parameters is none that is known here, or its network does not use it by <c>call</c>, which alone runs hooks.
    /// </returns>
    public static NetworkCost? Measure(Classifier network, ImageShape input)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        network.eval();
        long flops = 0;
        var silent = new HashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        var inputs = new Dictionary<Tensor, long>(ReferenceEqualityComparer.Instance);   // two layers may share one, which is kept once
        foreach (var layer in network.modules().Where(m => m.parameters(recurse: false).Any()))
        {
            if (layer is not nn.Module<Tensor, Tensor> hooked || !IsKnown(layer)) return null;
            silent.Add(layer);
            hooked.register_forward_hook((_, x, y) =>
            {
                silent.Remove(layer);
                inputs[x] = x.NumberOfElements * sizeof(float);
                flops += Flops(layer, y);
                return y;
            });
        }
        network.call(zeros([1, input.Channels, input.Height, input.Width]));
        return silent.Count == 0 ? new(flops, inputs.Values.Sum()) : null;
    }

    private static bool IsKnown(nn.Module layer) =>
        layer is Linear or Conv1d or Conv2d or Conv3d || layer.parameters(recurse: false).All(p => p.dim() <= 1);   // norms, biases, slopes: no matrix product

    /// <summary>Every weight meets one multiply and one add at each position of the output.</summary>
    private static long Flops(nn.Module layer, Tensor output) => layer switch
    {
        Linear linear => 2 * linear.weight.NumberOfElements * (output.NumberOfElements / output.shape[^1]),
        Conv1d or Conv2d or Conv3d => 2 * layer.get_parameter("weight")!.NumberOfElements * (output.NumberOfElements / output.shape[1]),
        _ => 0,
    };
}
