using Harness.Reporting.Numbers;
using Harness.Reporting.Published;

namespace Harness.Reporting.Sections;

/// <summary>Table 1 of this run beside the published one: differences, the seeds' spread, and what differs in protocol.</summary>
internal static class PublishedSection
{
    public static Html Render(RunView run)
    {
        var pairs = run.Pairs.Select(pair => (Pair: pair, Paper: PapyanTable1.Find(pair.Seeds[0].Spec.Dataset.Plugin, pair.Seeds[0].Spec.Architecture.Plugin)))
            .Where(row => row.Paper is not null).ToArray();
        return Html.Of($"""
            <section id="published" aria-labelledby="published-title">
              <h2 id="published-title">Beside the published table 1</h2>
              {(pairs.Length == 0 ? Html.Of($"<p>No cell of this run has a counterpart in table 1 of Papyan, Han and Donoho 2020.</p>") : Table(run, pairs!))}
            </section>
            """);
    }

    private static Html Table(RunView run, IReadOnlyList<(Pair Pair, PublishedCell Paper)> pairs) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="Table 1 beside the published one; scrolls sideways">
        <table class="list published">
          <caption><span>Test accuracy in percent at the first epoch of zero training error → at the last epoch, as the mean over seeds, with the lowest and the highest seed at the last epoch in brackets. Here that first epoch is the first
            of exact zero error that was measured, and the first of the terminal phase (marked ‡) where a seed has none. † marks published numbers that are recalled and not confirmed from the paper's text. The difference, at the last epoch,
            is this run's less the published one, in percentage points. The paper keeps the best of 25 learning rates; a cell here is one rate{(run.Sweeps.Count == 0 ? "." : $", of a sweep the one chosen. {SweepChoice.Honesty}")}</span></caption>
          <thead><tr><th scope="col">architecture and data set</th><th scope="col">this run</th><th scope="col">published</th><th scope="col">difference</th><th scope="col">differs from the paper's protocol</th></tr></thead>
          <tbody>{Html.Each(pairs, row => Row(run, row.Pair, row.Paper))}</tbody>
        </table>
        </div>
        """);

    private static Html Row(RunView run, Pair pair, PublishedCell paper)
    {
        var sweep = run.SweepAt(pair.Architecture, pair.Dataset);
        var differences = ProtocolDifferences.Of(pair.Seeds[0].Spec, sweep?.Rates.Count);
        var last = pair.Values(AtLast);
        return Html.Of($"""
            <tr><th scope="row"><a href="#{pair.Seeds[0].Anchor}">{pair.Architecture} on {run.Title(pair.Dataset)}</a>{(sweep?.Chosen is { } chosen ? Html.Of($"<small>learning rate {chosen.Label}</small>") : Html.None)}</th>
              <td class="number">{First(pair)} → {Last(pair, last)}</td>
              <td class="number">{Number.Percent(paper.AtZeroError / 100)} → {Number.Percent(paper.AtLast / 100)}{(paper.Recalled ? "†" : "")}</td>
              <td class="number">{Difference(last, paper)}</td>
              <td>{(differences.Count == 0 ? "nothing known" : string.Join(", ", differences))}</td></tr>
            """);
    }

    private static double? AtLast(CellView cell) => cell.Done ? cell[Reading.TestAccuracy].Last : null;

    private static string First(Pair pair)
    {
        var exact = pair.Values(AtZeroError);
        var first = pair.Values(cell => AtZeroError(cell) ?? cell[Reading.TestAccuracy].At(cell.TerminalPhaseEpoch));
        return first.Count == 0 ? Number.None : Number.Percent(first.Average()) + (exact.Count == first.Count ? "" : "‡");
    }

    private static double? AtZeroError(CellView cell) => cell[Reading.TestAccuracy].At(cell.Result?.ZeroErrorEpoch);

    private static string Last(Pair pair, IReadOnlyList<double> last) => last.Count switch
    {
        0 => string.Join(", ", pair.Seeds.Select(s => s.State).Distinct()),
        1 => Number.Percent(last[0]),
        _ => $"{Number.Percent(last.Average())} [{Number.Percent(last.Min())}, {Number.Percent(last.Max())}]",
    } + (last.Count > 0 && last.Count < pair.Seeds.Count ? $", {last.Count} of {pair.Seeds.Count} seeds" : "");

    private static string Difference(IReadOnlyList<double> last, PublishedCell paper) => last.Count == 0 ? Number.None : EstimateWords.Points(last.Average() - paper.AtLast / 100);
}
