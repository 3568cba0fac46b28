namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>Robust accuracy at fixed radii against FGSM and PGD, each on the cross-entropy as it is and on losses that over-confidence does not flatten.</summary>
[Plugin("fixed-eps", Summary = "Robust accuracy by eps against FGSM and PGD, with random noise as the control")]
public sealed class FixedEpsMetric : IMetric
{
    private const string OfFgsm = "Goodfellow, Shlens and Szegedy 2015 (arXiv:1412.6572)";
    private const string OfPgd = "Madry et al. 2018 (arXiv:1706.06083)";
    private const string OfGap = "the logit gap of Carlini and Wagner 2017 (arXiv:1608.04644)";
    private readonly (Evaluation Evaluation, Report Report)[] norms;

    /// <summary>The metric.</summary>
    /// <param name="options">How the attacks are run.</param>
    public FixedEpsMetric(FixedEpsOptions options)
    {
        AttackKind[] kinds =
        [
            new("noise", "random noise", "A perturbation of norm eps in a random direction: the control", Role.Control, options.Restarts, (_, _, _) => new RandomNoise()),
            Fgsm("fgsm", "FGSM", OfFgsm, Role.Plain, Losses.CrossEntropy),
            Fgsm("fgsm.gap", "FGSM on the logit gap", $"{OfFgsm}; {OfGap}", Role.ScaleFree, Losses.Gap),
            Pgd("pgd", "PGD", OfPgd, Role.Plain, Losses.CrossEntropy),
            Pgd("pgd.rescaled", "PGD on rescaled logits", $"{OfPgd}; logits z scaled to max z − min z = 10", Role.ScaleFree, Losses.RescaledCrossEntropy),
            Pgd("pgd.gap", "PGD on the logit gap", $"{OfPgd}; {OfGap}", Role.ScaleFree, Losses.Gap),
        ];
        norms =
        [
            .. options.Balls.Select(ball => new Evaluation(ball.Norm, ball.Radii, options, kinds, [Watched.CrossEntropy, Watched.Rescaled, Watched.Gap], InSequence: false))
                .Select(evaluation => (evaluation, new Report(evaluation, new(16, "Robust accuracy against FGSM and PGD")))),
        ];
        Card = new()
        {
            Quantities = [.. norms.SelectMany(n => n.Report.Quantities)],
            Needs = MetricNeeds.Network,
            Cost = $"{options.Images} test images at {norms.Sum(n => n.Evaluation.Radii.Length)} radii, for each at most {3 * options.Steps * options.Restarts + 5} forward and backward passes.",
            DefaultAt = MeasureAt.Ends,
        };

        AttackKind Fgsm(string name, string title, string source, Role role, Loss loss) => new(name, title, source, role, 1, (network, _, _) => new Fgsm(network, loss));

        AttackKind Pgd(string name, string title, string source, Role role, Loss loss) =>
            new(name, title, source, role, options.Restarts, (network, stop, _) => new Pgd(network, loss, options.Steps, stop));
    }

    /// <inheritdoc/>
    public MetricCard Card { get; }

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        foreach (var (evaluation, report) in norms) report.Tell(new Campaign(evaluation, snapshot).Run(), sink);
    }
}
