namespace Harness.Metrics.Discriminant;

/// <summary>What is measured. Σ_T is that of the images measured; the least-squares head is that of the training images.</summary>
internal static class Quantities
{
    private const string WebbAndLowe = "Webb and Lowe 1990 (Neural Networks 3:367)";
    private const string Han = "Han, Papyan and Donoho 2022 (ICLR, arXiv:2106.02073)";
    private const string Fitted = "W_LS = (1/C) Mᵀ Σ_T⁺, b_LS = 1/C − W_LS μ_G";
    private static readonly Figure Heads = new(15, "Accuracy of the least-squares head beside the trained one");

    public static readonly Quantity J = new()
    {
        Name = "j",
        Title = "Discriminant criterion J",
        Formula = "J = Tr(Σ_B Σ_T⁺), 0 to C − 1; eigenvalues of Σ_T above p 2⁻⁵² times the largest and above 2⁻⁴⁸ Ave ‖h‖² are kept",
        Source = WebbAndLowe,
        Direction = Direction.HigherIsCollapsed,
    };

    public static readonly Quantity Fraction = new()
    {
        Name = "j.fraction",
        Title = "Discriminant criterion as a share of its largest value",
        Formula = "J/(C − 1); the least one-hot squared error is (C − 1 − J)/C",
        Source = WebbAndLowe,
        Direction = Direction.HigherIsCollapsed,
        Figure = new(14, "Discriminant criterion J/(C − 1)"),
    };

    public static readonly Quantity Vci = new()
    {
        Name = "vci",
        Title = "Variability collapse index",
        Formula = "1 − Tr(Σ_T⁺ Σ_B)/rank Σ_B, the rank as in nc1.rank; NaN where it is 0",
        Source = "Xu and Liu 2023 (arXiv:2306.03440)",
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
    };

    public static readonly Quantity Rank = new()
    {
        Name = "total-scatter.rank",
        Title = "Rank of the total scatter",
        Formula = "eigenvalues of Σ_T that are kept",
        Source = WebbAndLowe + ": the directions its pseudo-inverse has",
    };

    public static readonly Quantity NumericalRank = new()
    {
        Name = "numerical-rank",
        Title = "Numerical rank of the features",
        Formula = "(‖H‖_*/‖H‖_F)², H the features, not centred, each class with the same weight: (Σ_j √λ_j)²/Σ_j λ_j, λ_j the eigenvalues of Σ_T + μ_G μ_Gᵀ",
        Source = "The squared ratio of nuclear and Frobenius norm, which needs no threshold",
    };

    public static readonly Quantity CentredNumericalRank = new()
    {
        Name = "numerical-rank.centred",
        Title = "Numerical rank of the centred features",
        Formula = "the same of h − μ_G: (Σ_j √λ_j)²/Σ_j λ_j, λ_j the eigenvalues of Σ_T; C − 1 where features have collapsed to a simplex",
        Source = "The squared ratio of nuclear and Frobenius norm, which needs no threshold",
    };

    public static readonly Quantity LeastSquaresAccuracy = new()
    {
        Name = "accuracy.least-squares",
        Title = "Accuracy of the least-squares head",
        Formula = $"share of images with argmax_c (W_LS h + b_LS)_c = y, {Fitted} of the training images",
        Source = WebbAndLowe,
        Direction = Direction.HigherIsBetter,
        Figure = Heads,
        Series = "least-squares head",
    };

    public static readonly Quantity TrainedAccuracy = new()
    {
        Name = "accuracy.trained",
        Title = "Accuracy of the trained head",
        Formula = "share of images with argmax_c z_c = y",
        Source = "To stand beside the least-squares head",
        Direction = Direction.HigherIsBetter,
        Figure = Heads,
        Series = "trained head",
    };

    public static readonly Quantity SquaredError = new()
    {
        Name = "squared-error.least-squares",
        Title = "Squared error of the least-squares head",
        Formula = $"Ave ‖W_LS h + b_LS − e_y‖², {Fitted} of the training images; (C − 1 − J)/C on these",
        Source = WebbAndLowe,
        Direction = Direction.LowerIsBetter,
        Scale = AxisScale.Log,
    };

    public static readonly Quantity Loss = Part("mse-loss", "Squared-error loss of the trained head", "½ Ave ‖W h + b − e_y‖² = L_NC1 + L_NC2/3 + L_⊥");

    public static readonly Quantity LossWithin = Part("mse-loss.nc1", "Part of the squared-error loss: variability", "L_NC1 = ½ Ave ‖W_LS (h − μ_y)‖²");

    public static readonly Quantity LossMeans = Part("mse-loss.nc2-3", "Part of the squared-error loss: class means", "L_NC2/3 = ½ Ave_c ‖W_LS μ_c + b_LS − e_c‖²");

    public static readonly Quantity LossApart = Part(
        "mse-loss.perpendicular", "Part of the squared-error loss: distance from the central path", "L_⊥ = ½ Ave ‖(W − W_LS) h + b − b_LS‖²");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        J, Fraction, Vci, Rank, NumericalRank, CentredNumericalRank, LeastSquaresAccuracy, TrainedAccuracy, SquaredError, Loss, LossWithin, LossMeans, LossApart,
    ];

    private static Quantity Part(string name, string title, string formula) => new()
    {
        Name = name,
        Title = title,
        Formula = formula,
        Source = Han + ", without weight decay",
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
    };
}
