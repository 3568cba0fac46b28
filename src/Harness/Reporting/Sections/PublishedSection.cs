using Harness.Reporting.Numbers;
using Harness.Reporting.Published;

namespace Harness.Reporting.Sections;

/// <summary>Table 1 of this run beside the published one, with what differs in protocol.</summary>
internal static class PublishedSection
{
    public static Html Render(RunView run)
    {
        var pairs = run.Matrix.Select(cell => (Cell: cell, Paper: PapyanTable1.Find(cell.Spec.Dataset.Plugin, cell.Spec.Architecture.Plugin)))
            .Where(pair => pair.Paper is not null).ToArray();
        return Html.Of($"""
            <section id="published" aria-labelledby="published-title">
              <h2 id="published-title">Beside the published table 1</h2>
              {(pairs.Length == 0 ? Html.Of($"<p>No cell of this run has a counterpart in table 1 of Papyan, Han and Donoho 2020.</p>") : Table(run, pairs!))}
            </section>
            """);
    }

    private static Html Table(RunView run, IReadOnlyList<(CellView Cell, PublishedCell Paper)> pairs) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="Table 1 beside the published one; scrolls sideways">
        <table class="list">
          <caption><span>Test accuracy in percent at the first epoch of zero training error → at the last epoch. Here that epoch is the first of exact zero error that was measured,
            and the first of the terminal phase (marked ‡) where there is none. † marks published numbers that are recalled and not confirmed from the paper's text. The paper keeps the best of 25 learning rates;
            a cell here is one rate{(run.Sweeps.Count == 0 ? "." : $", of a sweep, whose rate its row names, the one chosen. {SweepChoice.Honesty}")}</span></caption>
          <thead><tr><th scope="col">cell</th><th scope="col">this run</th><th scope="col">published</th><th scope="col">differs from the paper's protocol</th></tr></thead>
          <tbody>{Html.Each(pairs, pair => Row(run, pair.Cell, pair.Paper))}</tbody>
        </table>
        </div>
        """);

    private static Html Row(RunView run, CellView cell, PublishedCell paper)
    {
        var accuracy = cell[Reading.TestAccuracy];
        var atZero = accuracy.At(cell.Result?.ZeroErrorEpoch);
        var first = atZero ?? accuracy.At(cell.TerminalPhaseEpoch);
        var differences = ProtocolDifferences.Of(cell.Spec, run.SweepAt(cell.Spec.Architecture.Label, cell.Spec.Dataset.Label)?.Rates.Count);
        return Html.Of($"""
            <tr><th scope="row"><a href="#{cell.Anchor}">{run.Name(cell)}</a></th>
              <td class="number">{Number.Percent(first)}{(first is not null && atZero is null ? "‡" : "")} → {(cell.Done ? Number.Percent(accuracy.Last) : cell.State)}</td>
              <td class="number">{Number.Percent(paper.AtZeroError / 100)} → {Number.Percent(paper.AtLast / 100)}{(paper.Recalled ? "†" : "")}</td>
              <td>{(differences.Count == 0 ? "nothing known" : string.Join(", ", differences))}</td></tr>
            """);
    }
}
