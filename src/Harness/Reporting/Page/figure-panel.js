"use strict";
// One panel of a figure: its curves, its ranges, and the line that reads it at an epoch.
report.panel = (() => {
  const { all, colour, places, curve, short } = report;
  const margin = { l: 36, r: 6, t: 6, b: 20 };
  const drawable = (figure, y) => y != null && (!figure.logarithmic || y > 0);
  const cellsOf = (data, panel) => places(panel).map(place => data.cells[place]);
  const ghostOf = (figure, cells) => figure.lines.some(line => line.published) ? cells[0].published : undefined;
  const plotOf = panel => panel.querySelector(".chart");

  // Panels that share a vertical range with this one.
  function alike(panel, scope) {
    return all(".panel", panel.closest("table")).filter(p => scope === "figure" || (scope === "row" ? p.dataset.row === panel.dataset.row : p === panel));
  }

  function rangeOf(data, panel, scope) {
    const figure = data.figures[panel.dataset.figure];
    let low = Infinity, high = -Infinity;
    for (const other of alike(panel, scope)) {
      const cells = cellsOf(data, other), ghost = ghostOf(figure, cells);
      const values = cells.flatMap(cell => figure.lines.flatMap(line => cell.curves[line.curve]?.y ?? []));
      for (const y of ghost ? [...values, ghost.zero, ghost.last] : values) if (drawable(figure, y)) { low = Math.min(low, y); high = Math.max(high, y); }
    }
    if (low > high) return undefined;
    if (figure.logarithmic) { low = Math.log10(low); high = Math.log10(high); }
    else if (low > 0 && low < 0.4 * high) low = 0;
    const room = 0.06 * (high - low || Math.abs(high) || 1);
    return [low === 0 && !figure.logarithmic ? 0 : low - room, high + room];
  }

  function traces(data, panel) {
    const figure = data.figures[panel.dataset.figure], cells = cellsOf(data, panel), ghost = ghostOf(figure, cells);
    const lines = cells.flatMap(cell => figure.lines.map(line => ({ line, values: curve(cell, line.curve) })).filter(({ values }) => values).map(({ line, values }) => ({
      x: values.x, y: values.y.map(y => drawable(figure, y) ? y : null), mode: values.x.length === 1 ? "markers" : values.x.length < 4 ? "lines+markers" : "lines", connectgaps: false, hoverinfo: "none",
      line: { color: colour(`--line-${line.colour % 7}`), width: cells.length > 1 ? 1 : 1.8, dash: line.dashed ? "4px,3px" : "solid" },
      marker: { color: colour(`--line-${line.colour % 7}`), size: 4 },
      error_y: values.error ? { type: "data", array: values.error, thickness: 0.6, width: 0, color: colour(`--line-${line.colour % 7}`) } : undefined,
    })));
    if (ghost) lines.push({
      x: [cells[0].terminal ?? cells[0].epochs[0], cells[0].last], y: [ghost.zero, ghost.last], mode: "lines+markers", hoverinfo: "none",
      line: { color: colour("--soft"), width: 1, dash: "1px,3px" }, marker: { symbol: "diamond-open", size: 7, color: colour("--soft") },
    });
    return lines;
  }

  function layout(data, panel, view) {
    const figure = data.figures[panel.dataset.figure], cells = cellsOf(data, panel), { axis, layout } = report.look();
    const last = Math.max(...data.cells.map(c => c.last ?? 1));
    const position = epoch => view.logarithmic ? Math.log10(epoch) : epoch;
    const range = view.y(panel) ?? rangeOf(data, panel, view.scope);
    const narrow = figure.logarithmic && range && range[1] - range[0] < 1.2;
    return {
      ...layout, margin, hovermode: false, dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
      xaxis: { ...axis, type: view.logarithmic ? "log" : "linear", range: view.x ?? [position(1) - (view.logarithmic ? 0.03 : 1), position(last) + (view.logarithmic ? 0.03 : 1)],
        ...(view.logarithmic && !view.x ? { tickvals: panel.clientWidth < 160 ? [1, 10, 100, 1000, 10000] : [1, 3, 10, 30, 100, 300, 1000, 3000, 10000] } : { nticks: panel.clientWidth < 160 ? 3 : 5 }), tickangle: 0 },
      yaxis: { ...axis, type: figure.logarithmic ? "log" : "linear", range, nticks: narrow ? 4 : 5, showticklabels: view.scope === "panel" || panel.closest("td").cellIndex === 1, exponentformat: narrow ? "e" : "power", ...(figure.logarithmic && !narrow ? { dtick: 1 } : {}) },
      // One shade a seed, so that the terminal phase of all is the darkest.
      shapes: cells.filter(cell => cell.terminal != null).map((cell, _, shaded) => ({
        type: "rect", xref: "x", yref: "paper", x0: cell.terminal, x1: last * 1.1, y0: 0, y1: 1, layer: "below", line: { width: 0 }, fillcolor: colour("--shade"), opacity: 1 / shaded.length,
      })),
    };
  }

  function draw(Plotly, data, panel, view) {
    if (!plotOf(panel)) {
      for (const name of ["chart", "cross", "reads"]) { const part = document.createElement("div"); part.className = name; panel.append(part); }
      const plot = plotOf(panel);
      Plotly.newPlot(plot, traces(data, panel), layout(data, panel, view), { displayModeBar: false, responsive: true, doubleClick: false });
      plot.on("plotly_relayout", change => view.zoomed(panel, change));
      plot.on("plotly_doubleclick", () => view.whole());
    } else Plotly.react(plotOf(panel), traces(data, panel), layout(data, panel, view), { displayModeBar: false, responsive: true, doubleClick: false });
    panel.dataset.drawn = "yes";
    read(data, panel, view);
  }

  const along = (panel, view) => {
    const [low, high] = plotOf(panel).layout.xaxis.range, width = panel.clientWidth - margin.l - margin.r;
    return { toPixels: epoch => margin.l + ((view.logarithmic ? Math.log10(epoch) : epoch) - low) / (high - low) * width, width,
      toEpoch: pixels => { const at = low + (pixels - margin.l) / width * (high - low); return view.logarithmic ? 10 ** at : at; } };
  };

  // Draws the line at the epoch and writes the values beside it: the mean over seeds.
  function read(data, panel, view) {
    const [cross, reads] = [panel.querySelector(".cross"), panel.querySelector(".reads")];
    const at = view.epoch == null ? NaN : along(panel, view).toPixels(view.epoch);
    const shown = at >= margin.l - 1 && at <= panel.clientWidth - margin.r + 1;
    cross.hidden = reads.hidden = !shown;
    if (!shown) return;
    const figure = data.figures[panel.dataset.figure], cells = cellsOf(data, panel);
    cross.style.left = `${at}px`;
    reads.replaceChildren(...figure.lines.flatMap(line => {
      const values = cells.map(cell => { const c = curve(cell, line.curve); return c?.y[c.x.indexOf(view.epoch)]; }).filter(v => v != null);
      if (!values.length) return [];
      const text = document.createElement("span");
      text.className = `ink-${line.colour % 7}`;
      text.textContent = short(values.reduce((a, b) => a + b) / values.length, 3);
      text.title = line.legend;
      return [text];
    }));
    const right = at < panel.clientWidth * 0.62;
    reads.style.left = right ? `${at + 4}px` : "";
    reads.style.right = right ? "" : `${panel.clientWidth - at + 4}px`;
  }

  // The measured epoch nearest to where the pointer is.
  function epochAt(data, panel, view, clientX) {
    const epochs = [...new Set(cellsOf(data, panel).flatMap(cell => cell.epochs))], line = along(panel, view);
    const pixels = clientX - panel.getBoundingClientRect().left;
    if (pixels < margin.l - 4 || pixels > panel.clientWidth) return null;
    return epochs.reduce((best, epoch) => Math.abs(line.toPixels(epoch) - pixels) < Math.abs(line.toPixels(best) - pixels) ? epoch : best, epochs[0]);
  }

  return { draw, read, epochAt, alike };
})();
