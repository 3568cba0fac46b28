using Harness;
using Harness.Results;

namespace Testing;

/// <summary>Declarations like those of the in-tree metrics.</summary>
public static class SyntheticQuantities
{
    private const string Paper = "Papyan, Han and Donoho 2020";

    /// <summary>One of each figure of the paper, both series where it has two.</summary>
    public static IReadOnlyList<QuantityRecord> All { get; } =
    [
        .. Simplex("equinorm", "Equinorm", "Std_c ‖{0}‖ / Ave_c ‖{0}‖", new(2, "NC2: class means and classifiers become equinorm")),
        .. Simplex("equiangularity", "Equiangularity", "Std_(c≠c′) cos({0}, {0}′)", new(3, "NC2: class means and classifiers become equiangular")),
        .. Simplex("maximal-angle", "Distance from the maximal angle", "Ave_(c≠c′) |cos({0}, {0}′) + 1/(C − 1)|",
            new(4, "NC2: class means and classifiers approach the maximal angle")),
        Collapse("self-duality", "Distance of classifier and class means", "‖Wᵀ/‖W‖_F − M/‖M‖_F‖_F²", new(5, "NC3: the classifier converges to the class means")),
        Collapse("nc1", "Within-class variability", "Tr(Σ_W Σ_B⁺)/C", new(6, "NC1: within-class variability collapses"), AxisScale.Log),
        Collapse("nearest-class-centre", "Disagreement with the nearest class centre", "share of test images with argmax_c (w_c·h + b_c) ≠ argmin_c ‖h − μ_c‖",
            new(7, "NC4: the classifier becomes the nearest class centre")),
        new("robustness", new()
        {
            Name = "deepfool.relative-radius", Title = "DeepFool radius relative to the image", Formula = "Ave ‖r(x)‖₂ / ‖x‖₂", Source = Paper + ", figure 8",
            Direction = Direction.HigherIsRobust, Figure = new(8, "Robustness: DeepFool radius relative to the image"),
        }),
        new("generalization", new()
        {
            Name = "accuracy", Title = "Accuracy", Formula = "share of images with argmax_c z_c = y", Source = Paper + ", table 1",
            Direction = Direction.HigherIsBetter, Figure = new(9, "Generalization: accuracy on training and test images"),
        }),
        new("generalization", new()
        {
            Name = "cross-entropy", Title = "Cross-entropy", Formula = "Ave_i (ln Σ_c exp z_c − z_y)", Source = "The training loss without weight decay", Unit = "nats",
            Direction = Direction.LowerIsBetter, Scale = AxisScale.Log, Figure = new(10, "Generalization: cross-entropy on training and test images"),
        }),
    ];

    /// <summary>The images a quantity is measured on.</summary>
    public static IReadOnlyList<Split?> Splits(QuantityRecord record) => record switch
    {
        { Quantity.Direction: Direction.HigherIsRobust } => [Split.Test],
        { Metric: "generalization" } or { Quantity.Name: "nc1" } => [Split.Train, Split.Test],
        { Metric: "robustness" } or { Quantity.Name: "nearest-class-centre" } => [Split.Test],
        { Quantity.Series: "classifiers" } => [null],
        _ => [Split.Train],
    };

    private static IEnumerable<QuantityRecord> Simplex(string name, string title, string formula, Figure figure) =>
        new[] { ("means", "class means", "μ_c − μ_G"), ("classifiers", "classifiers", "w_c") }.Select(v => new QuantityRecord("neural-collapse", new()
        {
            Name = $"{name}.{v.Item1}",
            Title = $"{title}, {v.Item2}",
            Formula = string.Format(null, formula, v.Item3),
            Source = $"{Paper}, figure {figure.Order}",
            Direction = Direction.LowerIsCollapsed,
            Figure = figure,
            Series = v.Item2,
        }));

    private static QuantityRecord Collapse(string name, string title, string formula, Figure figure, AxisScale scale = AxisScale.Linear) => new("neural-collapse", new()
    {
        Name = name,
        Title = title,
        Formula = formula,
        Source = $"{Paper}, figure {figure.Order}",
        Direction = Direction.LowerIsCollapsed,
        Scale = scale,
        Figure = figure,
    });
}
