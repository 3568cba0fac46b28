"use strict";
// Draws the page's charts from the one JSON island. Text goes into the page as text, and into plotly with its markup taken out.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const choice = id => document.getElementById(id);
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const plain = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/%\{/g, "% {");
  const short = value => value == null ? "–" : value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5) ? value.toExponential(2) : String(+value.toPrecision(4));
  const places = element => element.dataset.place.split(" ").map(Number);

  // ---- the matrix's tint
  function tint() {
    const chosen = data.tints.find(t => t.id === choice("tint").value);
    const mean = values => values.length ? values.reduce((a, b) => a + b) / values.length : null;
    const cells = all(".matrix td[data-place]").map(cell => {
      const known = places(cell).map(p => chosen.values[p]).filter(v => v != null);
      return { cell, value: mean(known) };
    });
    const scaled = value => chosen.logarithmic ? (value > 0 ? Math.log(value) : null) : value;
    const known = cells.filter(c => c.value != null && scaled(c.value) != null);
    const low = Math.min(...known.map(c => c.value)), high = Math.max(...known.map(c => c.value));
    for (const { cell, value } of cells) {
      const drawn = value != null && scaled(value) != null;
      cell.classList.toggle("plain", !drawn);
      cell.style.setProperty("--share", !drawn ? 0 : high > low ? (scaled(value) - scaled(low)) / (scaled(high) - scaled(low)) : 0.5);
    }
    choice("tint-range").textContent = known.length ? `${short(low)} (left) to ${short(high)} (right)` : "not measured";
  }

  // ---- figures
  const drawable = (figure, y) => y != null && (!figure.logarithmic || y > 0);

  function valuesOf(figure, panels) {
    return panels.flatMap(panel => places(panel).flatMap(place => figure.lines.flatMap(line => data.cells[place].curves[line.curve]?.y ?? [])))
      .filter(y => drawable(figure, y));
  }

  function rangeOf(figure, panel) {
    const scope = choice("value-range").value;
    const panels = all(".panel", panel.closest("table")).filter(p => scope === "figure" || (scope === "row" ? p.dataset.row === panel.dataset.row : p === panel));
    const values = valuesOf(figure, panels);
    if (!values.length) return undefined;
    let low = values.reduce((a, b) => Math.min(a, b)), high = values.reduce((a, b) => Math.max(a, b));
    if (figure.logarithmic) { low = Math.log10(low); high = Math.log10(high); }
    else if (low > 0 && low < 0.4 * high) low = 0;
    const margin = 0.06 * (high - low || Math.abs(high) || 1);
    return [low === 0 && !figure.logarithmic ? 0 : low - margin, high + margin];
  }

  function draw(panel) {
    const figure = data.figures[panel.dataset.figure];
    const cells = places(panel).map(place => data.cells[place]);
    const logarithmic = choice("epoch-axis").value === "log";
    const last = Math.max(...data.cells.map(c => c.last ?? 1));
    const position = epoch => logarithmic ? Math.log10(epoch) : epoch;
    const [ink, soft, rule] = ["--ink", "--soft", "--rule"].map(colour);
    const traces = cells.flatMap(cell => figure.lines.filter(line => cell.curves[line.curve]).map(line => {
      const curve = cell.curves[line.curve];
      return {
        x: curve.x, y: curve.y.map(y => drawable(figure, y) ? y : null), mode: curve.x.length === 1 ? "markers" : "lines", connectgaps: false,
        line: { color: colour(`--line-${line.colour % 6}`), width: cells.length > 1 ? 1 : 1.8, dash: line.dashed ? "4px,3px" : "solid" },
        marker: { color: colour(`--line-${line.colour % 6}`), size: 5 },
        error_y: curve.error ? { type: "data", array: curve.error, thickness: 0.6, width: 0, color: colour(`--line-${line.colour % 6}`) } : undefined,
        hovertemplate: `%{y:.4~g}<extra>${plain(line.legend)}${cells.length > 1 ? `, seed ${cell.seed}` : ""}</extra>`,
      };
    }));
    const axis = { gridcolor: rule, linecolor: rule, tickfont: { size: 10, color: soft }, zeroline: false, ticks: "", automargin: false, fixedrange: false };
    const layout = {
      margin: { l: 44, r: 8, t: 6, b: 24 }, showlegend: false, hovermode: "x unified", paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(document.body).fontFamily, color: ink, size: 11 }, hoverlabel: { bgcolor: colour("--wash"), bordercolor: rule, font: { size: 11, color: ink } },
      xaxis: { ...axis, type: logarithmic ? "log" : "linear", range: [position(1) - (logarithmic ? 0.03 : 1), position(last) + (logarithmic ? 0.03 : 1)], hoverformat: "d",
        ...(logarithmic ? { tickvals: [1, 3, 10, 30, 100, 300, 1000, 3000, 10000] } : { nticks: 5 }) },
      yaxis: { ...axis, type: figure.logarithmic ? "log" : "linear", range: rangeOf(figure, panel), nticks: 5, exponentformat: "power", ...(figure.logarithmic ? { dtick: 1 } : {}) },
      // One shade a seed, so that the terminal phase of all is the darkest.
      shapes: cells.filter(cell => cell.terminal != null).map((cell, _, shaded) => ({
        type: "rect", xref: "x", yref: "paper", x0: cell.terminal, x1: last * 1.1, y0: 0, y1: 1, layer: "below", line: { width: 0 }, fillcolor: colour("--shade"), opacity: 1 / shaded.length,
      })),
    };
    const range = layout.yaxis.range;
    if (figure.logarithmic && range && range[1] - range[0] < 1.2) { delete layout.yaxis.dtick; layout.yaxis.exponentformat = "e"; layout.yaxis.nticks = 4; }
    Plotly.react(panel, traces, layout, { displayModeBar: false, responsive: true });
    panel.dataset.drawn = "yes";
  }

  const redraw = () => all(".panel[data-drawn]").forEach(draw);
  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) { watcher.unobserve(entry.target); draw(entry.target); }
  }, { rootMargin: "300px" });

  // ---- a cell's every number, when asked for
  function fill(box) {
    const { curves } = data.cells[Number(box.dataset.cell)];
    const names = Object.keys(curves);
    const epochs = [...new Set(names.flatMap(name => curves[name].x))].sort((a, b) => a - b);
    const table = document.createElement("table");
    const row = (texts, tag) => {
      const line = table.insertRow();
      texts.forEach((text, i) => { const cell = document.createElement(i === 0 ? "th" : tag); cell.textContent = text; cell.scope = tag === "th" ? "col" : "row"; line.append(cell); });
    };
    row(["epoch", ...names], "th");
    for (const epoch of epochs) row([String(epoch), ...names.map(name => { const at = curves[name].x.indexOf(epoch); return at < 0 ? "" : short(curves[name].y[at]); })], "td");
    box.querySelector(".scroll").replaceChildren(table);
  }

  all(".grid").forEach(grid => grid.style.setProperty("--columns", all("thead th", grid).length));
  all(".panel").forEach(panel => watcher.observe(panel));
  all("details.numbers").forEach(box => box.addEventListener("toggle", () => { if (box.open) fill(box); }, { once: true }));
  choice("tint").addEventListener("change", tint);
  choice("epoch-axis").addEventListener("change", redraw);
  choice("value-range").addEventListener("change", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => all(".panel:not([data-drawn])").forEach(draw));
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let around = target; around; around = around.parentElement) if (around instanceof HTMLDetailsElement) around.open = true;
    if (target instanceof HTMLDetailsElement) target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();
  tint();
})();
