using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>
/// Spectra of the Hessian and of the Gauss-Newton matrix, and the latter's class and cross-class structure (Papyan 2020): in closed form for the last layer, and for the whole
/// network by Hessian-vector products.
/// </summary>
/// <param name="options">How.</param>
[Plugin("spectrum", Summary = "Spectra of Hessian and Gauss-Newton matrix, with their class and cross-class structure, of the last layer and the whole network")]
public sealed class SpectrumMetric(SpectrumOptions options) : IMetric
{
    private static readonly WeightsQuantities LastLayerQuantities = new(
        "last-layer", "last layer", "= (W, b), of which G is the Hessian too", "in closed form: exact", figures: 19);

    private static readonly WeightsQuantities NetworkQuantities = new("network", "whole network", "all trained weights", TraceEstimate.How, figures: 21);

    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = options.WholeNet ? [.. LastLayerQuantities.All, .. NetworkQuantities.All, .. HessianQuantities.All] : [.. LastLayerQuantities.All],
        Needs = MetricNeeds.TrainFeatures,
        Uses = options.WholeNet ? MetricNeeds.Network : MetricNeeds.None,
        Cost = Cost(options),
        DefaultAt = MeasureAt.Ends,
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var seed = snapshot.Seed.Derive("spectrum");
        MeasureLastLayer(snapshot, seed, sink);
        if (options.WholeNet && snapshot.Has(MetricNeeds.Network)) MeasureNetwork(snapshot, seed, sink);
    }

    private void MeasureLastLayer(Snapshot snapshot, Seed seed, IMeasurementSink sink)
    {
        using var scope = NewDisposeScope();
        var images = Features.Of(snapshot.Features(Split.Train), options.LastLayerImages, seed.Derive("images"));
        var head = snapshot.Head;
        var curvature = new LogitCurvature(images.Values.mm(head.Weight.t()).add_(head.Bias), images.Labels);
        // A head without bias is one whose biases are all 0.
        var inputs = head.Bias.ne(0).any().ToBoolean() ? cat([images.Values, ones_like(images.Values.narrow(1, 0, 1))], 1) : images.Values;
        var layer = new LastLayer(inputs, snapshot.Classes);
        var matrix = new GaussNewton(layer, curvature);
        var report = new WeightsReport(LastLayerQuantities, options, snapshot.Classes, seed.Derive("last-layer"), sink, snapshot.Cancellation);
        report.Spectra(matrix, v => (matrix.Energies(v), 0), (_, _) => { });
        var traces = layer.Traces(curvature);
        report.Traces(part => (traces[part], null));
    }

    private void MeasureNetwork(Snapshot snapshot, Seed seed, IMeasurementSink sink)
    {
        using var scope = NewDisposeScope();
        var chosen = Sample.Balanced(snapshot.Network.Images(Split.Train).Labels, options.Images, seed.Derive("images"));
        using var network = new WholeNetwork(snapshot.Network, chosen, options.BatchSize, snapshot.Device, snapshot.Cancellation);
        var matrix = new GaussNewton(network, network.Curvature);
        var report = new WeightsReport(NetworkQuantities, options, snapshot.Classes, seed.Derive("network"), sink, snapshot.Cancellation);
        report.Spectra(matrix, Forms, Traces);
        MeasureHessian(network, seed.Derive("hessian"), sink, snapshot.Cancellation);

        void Traces(Lanczos run, IReadOnlyList<(PartValues Parts, double Other)> leading)
        {
            var probes = Enumerable.Range(0, options.TraceProbes).Select(i => Probe(run, leading.Count, i)).ToArray();
            report.Traces(part => Estimate(f => f.Parts[part]) is var trace ? (trace.Value, trace.StandardError) : default);
            var hessian = Estimate(f => f.Parts.Sum + f.Other);
            sink.Scalar(HessianQuantities.Trace, Split.Train, hessian.Value, hessian.StandardError);

            TraceEstimate Estimate(Func<(PartValues Parts, double Other), double> of) => TraceEstimate.Of(leading.Select(of), [.. probes.Select(of)]);
        }

        (PartValues Parts, double Other) Probe(Lanczos run, int leading, int index)
        {
            using var step = NewDisposeScope();
            var direction = Directions.Unit(network.Dimension, seed.Derive("trace", index), network.Device).mul_(Math.Sqrt(network.Dimension));
            return Forms(run.Deflated(direction, leading));
        }

        (PartValues Parts, double Other) Forms(Tensor direction)
        {
            using var step = NewDisposeScope();
            var (along, second) = network.ApplyTwice(direction);
            return (network.Curvature.Energies(along), second.dot(direction).ToDouble());
        }
    }

    private void MeasureHessian(WholeNetwork network, Seed seed, IMeasurementSink sink, CancellationToken cancellation)
    {
        var runs = WeightsReport.Runs(network.Hessian, network, options.Steps, seed, options.Probes, cancellation);
        using var first = runs[0];
        var density = SpectralDensity.Linear(runs, options.Points, options.Smoothing);
        sink.Curve(HessianQuantities.Density, Split.Train, density.X, density.Y);
        WeightsReport.ReportEigenvalues(
            HessianQuantities.Eigenvalues, first, first.Values[0] * Math.Pow(10, -WeightsReport.Decades(network.Precision)), sink);
        sink.Scalar(HessianQuantities.Smallest, Split.Train, first.Values[^1]);
    }

    private static string Cost(SpectrumOptions options)
    {
        var products = options.Probes * options.Steps;
        var cost = $"Last layer: no pass; seven spectra of at most {products} products, each of 4 N C p operations in float64 on the stored features of N = {options.LastLayerImages} images; {options.Steps} vectors of C p numbers.";
        if (!options.WholeNet) return cost;
        var held = options.Images <= options.BatchSize;
        return cost +
            $" Whole network: eight spectra of at most {products} products, each with {(held ? "a double backward and a backward pass" : "two forward, a double backward and two backward passes")} of {options.Images} images;" +
            $" {options.Steps} vectors as long as the weights, in float32, and the activations and gradients of {Math.Min(options.Images, options.BatchSize)} images.";
    }
}
