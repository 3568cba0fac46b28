using static TorchSharp.torch;

namespace Harness.Metrics.Robustness;

/// <summary>Adversarial robustness as Papyan, Han and Donoho (2020) measure it: how far DeepFool must move test images, figure 8.</summary>
/// <remarks>
/// No image is dropped: a misclassified one is led away from the label the network gave it, an unbroken one keeps the radius it reached, and both
/// are counted.
/// </remarks>
/// <param name="options">How the attack is run.</param>
[Plugin("robustness", Summary = "DeepFool L2 radius of test images, relative to their norm")]
public sealed class RobustnessMetric(RobustnessOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = [.. Radii.Quantities, Examples.Quantity],
        Needs = MetricNeeds.Network,
        Cost = $"{options.Images} test images, at most {options.MaxIterations} iterations of two forward and {options.Candidates - 1} backward passes.",
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var network = snapshot.Network;
        var images = network.Images(Split.Test);
        var drawn = snapshot.Seed.Derive("robustness.images").Random().Permutation(images.Count).Take(options.Images);
        var deepFool = new DeepFool(network, options, snapshot.Cancellation);
        var results = new List<AttackedImage>();
        var examples = new Examples(images.Shape, snapshot.AtEnds ? options.Pictures : 0);
        foreach (var batch in drawn.Chunk(options.BatchSize))
        {
            using var scope = NewDisposeScope();
            var attacked = deepFool.Run(images.Pixels(batch));
            int[] labels = [.. batch.Select(i => images.Labels[i])];
            results.AddRange(AttackedImage.From(attacked, labels, network));
            examples.Add(attacked, labels);
        }
        Radii.Report(results, sink);
        examples.Report(sink);
    }
}
