using System.Globalization;
using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Reporting.Sections;

/// <summary>On what it ran, with which plugins, and how to run it again.</summary>
internal static class EnvironmentSection
{
    public static Html Render(RunView run) => Html.Of($"""
        <section id="environment" aria-labelledby="environment-title">
          <h2 id="environment-title">Environment</h2>
          {(run.Environment is { } environment ? Known(environment) : Html.Of($"<p>The folder holds no environment.json yet.</p>"))}
        </section>
        """);

    private static Html Known(EnvironmentRecord e) => Html.Of($"""
        <dl class="facts">
          <dt>harness</dt><dd>{e.Harness}, contract {e.Contract}</dd>
          <dt>TorchSharp</dt><dd>{e.TorchSharp}</dd>
          <dt>libtorch</dt><dd>{e.Libtorch}</dd>
          <dt>.NET</dt><dd>{e.Dotnet}</dd>
          <dt>system</dt><dd>{e.System}</dd>
          <dt>processor</dt><dd>{e.Processor}, {Number.Of(e.Cores, "core")}, {(e.MemoryBytes / (double)(1L << 30)).ToString("F1", CultureInfo.InvariantCulture)} GiB of memory</dd>
          <dt>started</dt><dd>{e.Started.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}</dd>
        </dl>
        <h3>Run it again</h3>
        <pre tabindex="0" aria-label="The command"><code>{e.Command}</code></pre>
        <h3>Plugins</h3>
        <div class="scroll" tabindex="0" role="region" aria-label="Plugins; scrolls sideways">
        <table class="list"><caption class="unseen">Plugins used</caption>
          <thead><tr><th scope="col">kind</th><th scope="col">name</th><th scope="col">version</th><th scope="col">SHA-256 of its files</th></tr></thead>
          <tbody>{Html.Each(e.Plugins, p => Html.Of($"""<tr><td>{p.Kind}</td><th scope="row">{p.Name}</th><td>{p.Version}</td><td><code title="{p.Hash}">{(p.Hash.Length > 16 ? p.Hash[..16] + "…" : p.Hash)}</code></td></tr>"""))}</tbody>
        </table>
        </div>
        """);
}
