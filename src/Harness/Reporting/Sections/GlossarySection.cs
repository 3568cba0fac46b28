using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Reporting.Sections;

/// <summary>Every declared quantity: formula, unit, how to read it, source.</summary>
internal static class GlossarySection
{
    public static Html Render(RunView run) => Html.Of($"""
        <section id="glossary" aria-labelledby="glossary-title">
          <h2 id="glossary-title">Quantities</h2>
          <div class="scroll" tabindex="0" role="region" aria-label="Quantities; scrolls sideways">
          <table class="list glossary"><caption class="unseen">Every quantity the metrics of this run declare</caption>
            <thead><tr><th scope="col">quantity</th><th scope="col">formula</th><th scope="col">unit</th><th scope="col">reads</th><th scope="col">source</th></tr></thead>
            <tbody>{Html.Each(run.Plan.Quantities, Row)}</tbody>
          </table>
          </div>
        </section>
        """);

    private static Html Row(QuantityRecord q) => Html.Of($"""
        <tr><th scope="row">{q.Quantity.Title}<br><code>{q.Metric}/{q.Quantity.Name}</code></th><td class="formula">{q.Quantity.Formula}</td><td>{(q.Quantity.Unit == "1" ? Number.None : q.Quantity.Unit)}</td>
          <td>{DirectionWords.Of(q.Quantity.Direction)}</td><td>{q.Quantity.Source}</td></tr>
        """);
}
