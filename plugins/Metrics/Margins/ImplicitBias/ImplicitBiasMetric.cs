namespace Harness.Metrics.Margins.ImplicitBias;

/// <summary>
/// How near gradient descent on the head is to what it tends to on the features as they are, and whether it comes nearer at the rates that are proved for fixed features: of separable data (Soudry et al. 2018) and, with
/// two classes, of any data (Ji and Telgarsky 2019).
/// </summary>
/// <param name="options">How the limit is found.</param>
[Plugin("implicit-bias", Summary = "What gradient descent on the head tends to, separable or not, and the laws by which it does: 1/ln t with its fitted slope, 1/t, the bounded offset")]
public sealed class ImplicitBiasMetric(ImplicitBiasOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = ImplicitBiasQuantities.All,
        Needs = MetricNeeds.TrainFeatures,
        Cost = $"A walk over the stored features, then on the processor at most {options.Passes} passes over {options.Images} images and as many of their support vectors, O(pC) an image; with two classes as many sweeps again where they cannot be separated.",
        DefaultAt = MeasureAt.Ends,
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var bias = CentredHead.HasBias(snapshot.Head);
        var seed = snapshot.Seed.Derive("implicit-bias");
        var samples = Samples.Of(snapshot.Features(Split.Train), options.Images, bias, seed.Derive("images"));
        var limit = Limit.Of(samples, snapshot.Classes, options, seed, snapshot.Cancellation);
        var head = CentredHead.Of(snapshot.Head, bias);
        var norm = Vectors.Norm(head);
        var laws = new Laws(snapshot, sink);

        Report(ImplicitBiasQuantities.Share, (double)limit.Separable.Count(s => s) / limit.Separable.Length);
        Report(ImplicitBiasQuantities.Gap, limit.Gap);
        laws.ReportNorm(norm, 1 / limit.Margin);
        var known = limit.Direction is not null;
        laws.ReportDirection(known ? Distance([.. head.Select(w => w.Select(v => v / norm).ToArray())], limit.Direction!) : double.NaN);
        laws.ReportMargin(known ? 1 - samples.Only(limit.Separable).SmallestMargin(head) / norm / limit.Margin : double.NaN);
        laws.ReportLoss(samples.Loss(head) - limit.Infimum);

        double[][] along = [.. head.Select(w => Limit.Along(w, limit.Basis))];
        var offset = limit.Offset;
        Report(ImplicitBiasQuantities.OffsetNorm, offset is null ? double.NaN : Vectors.Norm(along));
        Report(ImplicitBiasQuantities.OffsetLimit, offset is null ? double.NaN : Vectors.Norm(offset));
        laws.ReportOffset(offset is null ? double.NaN : Distance(along, offset));

        void Report(Quantity quantity, double value) => sink.Scalar(quantity, Split.Train, value);
    }

    private static double Distance(double[][] a, double[][] b) => Vectors.Norm([.. a.Zip(b, (x, y) => x.Zip(y, (v, w) => v - w).ToArray())]);
}
