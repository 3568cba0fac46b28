namespace Harness.Metrics.Margins;

/// <summary>What <see cref="MarginsMetric"/> measures.</summary>
internal static class MarginQuantities
{
    private const string Margin = "m = z_y − max_(c≠y) z_c in float64, z = W h + b";
    private const string PerLayer = "ρ_k = ‖W_k‖_F over linear and convolutional layers; biases and batch norm are not counted";
    private const string Banburski = Papers.Banburski + "; " + Papers.Descriptive;
    private const string LyuAndLi = Papers.LyuAndLi + "; " + Papers.Descriptive;
    private static readonly Figure NormalisedFigure = new(16, "Normalised margins m/Πρ_k");
    private static readonly Figure HomogeneousFigure = new(17, "Margins of a homogeneous network, by ‖θ‖ᴸ");

    public static readonly Quantity Smallest = new()
    {
        Name = "margin.min",
        Title = "Smallest margin",
        Formula = $"min_i m_i, {Margin}; negative where an image is misclassified",
        Source = Papers.CrammerAndSinger,
        Direction = Direction.HigherIsBetter,
    };

    public static readonly Quantity LastLayer = new()
    {
        Name = "last-layer.margin",
        Title = "Smallest margin of the last layer",
        Formula = $"min_i m_i/‖[W b]‖_F, {Margin}",
        Source = Papers.Soudry + "; " + Papers.Descriptive,
        Unit = "feature units",
        Direction = Direction.HigherIsBetter,
    };

    public static readonly Quantity Normalised = Quantile("normalised.min", "Smallest normalised margin", "min_i", "least");

    public static readonly Quantity NormalisedTenth = Quantile("normalised.q10", "Lower tenth of the normalised margins", "the 0.1-quantile of", "lower tenth");

    public static readonly Quantity NormalisedMedian = Quantile("normalised.median", "Median normalised margin", "Median_i", "median");

    public static readonly Quantity Distribution = new()
    {
        Name = "normalised",
        Title = "Distribution of the normalised margins",
        Formula = $"quantiles of m/Π_k ρ_k at 0, 0.01 .. 1, {Margin}, {PerLayer}",
        Source = Banburski,
        Positions = "share of images below",
        Direction = Direction.HigherIsBetter,
    };

    public static readonly Quantity LayerNorms = new()
    {
        Name = "layer-norms",
        Title = "Norms of the layers",
        Formula = $"{PerLayer}; k = 1 .. K in the order of the network's parameters",
        Source = Banburski,
        Positions = "layer k",
    };

    public static readonly Quantity LogProduct = new()
    {
        Name = "layer-norms.log-product",
        Title = "Logarithm of the product of the layers' norms",
        Formula = $"Σ_k ln ρ_k, {PerLayer}",
        Source = Banburski,
        Unit = "nats",
    };

    public static readonly Quantity Imbalance = new()
    {
        Name = "layer-norms.imbalance",
        Title = "Imbalance of the layers' norms",
        Formula = $"Std_k(ρ_k²)/Avg_k(ρ_k²), the K denominator, {PerLayer}; gradient flow without biases and batch norm keeps ρ_k² − ρ_l², so this falls as norms grow",
        Source = Banburski,
        Scale = AxisScale.Log,
    };

    public static readonly Quantity Homogeneous = new()
    {
        Name = "homogeneous",
        Title = "Whether the network is homogeneous",
        Formula = "1 where f(x; aθ) = aᴸ f(x; θ) for an L > 0, tried at a = 2 and a = ½, with a relative misfit of at most 1e-5; 0: not homogeneous, as with biases or batch norm",
        Source = Papers.LyuAndLi,
    };

    public static readonly Quantity Misfit = new()
    {
        Name = "homogeneous.misfit",
        Title = "How far the network is from homogeneous",
        Formula = "max over a = 2, ½ of ‖f(aθ) − aᴸ f(θ)‖/‖f(aθ)‖, the logits of 32 training images, at the L that fits the norms best",
        Source = Papers.LyuAndLi,
    };

    public static readonly Quantity Degree = new()
    {
        Name = "homogeneous.degree",
        Title = "Degree of homogeneity",
        Formula = "L = log₂(‖f(2θ)‖/‖f(θ/2)‖)/2; NaN where not homogeneous",
        Source = Papers.LyuAndLi,
    };

    public static readonly Quantity Homogenised = new()
    {
        Name = "homogeneous.margin",
        Title = "Normalised margin of a homogeneous network",
        Formula = $"min_i m_i/‖θ‖ᴸ, {Margin}; NaN where not homogeneous",
        Source = LyuAndLi,
        Direction = Direction.HigherIsBetter,
        Figure = HomogeneousFigure,
        Series = "margin",
    };

    public static readonly Quantity Smoothed = new()
    {
        Name = "homogeneous.smoothed-margin",
        Title = "Smoothed normalised margin of a homogeneous network",
        Formula = "−ln(exp(Loss) − 1)/‖θ‖ᴸ, Loss = Σ_i of the cross-entropies, in logarithms; positive once Loss < ln 2, and from there non-decreasing under gradient flow; NaN where not homogeneous",
        Source = LyuAndLi,
        Direction = Direction.HigherIsBetter,
        Figure = HomogeneousFigure,
        Series = "smoothed",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        Normalised, NormalisedTenth, NormalisedMedian, Distribution, Smallest, LastLayer, LayerNorms, LogProduct, Imbalance, Homogeneous, Misfit, Degree, Homogenised,
        Smoothed,
    ];

    private static Quantity Quantile(string name, string title, string which, string series) => new()
    {
        Name = name,
        Title = title,
        Formula = $"{which} m_i/Π_k ρ_k, {Margin}, {PerLayer}",
        Source = Banburski,
        Direction = Direction.HigherIsBetter,
        Figure = NormalisedFigure,
        Series = series,
    };
}
