using TorchSharp;

namespace Harness.Metrics.Margins;

/// <summary>
/// Margins of the whole network: normalised by the layers' norms (Banburski et al. 2019), by the last layer's, and where the network is homogeneous by
/// ‖θ‖ᴸ, smoothed (Lyu and Li 2020).
/// </summary>
[Plugin("margins", Summary = "Distribution of normalised margins, layer norms and their balance; smoothed margin of homogeneous networks")]
public sealed class MarginsMetric : IMetric
{
    /// <summary>The law holds image by image, so few tell as much as many.</summary>
    private const int HomogeneityImages = 32;

    private static readonly double[] Shares = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)];

    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = MarginQuantities.All,
        Needs = MetricNeeds.TrainFeatures,
        Uses = MetricNeeds.TestFeatures | MetricNeeds.Network,
        Cost = $"One walk over the stored features of each split; three forward passes of {HomogeneityImages} images and a copy of the parameters.",
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var network = snapshot.Has(MetricNeeds.Network) ? snapshot.Network : null;
        var norms = network is null ? null : LayerNorms.Of(network.Classifier);
        if (norms is not null) Report(norms, sink);

        var head = snapshot.Head;
        var headNorm = Math.Sqrt(head.Weight.square().sum().ToDouble() + head.Bias.square().sum().ToDouble());
        foreach (var split in snapshot.Splits)
        {
            var logits = LogitMargins.Of(snapshot.Features(split), head);
            var quantiles = new Quantiles(logits.Margins.data<double>());
            sink.Scalar(MarginQuantities.Smallest, split, quantiles.At(0));
            sink.Scalar(MarginQuantities.LastLayer, split, quantiles.At(0) / headNorm);
            if (norms is not null) Report(quantiles, Math.Exp(-norms.LogProduct), split, sink);
            if (network is not null && split == Split.Train) ReportHomogeneous(network, norms!.Whole, logits, sink);
        }
    }

    private static void Report(LayerNorms norms, IMeasurementSink sink)
    {
        sink.Curve(MarginQuantities.LayerNorms, null, [.. Enumerable.Range(1, norms.Norms.Length).Select(k => (double)k)], norms.Norms);
        sink.Scalar(MarginQuantities.LogProduct, null, norms.LogProduct);
        sink.Scalar(MarginQuantities.Imbalance, null, norms.Imbalance);
    }

    private static void Report(Quantiles quantiles, double scale, Split split, IMeasurementSink sink)
    {
        sink.Scalar(MarginQuantities.Normalised, split, quantiles.At(0) * scale);
        sink.Scalar(MarginQuantities.NormalisedTenth, split, quantiles.At(0.1) * scale);
        sink.Scalar(MarginQuantities.NormalisedMedian, split, quantiles.At(0.5) * scale);
        sink.Curve(MarginQuantities.Distribution, split, Shares, [.. Shares.Select(share => quantiles.At(share) * scale)]);
    }

    private static void ReportHomogeneous(ITrainedNetwork network, double norm, LogitMargins train, IMeasurementSink sink)
    {
        var images = network.Images(Split.Train);
        var homogeneity = Homogeneity.Of(network, images.Pixels([.. Enumerable.Range(0, Math.Min(HomogeneityImages, images.Count))]));
        sink.Scalar(MarginQuantities.Homogeneous, null, homogeneity.Holds ? 1 : 0);
        sink.Scalar(MarginQuantities.Misfit, null, homogeneity.Misfit);
        sink.Scalar(MarginQuantities.Degree, null, homogeneity.Holds ? homogeneity.Degree : double.NaN);
        var scale = homogeneity.Holds ? Math.Exp(-homogeneity.Degree * Math.Log(norm)) : double.NaN;
        sink.Scalar(MarginQuantities.Homogenised, Split.Train, train.Margins.min().ToDouble() * scale);
        sink.Scalar(MarginQuantities.Smoothed, Split.Train, SmoothedMargin.Of(train.Others) * scale);
    }
}
