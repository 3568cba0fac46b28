using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Reporting.Cells;
using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Reporting.Sections;

/// <summary>Each cell on its own page within the page: what went wrong, exact settings, how to run it alone; the script adds what its numbers show.</summary>
internal static class CellSections
{
    public static Html Render(RunView run) => Html.Of($"""
        <section id="cells" aria-labelledby="cells-title">
          <h2 id="cells-title">Cells</h2>
          {Html.Each(run.Matrix, cell => Cell(run, cell))}
          {PassedOver(run, [.. run.Cells.Where(run.IsPassedOver)])}
        </section>
        """);

    private static Html PassedOver(RunView run, IReadOnlyList<CellView> cells) => cells.Count == 0 ? Html.None : Html.Of($"""
        <details class="passed-over"><summary>{Number.Of(cells.Count, "cell")} of learning rates that are not chosen</summary>
          {Html.Each(cells, cell => Cell(run, cell))}
        </details>
        """);

    private static Html Cell(RunView run, CellView cell) => Html.Of($"""
        <article class="cell" id="{cell.Anchor}" data-cell="{cell.Place}" aria-labelledby="{cell.Anchor}-title">
          <h3 id="{cell.Anchor}-title" tabindex="-1"><a href="#{cell.Anchor}">{run.Name(cell)}</a></h3> <span class="state {(cell.Failed ? "bad" : cell.Done ? "good" : "open")}">{cell.State}</span>
          <div class="cell-page">
            {Failure(cell)}
            {MetricErrors(cell)}
            {(run.IsPassedOver(cell) ? Html.Of($"""<p class="note">This learning rate is not the chosen one; its numbers are in its files alone.</p>""") : Html.None)}
            <div class="cell-made"></div>
            <h4>Settings</h4>
            <dl class="facts">{Html.Each(Settings(cell), fact => Html.Of($"<dt>{fact.Name}</dt><dd>{fact.Value}</dd>"))}</dl>
            <h4>Run it alone</h4>
            <pre tabindex="0" aria-label="The command that runs this cell alone"><code>{RerunCommand.Of(run.Plan.Name, run.Environment?.Command, cell.Spec)}</code></pre>
            <p class="note">Where the run's own command was given; a copy of its manifest, whole, is <code>manifest.yaml</code> in the run's folder.
              Files: <a href="../cells/{cell.Key}/measurements.jsonl">measurements.jsonl</a>, <a href="../cells/{cell.Key}/log.clef">log.clef</a>.</p>
          </div>
        </article>
        """);

    private static Html Failure(CellView cell)
    {
        if (cell.Done || cell.Result is not { } result) return Html.None;
        return Html.Of($"""
            <div class="failure"><p><strong class="bad">{cell.State}</strong> after epoch {result.Epochs}{(result.ExitCode is { } code ? $", exit code {code.ToString(CultureInfo.InvariantCulture)}" : "")}. {result.Message}</p>
            {(result.LogTail.Count > 0 ? Html.Of($"""<pre tabindex="0" aria-label="The last lines of its log">{string.Join('\n', result.LogTail)}</pre>""") : Html.None)}</div>
            """);
    }

    private static Html MetricErrors(CellView cell) =>
        cell.MetricErrors.Count == 0 ? Html.None : Html.Of($"""
            <div class="failure"><p>Metrics that gave nothing:</p><ul>{Html.Each(cell.MetricErrors, e => Html.Of(
                $"<li><strong>{e.Metric}</strong> at epoch{(e.Epochs.Count > 1 ? "s" : "")} {string.Join(", ", e.Epochs.Select(epoch => epoch.ToString(CultureInfo.InvariantCulture)))}: {e.Message}</li>"))}</ul></div>
            """);

    private static IEnumerable<(string Name, string Value)> Settings(CellView cell)
    {
        var (spec, training) = (cell.Spec, cell.Spec.Training);
        yield return ("architecture", Use(spec.Architecture.Plugin, spec.Architecture.Options));
        yield return ("data set", Use(spec.Dataset.Plugin, spec.Dataset.Options));
        yield return ("images", $"{Share(spec.Dataset.Subsample.TrainPerClass)} training and {Share(spec.Dataset.Subsample.TestPerClass)} test images"
            + (spec.Dataset.ClassesUsed() is { } classes ? $" of {classes}" : "") + (spec.Dataset.SizeUsed() is { } side ? $", resized to {side}×{side}" : "")
            + (spec.Dataset.Subsample.PadTo is { } pad ? $", padded to {pad}×{pad}" : "") + $", subsample seed {Text(spec.Dataset.Subsample.SubsampleSeed)}");
        yield return ("training", $"{training.Epochs} epochs, batches of {training.BatchSize}, SGD, learning rate {Text(training.LearningRate)}{(spec.Swept ? " (swept)" : Source(training.LearningRateSource))} × {Text(training.Decay)} after "
            + $"{string.Join(" and ", training.DecayAt.Select(f => Text(Math.Round(f, 4))))} of the epochs, momentum {Text(training.Momentum)}, weight decay {Text(training.WeightDecay)}");
        if (spec.Notes.Count > 0) yield return ("differs from the rest of the matrix", string.Join("; ", spec.Notes));
        yield return ("terminal phase", $"training accuracy {Number.Percent(training.TerminalAccuracy)} % in eval mode: "
            + (cell.TerminalPhaseEpoch is { } epoch ? $"epoch {epoch}; exact zero error: {(cell.ZeroErrorEpoch is { } zero ? $"epoch {zero}" : cell.Done ? "never" : "not yet")}" : cell.Done ? "not reached" : "not reached yet"));
        if (!cell.Done && cell.Trained is { } last)
            yield return ("so far", $"epoch {last.Epoch} of {training.Epochs}: loss {Number.General(last.Loss)}, training error {Number.Percent(last.Error)} %, learning rate {Text(last.LearningRate)}");
        yield return ("measured epochs", string.Join(", ", spec.MeasuredEpochs.Select(e => Text(e))));
        yield return ("metrics", string.Join("; ", spec.Metrics.Select(m => Use(m.Plugin, m.Options) + (m.At == MeasureAt.Ends ? ", at both ends of the terminal phase" : ""))));
        if (cell.Result?.Facts is { } facts)
        {
            yield return ("network", $"{Number.Count(facts.Parameters)} parameters, {Number.Count(facts.FeatureDimension)} features, {facts.Classes} classes");
            yield return ("data as trained", $"{Number.Count(facts.TrainCount)} training and {Number.Count(facts.TestCount)} test images, {facts.Input}; "
                + $"standardised by mean {List(facts.Standardisation.Mean)}, deviation {List(facts.Standardisation.Deviation)}");
            yield return ("ran on", $"{facts.Device}, {Number.Of(facts.Threads, "thread")}, {facts.Precision}{(facts.MemoryFormat == Manifests.MemoryFormat.ChannelsLast ? ", channels last" : "")}");
        }

        if (cell.Time is { } time)
            yield return ("time", $"{Minutes(time.TrainSeconds)} training, {Minutes(time.MeasureSeconds)} measuring, {Number.General(time.ImagesPerSecond)} images a second");
        if (cell.Result?.ReusedFrom is { } source) yield return ("taken over from", source);
        yield return ("key", cell.Key);
    }

    private static string Use(string plugin, JsonObject options) =>
        options.Count == 0 ? plugin : $"{plugin} ({string.Join(", ", options.Select(o => $"{o.Key} {o.Value?.ToJsonString(Json.Line).Trim('"') ?? "none"}"))})";

    private static string Source(Manifests.LearningRateSource? source) => source is null ? "" : $" ({source.ToString()!.ToLowerInvariant()})";

    private static string Share(int? perClass) => perClass is { } n ? $"{Number.Count(n)} a class of the" : "all";

    private static string Minutes(double seconds) => seconds < 120 ? $"{Number.General(seconds)} s" : $"{Number.General(seconds / 60)} min";

    private static string List(IEnumerable<double> values) => string.Join(" ", values.Select(v => Text(Math.Round(v, 4))));

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
