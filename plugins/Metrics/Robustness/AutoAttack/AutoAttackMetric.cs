using Harness.Metrics.Robustness.FixedEps;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>
/// Robust accuracy against AutoAttack (Croce and Hein 2020): its attacks in its order, each on the images that those before it did not break; and the least perturbations
/// that FAB found.
/// </summary>
[Plugin("auto-attack", Summary = "Robust accuracy by eps against AutoAttack (APGD-CE, APGD-DLR, FAB, Square), and median minimal radii")]
public sealed class AutoAttackMetric : IMetric
{
    private readonly (Evaluation Evaluation, Report Report, LeastRadii Radii)[] norms;

    /// <summary>The metric.</summary>
    /// <param name="options">Which attacks, and how they are run.</param>
    public AutoAttackMetric(AutoAttackOptions options)
    {
        var kinds = StandardAttacks.Of(options);
        norms =
        [
            .. options.Balls.Select(ball => new Evaluation(ball.Norm, ball.Radii, options, kinds, [Watched.CrossEntropy, Watched.Rescaled, Watched.Dlr], InSequence: true))
                .Select(evaluation => (evaluation, new Report(evaluation, new(19, "Robust accuracy against AutoAttack")), new LeastRadii(evaluation.Norm))),
        ];
        Card = new()
        {
            Quantities = [.. norms.SelectMany(n => n.Report.Quantities.Concat(n.Radii.Quantities))],
            Needs = MetricNeeds.Network,
            Cost = StandardAttacks.Cost(options),
            DefaultAt = MeasureAt.Ends,
        };
    }

    /// <inheritdoc/>
    public MetricCard Card { get; }

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        foreach (var (evaluation, report, radii) in norms)
        {
            var outcome = new Campaign(evaluation, snapshot).Run();
            report.Tell(outcome, sink);
            radii.Tell(outcome, sink);
        }
    }
}
