using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse.Layers;

/// <summary>Runs a network over the images of a split and shows the activations of every named layer, and the features as the last of them.</summary>
/// <param name="network">The network, in eval mode.</param>
/// <param name="options">Batch size, and what becomes of positions.</param>
/// <param name="cancellation">Checked between batches.</param>
internal sealed class LayerPass(ITrainedNetwork network, LayersOptions options, CancellationToken cancellation)
{
    /// <summary>The layers, shallow to deep; the features' name is empty.</summary>
    public IReadOnlyList<string> Layers { get; } = [.. network.Classifier.LayerNames, ""];

    /// <summary>Runs once.</summary>
    /// <param name="split">Which images.</param>
    /// <param name="visit">Gets a layer, its activations, n x p, float64, and their labels, n, int64. The tensors are valid during the visit.</param>
    public void Run(Split split, Action<string, Tensor, Tensor> visit)
    {
        var images = network.Images(split);
        foreach (var batch in Enumerable.Range(0, images.Count).Chunk(options.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var pixels = images.Pixels(batch);
            var labels = tensor(batch.Select(i => (long)images.Labels[i]).ToArray(), ScalarType.Int64, pixels.device);
            using var observation = network.Classifier.Observe((layer, activations) => Visit(layer, activations));
            Visit("", network.Classifier.Features(network.Standardise(pixels)));

            void Visit(string layer, Tensor activations)
            {
                using var scope = NewDisposeScope();
                visit(layer, Rows(activations.detach()), labels);
            }
        }
    }

    private Tensor Rows(Tensor activations)
    {
        var flat = activations.flatten(Math.Min(2, activations.dim() - 1)).to(ScalarType.Float64);
        return options.Positions == Positions.Averaged && activations.dim() > 2 ? flat.mean([2]) : flat.flatten(1);
    }
}
