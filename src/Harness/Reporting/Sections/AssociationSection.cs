using System.Globalization;
using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>Collapse against something else: every cell's way through training, and the rank correlations with their intervals.</summary>
/// <param name="id">Id of the section: "robustness" or "generalization".</param>
/// <param name="associations">The numbers.</param>
/// <param name="noun">What is counted: "cell" or "pair".</param>
internal sealed class AssociationSection(string id, Associations associations, string noun)
{
    private readonly AssociationWords words = new(noun, id);

    public Html Render() => Html.Of($"""
        <section id="{id}" class="association" aria-labelledby="{id}-title">
          <h2 id="{id}-title">Collapse against {id}</h2>
          {(associations.Collapse.Count == 0 || associations.Against.Count == 0 ? Html.Of($"<p>This run has not measured both in any cell yet.</p>") : Content())}
        </section>
        """);

    private Html Content()
    {
        var first = associations.Of(associations.Collapse[0].Reading, associations.Against[0].Reading)!;
        return Html.Of($"""
            <p class="lead sentence" role="status">{words.Sentence(first)}</p>
            <p class="tools">
              {Choice("x", "Collapse", associations.Collapse)}
              {Choice("y", id == "robustness" ? "Robustness" : "Generalization", associations.Against)}
              <label>Show <select id="{id}-phase" class="phase"><option value="all">the whole training</option><option value="terminal">the terminal phase</option><option value="last">the last epoch</option></select></label>
            </p>
            <div class="trajectories" data-kind="{id}" role="img" aria-label="Every cell's way through training; the table below has the correlations, and each cell's own page its numbers"></div>
            <p class="note">A line is a cell on its way through training: faint before the terminal phase, full within it, a mark at the last epoch. Colour is the data set, shape the architecture.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Rank correlations; scrolls sideways">
            <table class="list correlations"><caption><span>Spearman’s rank correlation, its sign turned so that + means more collapse with {(id == "robustness" ? "more robustness" : "better generalization")}; 95 % bootstrap intervals over {noun}s{(noun == "pair" ? " and their seeds" : "")}</span></caption>
              <thead><tr><th scope="col">correlation</th><th scope="col">ρ</th><th scope="col">95 % interval</th><td class="scale" aria-hidden="true"><span>−1</span><span>0</span><span>+1</span></td><th scope="col">behind it</th><th scope="col">says</th></tr></thead>
              <tbody>{Html.Each(words.Rows(first), Row)}</tbody>
            </table></div>
            <p class="note">Within cells: the median over {noun}s of each cell’s correlation along at least {Association.FewestEpochs} measured epochs. Over a whole training nearly everything moves together, so only the terminal phase is telling;
              across {noun}s the data set and the architecture differ as well. With test accuracy held fixed: Spearman’s partial correlation.</p>
            """);
    }

    private Html Choice(string axis, string label, IReadOnlyList<Axis> axes) => Html.Of($"""
        <label>{label} <select id="{id}-{axis}" class="axis-{axis}">{Html.Each(axes.GroupBy(a => a.Metric), group => Html.Of($"""<optgroup label="{group.Key}">{Html.Each(group, a =>
            Html.Of($"""<option value="{PageData.Key(a.Reading)}">{a.Title}</option>"""))}</optgroup>"""))}</select></label>
        """);

    private static Html Row(AssociationWords.Row row) => Html.Of($"""
        <tr><th scope="row">{row.Label}</th><td class="number rho">{row.Rho}</td><td class="number">{row.Interval}</td>
          <td class="forest" aria-hidden="true"><span class="{(double.IsNaN(row.Estimate.Value) ? "none" : row.Estimate.SignIsKnown ? "known" : "open")}" style="{Whisker(row)}"></span></td><td>{row.Behind}</td><td class="says">{row.Says}</td></tr>
        """);

    /// <summary>The interval as custom properties that the page's style draws.</summary>
    public static string Whisker(AssociationWords.Row row)
    {
        var (value, interval) = (row.Estimate.Value, row.Estimate.Interval);
        if (double.IsNaN(value)) return "";
        return string.Create(CultureInfo.InvariantCulture, $"--rho:{value:0.###};--low:{interval?.Low ?? value:0.###};--high:{interval?.High ?? value:0.###}");
    }
}
