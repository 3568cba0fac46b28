namespace Harness.Metrics.Margins.ImplicitBias;

/// <summary>What <see cref="ImplicitBiasMetric"/> measures.</summary>
internal static class ImplicitBiasQuantities
{
    private const string Head = "W̃ = [W b] − its mean over classes";
    private const string Machine = "V the maximum-margin head of the separable images, across the span of the others; γ its margin min_i m_i/‖V‖_F";
    private const string Time = "t the epoch, which is the step where a batch holds all images";
    private const string Fit = "least squares over the measured epochs from √t to t; NaN with fewer than three";
    private const string Separably = Papers.Soudry + ", theorem 3; " + Papers.Descriptive;
    private const string Generally = Papers.JiAndTelgarsky + "; " + Papers.Descriptive;
    private static readonly Figure Growth = new(31, "Implicit bias: the head grows as ln t / γ");
    private static readonly Figure Gaps = new(32, "Implicit bias: gaps to the maximum margin, falling as 1/ln t");
    private static readonly Figure Slopes = new(33, "Implicit bias: slopes of the gaps against 1/ln t");
    private static readonly Figure Excess = new(34, "Implicit bias: loss above its infimum, falling as 1/t");
    private static readonly Figure Constant = new(35, "Implicit bias: what the laws say stays bounded");
    private static readonly Figure Offsets = new(36, "Implicit bias: the offset on the images that cannot be separated");

    public static readonly Quantity Share = new()
    {
        Name = "separable",
        Title = "Separable images",
        Formula = "share of the images in the maximal separable subset: u·z > 0 for some u with u·z ≥ 0 for all, z = ±x by class; 1 where all are, and taken for 1 with more than two classes",
        Source = Generally,
    };

    public static readonly Quantity Gap = new()
    {
        Name = "gap",
        Title = "Relative duality gap of the maximum margin",
        Formula = "(P − D)/P as in max-margin; sin² of the angle of V to the true direction is at most this",
        Source = Papers.CrammerAndSinger,
        Scale = AxisScale.Log,
    };

    public static readonly Quantity Norm = new()
    {
        Name = "norm",
        Title = "Norm of the head",
        Formula = $"‖W̃‖_F, {Head}",
        Source = Separably,
        Figure = Growth,
        Series = "‖W̃‖",
    };

    public static readonly Quantity NormSlope = new()
    {
        Name = "norm.slope",
        Title = "Slope of the norm against ln t",
        Formula = $"of ‖W̃‖_F by {Fit}; {Time}; tends to 1/γ, since W̃ = (V/(γ ‖V‖_F)) ln t + a bounded rest",
        Source = Separably,
        Figure = Growth,
        Series = "slope against ln t",
    };

    public static readonly Quantity NormSlopeLimit = new()
    {
        Name = "norm.slope.limit",
        Title = "What that slope tends to",
        Formula = $"1/γ; {Machine}",
        Source = Separably,
        Figure = Growth,
        Series = "1/γ",
    };

    public static readonly Quantity DirectionGap = new()
    {
        Name = "direction-gap",
        Title = "Distance of the head's direction from maximum margin",
        Formula = $"‖W̃/‖W̃‖_F − V/‖V‖_F‖_F, {Head}; {Machine}",
        Source = Separably,
        Direction = Direction.LowerIsBetter,
        Scale = AxisScale.Log,
        Figure = Gaps,
        Series = "direction",
    };

    public static readonly Quantity MarginGap = new()
    {
        Name = "margin-gap",
        Title = "Margin of the head below the largest",
        Formula = $"1 − (min_i m_i/‖W̃‖_F)/γ over the separable images; {Machine}",
        Source = Separably,
        Direction = Direction.LowerIsBetter,
        Scale = AxisScale.Log,
        Figure = Gaps,
        Series = "margin",
    };

    public static readonly Quantity DirectionSlope = Slope(DirectionGap, "direction");

    public static readonly Quantity MarginSlope = Slope(MarginGap, "margin");

    public static readonly Quantity DirectionFit = new()
    {
        Name = "direction-gap.r2",
        Title = "Share of the direction gap that 1/ln t explains",
        Formula = $"R² of that line, {Fit}",
        Source = Separably,
    };

    public static readonly Quantity Loss = new()
    {
        Name = "loss.excess",
        Title = "Loss above its infimum",
        Formula = "Ave of the cross-entropies − its infimum over all heads, which is 0 where all images are separable, and else the least of the others alone over N",
        Source = Separably,
        Unit = "nats",
        Direction = Direction.LowerIsBetter,
        Scale = AxisScale.Log,
        Figure = Excess,
    };

    public static readonly Quantity DirectionScaled = Scaled("direction-gap.scaled", "Direction gap times ln t", "the direction gap times ln t", Separably, "direction gap · ln t");

    public static readonly Quantity MarginScaled = Scaled("margin-gap.scaled", "Margin gap times ln t", "the margin gap times ln t", Separably, "margin gap · ln t");

    public static readonly Quantity LossScaled = Scaled("loss.excess.scaled", "Loss above its infimum times t", "the loss above its infimum times t", Separably, "excess loss · t");

    public static readonly Quantity DirectionRate = Scaled(
        "direction-gap.rate", "Direction gap by the rate of general data", "the direction gap · ln t/ln ln t, from t = 3", Generally, "direction gap · ln t/ln ln t");

    public static readonly Quantity OffsetRate = Scaled(
        "offset.rate", "Squared offset gap by its rate", "the squared offset gap · √t/(ln t)²; NaN where all images are separable", Generally, "squared offset gap · √t/(ln t)²");

    public static readonly Quantity OffsetNorm = new()
    {
        Name = "offset.norm",
        Title = "Norm of the head on the images that cannot be separated",
        Formula = "‖Π W̃‖_F, Π on the span of the images that are not separable: stays bounded; NaN where all are separable",
        Source = Generally,
        Figure = Offsets,
        Series = "‖Π W̃‖",
    };

    public static readonly Quantity OffsetLimit = new()
    {
        Name = "offset.limit",
        Title = "What that norm tends to",
        Formula = "‖V̄‖_F, V̄ the head on their span of least cross-entropy on them alone; NaN where all are separable",
        Source = Generally,
        Figure = Offsets,
        Series = "‖V̄‖",
    };

    public static readonly Quantity OffsetGap = new()
    {
        Name = "offset.gap",
        Title = "Distance of the offset from its limit",
        Formula = "‖Π W̃ − V̄‖_F; NaN where all images are separable",
        Source = Generally,
        Direction = Direction.LowerIsBetter,
        Figure = Offsets,
        Series = "‖Π W̃ − V̄‖",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        Share, Gap, Norm, NormSlope, NormSlopeLimit, DirectionGap, DirectionSlope, DirectionFit, DirectionScaled, DirectionRate, MarginGap, MarginSlope, MarginScaled, Loss, LossScaled,
        OffsetNorm, OffsetLimit, OffsetGap, OffsetRate,
    ];

    private static Quantity Slope(Quantity gap, string series) => new()
    {
        Name = $"{gap.Name}.slope",
        Title = $"Slope of the {series} gap against 1/ln t",
        Formula = $"of {gap.Name} by {Fit}; {Time}",
        Source = Separably,
        Figure = Slopes,
        Series = series,
    };

    private static Quantity Scaled(string name, string title, string formula, string source, string series) => new()
    {
        Name = name,
        Title = title,
        Formula = $"{formula}; stays bounded; {Time}",
        Source = source,
        Figure = Constant,
        Series = series,
    };
}
