"use strict";
// Charts of a cell's page: each is drawn when it comes into view.
report.chart = (() => {
  const { all, plotly, colour, plain, short, byId } = report;
  const specs = new WeakMap();

  function draw(Plotly, plot) {
    const spec = specs.get(plot), { axis, layout } = report.look();
    const logarithmic = spec.epochs && byId("cell-epochs").value === "log";
    const xs = spec.lines.flatMap(line => line.x).filter(x => x != null && (!logarithmic || x > 0));
    const last = Math.max(...xs), first = Math.min(...xs);
    const traces = spec.lines.map(line => ({
      x: line.x, y: line.y.map(y => y != null && (!spec.log || y > 0) ? y : null), mode: line.x.length < 4 ? "lines+markers" : "lines", connectgaps: false,
      line: { color: colour(line.colour), width: line.faint ? 1 : 1.8, dash: line.faint ? "1px,3px" : line.dashed ? "4px,3px" : "solid" }, marker: { color: colour(line.colour), size: 5 },
      error_y: line.error ? { type: "data", array: line.error, thickness: 0.6, width: 0, color: colour(line.colour) } : undefined,
      hoverinfo: line.faint ? "skip" : undefined, hovertemplate: line.faint ? undefined : `%{y:.4~g}<extra>${plain(line.legend || spec.title)}</extra>`,
    }));
    Plotly.react(plot, traces, {
      ...layout, margin: { l: 50, r: 8, t: 6, b: 22 }, hovermode: "x unified", dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
      xaxis: { ...axis, type: logarithmic ? "log" : "linear", nticks: 6, hoverformat: spec.epochs ? "d" : ".4~g", ...(logarithmic ? { tickvals: [1, 3, 10, 30, 100, 300, 1000, 3000, 10000], range: [Math.log10(first) - 0.03, Math.log10(Math.max(last, first + 1)) + 0.03] } : {}) },
      yaxis: { ...axis, type: spec.log ? "log" : "linear", nticks: 5, exponentformat: "power", rangemode: "normal" },
      shapes: spec.epochs && spec.terminal != null ? [{ type: "rect", xref: "x", yref: "paper", x0: spec.terminal, x1: last * 1.1, y0: 0, y1: 1, layer: "below", line: { width: 0 }, fillcolor: colour("--shade") }] : [],
    }, { displayModeBar: false, responsive: true });
    plot.dataset.drawn = "yes";
  }

  const watcher = new IntersectionObserver(async entries => {
    const seen = entries.filter(entry => entry.isIntersecting).map(entry => entry.target);
    seen.forEach(plot => watcher.unobserve(plot));
    if (!seen.length) return;
    const Plotly = await plotly();
    for (const plot of seen) { await new Promise(requestAnimationFrame); if (plot.isConnected) draw(Plotly, plot); }
  }, { rootMargin: "200px" });
  const again = () => all(".chart > .plot").forEach(plot => { watcher.unobserve(plot); watcher.observe(plot); });

  const spoken = spec => `${spec.title}: ` + spec.lines.filter(line => line.x.length && !line.faint).map(line =>
    `${line.legend ? line.legend + " " : ""}${short(line.y[0])} at ${short(line.x[0])}, ${short(line.y.at(-1))} at ${short(line.x.at(-1))}`).join("; ");

  // spec: title, unit, note, log, epochs (whether x is the epoch), positions (what x is else), terminal, lines of { x, y, error, legend, colour, dashed, faint }
  function chart(spec) {
    const figure = document.createElement("figure"), caption = document.createElement("figcaption"), plot = document.createElement("div");
    figure.className = "chart";
    plot.className = "plot";
    plot.setAttribute("role", "img");
    figure.append(caption, plot);
    if (!spec.epochs) figure.append(Object.assign(document.createElement("small"), { textContent: spec.positions ?? "position" }));
    const show = next => {
      specs.set(plot, next);
      plot.setAttribute("aria-label", spoken(next));
      const name = document.createElement("strong");
      name.textContent = next.title + (next.unit ? `, ${next.unit}` : "");
      if (next.note) name.title = next.note;
      const legends = next.lines.filter(line => line.legend).map(line => {
        const text = document.createElement("span");
        text.className = line.dashed ? "dashed" : line.faint ? "faint" : "";
        text.style.setProperty("--line", `var(${line.colour})`);
        text.textContent = line.legend;
        return text;
      });
      caption.replaceChildren(name, ...legends);
      watcher.unobserve(plot);
      watcher.observe(plot);
    };
    show(spec);
    return { figure, show };
  }

  byId("cells")?.addEventListener("change", event => { if (event.target.id === "cell-epochs") again(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  return chart;
})();
