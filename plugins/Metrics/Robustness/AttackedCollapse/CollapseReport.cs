using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AttackedCollapse;

/// <summary>The quantities of one norm: curves over eps, from the clean images at eps = 0.</summary>
internal sealed class CollapseReport
{
    private const string Paper = "Su, Zhang, Tsilivis and Kempe 2023 (arXiv:2311.07444)";
    private readonly Split split;
    private readonly Quantity fooled, byLabel, byPrediction, agreeLabel, agreePrediction, nearest;

    /// <summary>Declares them.</summary>
    /// <param name="norm">Which is in the names.</param>
    /// <param name="split">The images they are of.</param>
    public CollapseReport(Norm norm, Split split)
    {
        this.split = split;
        var by = norm == Norm.Linf ? "by eps in L∞, from the clean images at eps = 0" : "by eps in L2, from the clean images at eps = 0";
        fooled = Of("misclassified", "Attacked images misclassified", "share of images, PGD on the logit gap having made all its steps", Direction.None);
        byLabel = Of("nc1.label", "Within-class variability of attacked features, by label", "Tr(Σ_W Σ_B⁺)/C, each image in the class of its label", Direction.LowerIsCollapsed);
        byPrediction = Of("nc1.prediction", "Within-class variability of attacked features, by prediction", "Tr(Σ_W Σ_B⁺)/C over the classes predicted, each image in the class the network gives it once attacked", Direction.LowerIsCollapsed);
        agreeLabel = Of("means.label", "Agreement of attacked and clean class means, by label", "Ave_c cos(μ′_c − μ′_G, μ_c − μ_G), μ of the clean images, μ′ of the attacked ones, each image in the class of its label; −1 to 1", Direction.None);
        agreePrediction = Of("means.prediction", "Agreement of attacked and clean class means, by prediction", "the same with attacked images in the class the network gives them, over the classes predicted: 1 where they leap to the clean means of other classes", Direction.None);
        nearest = Of("nearest-class-centre", "Attacked images whose nearest clean class mean is another class's", "share of attacked images with argmax_c (w_c·h + b_c) ≠ argmin_c ‖h − μ_c‖, μ_c of the clean images", Direction.LowerIsCollapsed);

        Quantity Of(string name, string title, string formula, Direction direction) => new()
        {
            Name = $"{FixedEps.Report.Prefix(norm)}.{name}",
            Title = title,
            Formula = $"{formula}; {by}",
            Source = Paper,
            Direction = direction,
        };
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Quantity> Quantities => [fooled, byLabel, byPrediction, agreeLabel, agreePrediction, nearest];

    /// <summary>Reports them.</summary>
    /// <param name="attacked">The features at each eps, the clean ones first.</param>
    /// <param name="sink">Receives them.</param>
    public void Tell(IReadOnlyList<(double Eps, LabelledFeatures Images)> attacked, IMeasurementSink sink)
    {
        using var scope = NewDisposeScope();
        var clean = ByLabel(attacked[0].Images);
        Curve(fooled, i => Share(i.Predicted.ne(i.Labels)));
        Curve(byLabel, i => ByLabel(i).Nc1());
        Curve(byPrediction, i => ByPrediction(i).Nc1());
        Curve(agreeLabel, i => ByLabel(i).Agreement(clean));
        Curve(agreePrediction, i => ByPrediction(i).Agreement(clean));
        Curve(nearest, i => Share(clean.Nearest(i.Features).ne(i.Predicted)));

        void Curve(Quantity quantity, Func<LabelledFeatures, double> value) =>
            sink.Curve(quantity, split, [.. attacked.Select(a => a.Eps)], [.. attacked.Select(a => value(a.Images))]);
    }

    private static ClassGroups ByLabel(LabelledFeatures images) => new(images.Features, images.Labels, images.Classes);

    private static ClassGroups ByPrediction(LabelledFeatures images) => new(images.Features, images.Predicted, images.Classes);

    private static double Share(Tensor holds) => holds.to(ScalarType.Float64).mean().cpu().item<double>();
}
