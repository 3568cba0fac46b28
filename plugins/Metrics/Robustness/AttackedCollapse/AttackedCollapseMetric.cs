using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AttackedCollapse;

/// <summary>
/// Whether the features of attacked images still collapse, and to which class (Su, Zhang, Tsilivis and Kempe 2023): NC1 and class means of the same images before and after.
/// </summary>
[Plugin("attacked-collapse", Summary = "NC1 and class means of the features of attacked images beside those of the clean ones, by eps")]
public sealed class AttackedCollapseMetric : IMetric
{
    private readonly AttackedCollapseOptions options;
    private readonly (Norm Norm, double[] Radii, CollapseReport Report)[] norms;

    /// <summary>The metric.</summary>
    /// <param name="options">Which images, and how they are attacked.</param>
    public AttackedCollapseMetric(AttackedCollapseOptions options)
    {
        this.options = options;
        norms = [.. options.Balls.Select(ball => (ball.Norm, ball.Radii, new CollapseReport(ball.Norm, options.Split)))];
        Card = new()
        {
            Quantities = [.. norms.SelectMany(n => n.Report.Quantities)],
            Needs = MetricNeeds.Network,
            Cost = $"{options.PerClass} images of each class at {norms.Sum(n => n.Radii.Length)} radii, for each {options.Steps} forward and backward passes and one forward; 8 p bytes an image.",
            DefaultAt = MeasureAt.Ends,
        };
    }

    /// <inheritdoc/>
    public MetricCard Card { get; }

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        using var frozen = new FrozenParameters(snapshot.Network.Classifier);
        using var noGradients = no_grad();
        var drawn = Drawn(snapshot);
        foreach (var (norm, radii, report) in norms)
        {
            using var scope = NewDisposeScope();
            var clean = Features(snapshot, drawn, null);
            report.Tell([(0, clean), .. radii.Select(eps => (eps, Features(snapshot, drawn, new Ball(norm, eps))))], sink);
        }
    }

    private int[] Drawn(Snapshot snapshot)
    {
        var images = snapshot.Network.Images(options.Split);
        var order = snapshot.Seed.Derive("attacked-collapse.images").Random().Permutation(images.Count);
        return [.. order.GroupBy(i => images.Labels[i]).OrderBy(g => g.Key).SelectMany(g => g.Take(options.PerClass))];
    }

    /// <summary>Features of the images, attacked within a ball where there is one.</summary>
    private LabelledFeatures Features(Snapshot snapshot, int[] drawn, Ball? ball)
    {
        using var scope = NewDisposeScope();
        var network = snapshot.Network;
        var images = network.Images(options.Split);
        var attack = new Pgd(network, Losses.Gap, options.Steps, snapshot.Cancellation, untilBroken: false);
        var (features, predicted) = (new List<Tensor>(), new List<Tensor>());
        foreach (var batch in drawn.Chunk(options.BatchSize))
        {
            snapshot.Cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var pixels = images.Pixels(batch);
            var labels = tensor(batch.Select(i => (long)images.Labels[i]).ToArray(), ScalarType.Int64, pixels.device);
            var seen = ball is null ? pixels : attack.Run(new(pixels, labels, batch), ball, snapshot.Seed.Derive("attacked-collapse.start"));
            var h = network.Classifier.Features(network.Standardise(seen));
            predicted.Add(network.Classifier.Head.call(h).argmax(1).MoveToOuterDisposeScope());
            features.Add(h.to(ScalarType.Float64).MoveToOuterDisposeScope());
        }
        var all = tensor(drawn.Select(i => (long)images.Labels[i]).ToArray(), ScalarType.Int64, snapshot.Device);
        return new(snapshot.Classes, cat(features).MoveToOuterDisposeScope(), all.MoveToOuterDisposeScope(), cat(predicted).MoveToOuterDisposeScope());
    }
}
