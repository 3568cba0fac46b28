using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>The matrix as two heat maps side by side, collapse and robustness, each of a quantity to be chosen: tables like the paper's table 1, data sets down and architectures across.</summary>
internal static class HeatSection
{
    public static Html Render(RunView run)
    {
        var choices = HeatQuantity.Of(run);
        return Html.Of($"""
            <section id="heat" aria-labelledby="heat-title">
              <h2 id="heat-title" class="unseen">The matrix at a glance</h2>
              {Map(run, choices, "collapse", "Collapse", HeatQuantity.Collapse)}
              {Map(run, choices, "robustness", "Robustness", HeatQuantity.Robustness)}
            </section>
            """);
    }

    private static Html Map(RunView run, IReadOnlyList<HeatQuantity> choices, string id, string title, string first)
    {
        var map = HeatMap.Of(run, choices.Single(c => c.Id == first));
        return Html.Of($"""
            <div class="heat" data-map="{id}" data-scale="{map.Quantity.Scale.ToString()}">
              <h3 id="heat-{id}">{title}</h3>
              <label class="unseen" for="choose-{id}">Quantity of the map of {title.ToLowerInvariant()}</label>
              <select id="choose-{id}">{Html.Each(choices.GroupBy(c => c.Group), group => Html.Of($"""<optgroup label="{group.Key}">{Html.Each(group, c => c.Id == first
                  ? Html.Of($"""<option value="{c.Id}" selected>{c.Title}</option>""")
                  : Html.Of($"""<option value="{c.Id}">{c.Title}</option>"""))}</optgroup>"""))}</select>
              <div class="scroll" tabindex="0" role="region" aria-label="Map of {title.ToLowerInvariant()}; scrolls sideways">
              <table><caption class="unseen">{map.Quantity.Title}: means over seeds</caption>
                <thead><tr><td></td>{Html.Each(run.Architectures, a => Html.Of($"""<th scope="col">{a}</th>"""))}</tr></thead>
                <tbody>{Html.Each(run.Datasets, d => Row(run, map, d))}</tbody>
              </table></div>
              <p class="range" role="status">{map.Range}</p>
            </div>
            """);
    }

    private static Html Row(RunView run, HeatMap map, string dataset) =>
        Html.Of($"""<tr><th scope="row">{run.Title(dataset)}</th>{Html.Each(run.Architectures, a => Place(run, map, a, dataset))}</tr>""");

    private static Html Place(RunView run, HeatMap map, string architecture, string dataset)
    {
        var index = Enumerable.Range(0, run.Pairs.Count).FirstOrDefault(i => run.Pairs[i].Architecture == architecture && run.Pairs[i].Dataset == dataset, -1);
        if (index < 0) return Html.Of($"""<td class="hole">{run.Absence(architecture, dataset)}</td>""");
        var place = map.Places[index];
        return Html.Of($"""
            <td data-pair="{index}" class="{(place.Share is null ? "hole" : "")}" style="--share:{place.Colour}"><a href="#{run.Pairs[index].Seeds[0].Anchor}">{place.Text}</a><small>{place.Note}</small></td>
            """);
    }
}
