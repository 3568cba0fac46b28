using System.Globalization;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>The quantities of an evaluation at fixed radii. Every share is of all images drawn: those misclassified before an attack count as broken.</summary>
internal sealed class Report
{
    private const string Own = "To stand beside the robust accuracy";
    private readonly Evaluation evaluation;
    private readonly double[] radii;
    private readonly Dictionary<AttackKind, Quantity> accuracies;
    private readonly Quantity[] worst;
    private readonly Quantity together, low, high, misclassified, restarts, scaleFree, changed, outside, notMonotone;
    private readonly Dictionary<Watched, Quantity> zeroGradients;

    /// <summary>Declares them.</summary>
    /// <param name="evaluation">Norm and radii, which are in the names, and the attacks.</param>
    /// <param name="figure">Where the accuracies against all attacks are drawn.</param>
    public Report(Evaluation evaluation, Figure figure)
    {
        this.evaluation = evaluation;
        var norm = evaluation.Norm == Norm.Linf ? "L∞" : "L2";
        var judges = string.Join(", ", evaluation.Judges.Select(k => k.Title));
        radii = evaluation.Radii;
        accuracies = evaluation.Kinds.ToDictionary(k => k, k => Of(
            $"{k.Name}.accuracy", $"Robust accuracy against {k.Title}",
            $"share of images classified rightly that {k.Title}{(k.Runs > 1 ? $", {k.Runs} {(k.Targeted ? "targets" : "runs")}," : "")}{(evaluation.UpTo(k).Count() > 1 ? " and the attacks before it do" : " does")} not break, by eps in {norm}, from eps = 0", k.Source, Direction.HigherIsRobust));
        together = Of("accuracy", "Robust accuracy against all attacks", $"share of images classified rightly that none of them breaks, by eps in {norm}, from eps = 0: {judges}", "Croce and Hein 2020 (arXiv:2003.01690): the worst case over attacks, image by image", Direction.HigherIsRobust);
        low = Of("accuracy.low", "Lower end of its interval", "Wilson's 95 % interval of that share, by eps", "Wilson 1927", Direction.HigherIsRobust);
        high = Of("accuracy.high", "Upper end of its interval", "Wilson's 95 % interval of that share, by eps", "Wilson 1927", Direction.HigherIsRobust);
        worst = [.. radii.Select(eps => Of($"accuracy.eps-{Label(eps)}", $"Robust accuracy at eps = {Label(eps)}", $"that share at eps = {Label(eps)} in {norm}", together.Source, Direction.HigherIsRobust) with
        {
            Figure = figure, Series = $"{norm}, eps = {Label(eps)}",
        })];
        misclassified = Of("misclassified", "Images misclassified before the attack", "share of images the network got wrong; broken at every eps, and not attacked", Own);
        restarts = Of("restarts.gain", "What restarts add", "share of images that all runs together, restarts and targets, break and the first run of each attack does not, by eps", Own);
        scaleFree = Of("scale-free.gain", "What rescaled logits add", "share of images that losses free of the logits' scale break and the plain cross-entropy does not, by eps; robustness that is over-confidence alone", Own);
        changed = Of("changed", "Verdicts that hang on the batch size", "share of adversarial images that are broken at one batch size and not at another; not counted as broken", Own);
        outside = Of("outside", "Adversarial images outside their ball", "share of adversarial images outside the ball or [0,1], without a tolerance; not counted as broken", Own);
        notMonotone = Of("not-monotone", "Images broken at a radius and not at a larger one", evaluation.InSequence ? "share of images, all attacks taken together" : "share of pairs of attack and image", Own);
        zeroGradients = evaluation.Watched.ToDictionary(w => w, w => Of(
            $"zero-gradients.{w.Name}", $"Images without a gradient: {w.Name}", $"share of the images attacked where ∇_x of the {w.Title} is 0 in every pixel, in float32", Own));

        Quantity Of(string name, string title, string formula, string source, Direction direction = Direction.None) =>
            new() { Name = $"{Prefix(evaluation.Norm)}.{name}", Title = title, Formula = formula, Source = source, Direction = direction };
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Quantity> Quantities =>
        [.. worst, together, low, high, .. accuracies.Values, misclassified, restarts, scaleFree, .. zeroGradients.Values, changed, outside, notMonotone];

    /// <summary>A radius as a name has it: four digits.</summary>
    /// <param name="eps">In pixels.</param>
    public static string Label(double eps) => ((decimal)double.Parse(eps.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);

    /// <summary>How the names of a norm's quantities begin.</summary>
    /// <param name="norm">Which.</param>
    public static string Prefix(Norm norm) => norm == Norm.Linf ? "linf" : "l2";

    /// <summary>Reports every quantity.</summary>
    /// <param name="outcome">At least one image.</param>
    /// <param name="sink">Receives them.</param>
    public void Tell(Outcome outcome, IMeasurementSink sink)
    {
        double[] eps = [0, .. radii];
        var judges = evaluation.Judges;
        var standing = outcome.Standing(judges);
        for (var i = 0; i < radii.Length; i++) Proportion(worst[i], standing[i + 1], outcome.Images);
        Curve(together, standing);
        sink.Curve(low, Split.Test, eps, [.. standing.Select(n => Wilson.Interval(n, outcome.Images).Low)]);
        sink.Curve(high, Split.Test, eps, [.. standing.Select(n => Wilson.Interval(n, outcome.Images).High)]);
        foreach (var kind in evaluation.Kinds) Curve(accuracies[kind], outcome.Standing(evaluation.UpTo(kind)));
        Proportion(misclassified, outcome.Images - standing[0], outcome.Images);
        Curve(restarts, Less(outcome.Standing(judges, firstRunOnly: true), standing));
        Curve(scaleFree, Less(outcome.Standing(judges.Where(k => k.Role == Role.Plain)), standing));
        foreach (var (watched, quantity) in zeroGradients) Proportion(quantity, outcome.ZeroGradients[watched], standing[0]);
        Proportion(changed, outcome.Changed, outcome.Returned);
        Proportion(outside, outcome.Outside, outcome.Returned);
        Proportion(notMonotone, evaluation.Independent.Sum(outcome.NotMonotone), outcome.Images * evaluation.Independent.Count());

        void Curve(Quantity quantity, int[] counts) => sink.Curve(quantity, Split.Test, eps, [.. counts.Select(n => (double)n / outcome.Images)]);

        void Proportion(Quantity quantity, int count, int of)
        {
            // Of nothing there is no share: NaN, a hole in the report.
            var share = (double)count / of;
            sink.Scalar(quantity, Split.Test, share, Math.Sqrt(share * (1 - share) / of));
        }
    }

    private static int[] Less(int[] more, int[] fewer) => [.. more.Zip(fewer, (a, b) => a - b)];
}
