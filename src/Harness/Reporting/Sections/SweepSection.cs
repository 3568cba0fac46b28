using System.Globalization;
using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>What each learning rate of a sweep came to, which one is chosen, and by what.</summary>
internal static class SweepSection
{
    public static Html Render(RunView run) => run.Sweeps.Count == 0 ? Html.None : Html.Of($"""
        <section id="sweeps" aria-labelledby="sweeps-title">
          <h2 id="sweeps-title">Learning rates</h2>
          <p>Where several learning rates were tried, the one of lowest test error at the last epoch, as the mean over seeds, stands in the matrix, the figures and table 1, and of equal ones
            the lowest rate. Rates of which a seed failed are never chosen. <strong>{SweepChoice.Honesty}</strong></p>
          <div class="sweeps">{Html.Each(run.Sweeps, sweep => Sweep(run, sweep))}</div>
        </section>
        """);

    private static Html Sweep(RunView run, SweepChoice sweep) => Html.Of($"""
        <section id="{sweep.Anchor}" aria-labelledby="{sweep.Anchor}-title">
          <h3 id="{sweep.Anchor}-title">{sweep.Architecture} on {run.Title(sweep.Dataset)}</h3>
          <p>{Verdict(sweep)}</p>
          {SweepChart.Render(sweep)}
          {Lost(sweep)}
          <details><summary>Every rate</summary>{Table(sweep)}</details>
        </section>
        """);

    private static string Verdict(SweepChoice sweep)
    {
        var open = sweep.Rates.Count(r => !r.Ended);
        var still = open == 0 ? null : $"Provisional: {open} of {Number.Of(sweep.Rates.Count, "rate")} {(open == 1 ? "has" : "have")} not ended.";
        return string.Join(" ", (sweep.Chosen is not { } chosen
            ? [sweep.Provisional ? "No rate is chosen yet." : "No rate is chosen: none ran to its end.", still]
            : new[]
            {
                $"{chosen.Label} is chosen, with {Number.Percent(chosen.TestError)} % test error at the last epoch{(sweep.Tied > 1 ? $", the lowest of {sweep.Tied} rates that have it" : "")}.",
                still,
                sweep.AtTheEdge ? $"It is the {(chosen == sweep.Rates[0] ? "lowest" : "highest")} that was tried: a better one may lie beyond." : null,
                chosen.Label == Exactly(chosen.Rate) ? null : $"Written out: {Exactly(chosen.Rate)}.",
            }).OfType<string>());
    }

    private static Html Lost(SweepChoice sweep) => sweep.Lost.Count == 0 ? Html.None : Html.Of(
        $"""<p>Not to be chosen: {string.Join("; ", sweep.Lost.Select(r => $"{r.Label} ({string.Join(", ", r.Seeds.Select(Fate).Distinct())})"))}.</p>""");

    /// <summary>Why a rate that ended cannot be chosen; a seed of it that is well says so.</summary>
    private static string Fate(CellView seed) => seed.Done && new SweptRate(0, [seed]).TestError is null ? "test error not measured" : seed.State;

    private static Html Table(SweepChoice sweep) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="Every rate; scrolls sideways">
        <table class="list">
          <thead><tr><th scope="col">learning rate</th><th scope="col">test error, %</th><th scope="col">terminal phase from</th><th scope="col">cells</th></tr></thead>
          <tbody>{Html.Each(sweep.Rates, rate => Row(rate, rate == sweep.Chosen))}</tbody>
        </table>
        </div>
        """);

    private static Html Row(SweptRate rate, bool chosen) => Html.Of($"""
        <tr class="{(chosen ? "chosen" : "")}"><th scope="row" class="number">{rate.Label}{(chosen ? ", chosen" : "")}</th><td class="number">{Number.Percent(rate.TestError)}</td>
          <td class="number">{string.Join(", ", rate.Seeds.Select(s => Number.Epoch(s.TerminalPhaseEpoch)))}</td>
          <td>{Html.Each(rate.Seeds, s => Html.Of($"""<a class="{(s.Failed ? "bad" : s.Done ? "good" : "open")}" href="#{s.Anchor}">{s.State}</a> """))}</td></tr>
        """);

    private static string Exactly(double rate) => rate.ToString(CultureInfo.InvariantCulture);
}
