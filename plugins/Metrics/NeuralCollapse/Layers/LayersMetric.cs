namespace Harness.Metrics.NeuralCollapse.Layers;

/// <summary>Collapse by depth: what each named layer leaves of the variability within classes, and the law of equi-separation (He and Su 2023).</summary>
/// <param name="options">How layers are measured.</param>
[Plugin("layers", Summary = "Separation of the classes by depth, with the log-linear fit of the law of equi-separation")]
public sealed class LayersMetric(LayersOptions options) : IMetric
{
    private const string Layer = "l = 1 .. L: the layers the network names, shallow to deep, and last the features h";

    private static readonly Figure Law = new(13, "Equi-separation: how evenly the layers separate the classes");

    private static readonly Quantity Fuzziness = new()
    {
        Name = "separation",
        Title = "Separation fuzziness by layer",
        Formula = $"D_l = Tr(Σ_W Σ_B⁺) of layer l's activations; {Layer}",
        Source = Papers.HeAndSu + ", equation 1",
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
        Positions = "layer l",
    };

    private static readonly Quantity TraceRatio = new()
    {
        Name = "trace-ratio",
        Title = "Within-class over between-class scatter by layer",
        Formula = $"Tr Σ_W / Tr Σ_B of layer l's activations; {Layer}",
        Source = "NC1 without the inverse, layer by layer",
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
        Positions = "layer l",
    };

    private static readonly Quantity Decay = new()
    {
        Name = "separation.decay",
        Title = "Decay of the separation fuzziness from layer to layer",
        Formula = "ρ = exp(slope of the least-squares line through (l, ln D_l)): D_l ≈ ρˡ D_0; NaN with fewer than two layers",
        Source = Papers.HeAndSu,
        Direction = Direction.LowerIsCollapsed,
        Figure = Law,
        Series = "ρ",
    };

    private static readonly Quantity R2 = new()
    {
        Name = "separation.r2",
        Title = "Evenness of the separation",
        Formula = "R² of that line: 1 where every layer separates by the same factor",
        Source = Papers.HeAndSu + ", which reports the correlation",
        Figure = Law,
        Series = "R²",
    };

    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = [Fuzziness, TraceRatio, Decay, R2],
        Needs = MetricNeeds.Network,
        Cost = $"Two forward passes of all images; 16 C p bytes for each layer of p {(options.Positions == Positions.Averaged ? "channels" : "numbers")}, and its C x p singular value decomposition.",
        DefaultAt = MeasureAt.Ends,
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var pass = new LayerPass(snapshot.Network, options, snapshot.Cancellation);
        double[] depths = [.. Enumerable.Range(1, pass.Layers.Count)];
        foreach (var split in (Split[])[Split.Train, Split.Test])
        {
            var layers = Separation.Of(pass, split, snapshot.Classes);
            var fit = LogLinearFit.Of([.. layers.Select(l => l.Fuzziness)]);
            sink.Curve(Fuzziness, split, depths, [.. layers.Select(l => l.Fuzziness)]);
            sink.Curve(TraceRatio, split, depths, [.. layers.Select(l => l.TraceRatio)]);
            sink.Scalar(Decay, split, Math.Exp(fit.Slope));
            sink.Scalar(R2, split, fit.R2);
        }
    }
}
