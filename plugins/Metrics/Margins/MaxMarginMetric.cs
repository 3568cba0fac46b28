namespace Harness.Metrics.Margins;

/// <summary>
/// The head beside the maximum-margin one on the same features: gradient descent on separable data goes to its direction, at a rate of 1/log t (Soudry et al. 2018).
/// </summary>
/// <param name="options">How it is fitted.</param>
[Plugin("max-margin", Summary = "Direction and margin of the head beside those of the multiclass support vector machine on the last layer's features")]
public sealed class MaxMarginMetric(MaxMarginOptions options) : IMetric
{
    private const string Machine = "V the Crammer-Singer solution on x = (h, 1), or h where the head has no bias, of the training images chosen";
    private const string Source = Papers.Soudry + "; " + Papers.Descriptive;
    private const string Solver = Papers.CrammerAndSinger + "; dual coordinate ascent of Keerthi et al. 2008 (KDD)";

    private static readonly Quantity Cosine = new()
    {
        Name = "cosine",
        Title = "Direction of the head against maximum margin",
        Formula = $"cos(W̃, V), W̃ = [W b] − its mean over classes; {Machine}",
        Source = Source,
        Direction = Direction.HigherIsBetter,
        Figure = new(18, "Direction of the head against maximum margin"),
    };

    private static readonly Quantity Fraction = new()
    {
        Name = "margin.fraction",
        Title = "Margin of the head as a share of the largest",
        Formula = "(min_i m_i/‖W̃‖_F)/(min_i m_i of V/‖V‖_F), on the images chosen; at most 1 but for the gap; NaN where V does not separate them",
        Source = Source,
        Direction = Direction.HigherIsBetter,
    };

    private static readonly Quantity Margin = new()
    {
        Name = "margin.largest",
        Title = "Largest margin of a head",
        Formula = $"min_i m_i/‖V‖_F, m = (v_y − max_(c≠y) v_c)·x; {Machine}",
        Source = Papers.CrammerAndSinger,
        Unit = "feature units",
        Direction = Direction.HigherIsBetter,
    };

    private static readonly Quantity Gap = new()
    {
        Name = "gap",
        Title = "Relative duality gap of the maximum-margin solution",
        Formula = "(P − D)/P, P the lesser of the soft-margin objective at V and ½‖V‖²/(min_i m_i)², D the dual's; where V separates the images, sin² of its angle to the optimum is at most this",
        Source = Solver,
        Scale = AxisScale.Log,
    };

    private static readonly Quantity AtBound = new()
    {
        Name = "at-bound",
        Title = "Images held back by the penalty",
        Formula = "share of the images chosen with α_y = K; 0 where V is the hard-margin solution, as the theory of separable data asks",
        Source = Solver,
    };

    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = [Cosine, Fraction, Margin, Gap, AtBound],
        Needs = MetricNeeds.TrainFeatures,
        Cost = $"A walk over the stored features, then on the processor at most {options.Passes} times two passes over {options.Images} images and ten over their support vectors, O(pC) an image; 8 (p + C) bytes an image.",
        DefaultAt = MeasureAt.Ends,
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var bias = CentredHead.HasBias(snapshot.Head);
        var seed = snapshot.Seed.Derive("max-margin");
        var samples = Samples.Of(snapshot.Features(Split.Train), options.Images, bias, seed.Derive("images"));
        var length = Math.Sqrt(samples.Rows.Average(x => Vectors.Dot(x, x)));
        var scaled = samples with { Rows = [.. samples.Rows.Select(x => x.Select(v => v / length).ToArray())] };
        var svm = MulticlassSvm.Solve(scaled, snapshot.Classes, options.Penalty, options.Gap, options.Passes, seed, snapshot.Cancellation);

        var head = CentredHead.Of(snapshot.Head, bias);
        var largest = length * scaled.SmallestMargin(svm.Weight) / Vectors.Norm(svm.Weight);
        sink.Scalar(Cosine, Split.Train, head.Zip(svm.Weight, (w, v) => Vectors.Dot(w, v)).Sum() / (Vectors.Norm(head) * Vectors.Norm(svm.Weight)));
        sink.Scalar(Fraction, Split.Train, largest > 0 ? length * scaled.SmallestMargin(head) / Vectors.Norm(head) / largest : double.NaN);
        sink.Scalar(Margin, Split.Train, largest);
        sink.Scalar(Gap, Split.Train, svm.Gap);
        sink.Scalar(AtBound, Split.Train, svm.AtBound);
    }
}
