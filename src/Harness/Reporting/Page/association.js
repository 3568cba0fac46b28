"use strict";
// Collapse against something else: the scatter and the table of correlations, whose numbers are ready made in the island.
(() => {
  const { all, data, plotly, colour, plain, short, curve, look } = report;
  const symbols = [["circle", "●"], ["square", "■"], ["diamond", "◆"], ["triangle-up", "▲"], ["cross", "✚"], ["x", "✖"], ["star", "★"]];

  // The points a cell has on both axes, at epochs that are asked for.
  function points(cell, x, y, wanted) {
    const [a, b] = [curve(cell, x.curve), curve(cell, y.curve)];
    if (!a || !b) return [];
    const at = new Map(b.x.map((epoch, i) => [epoch, b.y[i]]));
    const shown = (value, axis) => value != null && (!axis.logarithmic || value > 0);
    return a.x.map((epoch, i) => ({ epoch, x: a.y[i], y: at.get(epoch) })).filter(p => shown(p.x, x) && shown(p.y, y) && wanted(p.epoch));
  }

  function traces(numbers, x, y, phase) {
    const named = values => [...new Set(values)], datasets = named(numbers.pairs.map(p => p.dataset)), architectures = named(numbers.pairs.map(p => p.architecture));
    return numbers.pairs.flatMap(pair => {
      const ink = colour(`--line-${datasets.indexOf(pair.dataset) % 7}`), symbol = symbols[architectures.indexOf(pair.architecture) % symbols.length][0];
      const line = (wanted, style) => {
        const cells = pair.cells.map(place => numbers.cells[place]).map(cell => ({ cell, points: points(cell, x, y, epoch => wanted(cell, epoch)) })).filter(c => c.points.length);
        const joined = cells.flatMap(({ cell, points }) => [...points.map(p => ({ ...p, text: `${plain(cell.name)}<br>epoch ${p.epoch}${cell.terminal != null && p.epoch >= cell.terminal ? ", terminal phase" : ""}` })), { x: null, y: null, text: "" }]);
        return { x: joined.map(p => p.x), y: joined.map(p => p.y), text: joined.map(p => p.text), ...style, hovertemplate: `%{text}<br>${plain(x.title)}: %{x:.4~g}<br>${plain(y.title)}: %{y:.4~g}<extra></extra>` };
      };
      const ways = { mode: "lines", line: { color: ink, width: 1.2 } };
      const last = line((cell, epoch) => epoch === cell.last, { mode: "markers", marker: { symbol, size: 9, color: ink, line: { width: 1, color: colour("--paper") } } });
      return [
        ...(phase === "all" ? [line((cell, epoch) => cell.terminal == null || epoch <= cell.terminal, { ...ways, opacity: 0.28 })] : []),
        ...(phase === "last" ? [] : [line((cell, epoch) => cell.terminal != null && epoch >= cell.terminal, { ...ways, opacity: 0.95 })]),
        last,
      ];
    });
  }

  function legend(numbers) {
    const list = document.createElement("p");
    list.className = "legend";
    const key = (glyph, text, ink) => { const item = document.createElement("span"), mark = document.createElement("span"); item.className = "key"; mark.textContent = glyph; mark.className = ink; mark.ariaHidden = "true"; item.append(mark, text); list.append(item); };
    [...new Set(numbers.pairs.map(p => p.dataset))].forEach((name, i) => key("▬", name, `ink-${i % 7}`));
    [...new Set(numbers.pairs.map(p => p.architecture))].forEach((name, i) => key(symbols[i % symbols.length][1], name, ""));
    return list;
  }

  async function draw(section) {
    const [numbers, Plotly] = await Promise.all([data(), plotly()]);
    const chart = section.querySelector(".trajectories"), said = numbers.associations[chart.dataset.kind];
    const [i, j] = ["x", "y"].map(axis => said[axis].findIndex(a => a.curve === section.querySelector(`.axis-${axis}`).value));
    const [x, y] = [said.x[i], said.y[j]], { axis, layout } = look();
    const more = { x: "collapsed", y: chart.dataset.kind === "robustness" ? "robust" : "general" };
    const narrow = chart.clientWidth < 640;
    const titled = (a, side) => ({ text: narrow ? plain(a.title).replace(/, (training|test) images$/, "") : side === "x" ? (a.sign < 0 ? `← more ${more.x}    ${plain(a.title)}` : `${plain(a.title)}    more ${more.x} →`) : `${plain(a.title)}${a.sign < 0 ? "  (lower is better)" : ""}`, font: { size: narrow ? 10 : 12, color: colour("--soft") }, standoff: 8 });
    await Plotly.react(chart, traces(numbers, x, y, section.querySelector(".phase").value), {
      ...layout, margin: { l: narrow ? 52 : 64, r: 12, t: 8, b: 48 }, hovermode: "closest",
      xaxis: { ...axis, type: x.logarithmic ? "log" : "linear", title: titled(x, "x"), exponentformat: "power" },
      yaxis: { ...axis, type: y.logarithmic ? "log" : "linear", title: titled(y, "y"), exponentformat: "power" },
    }, { displayModeBar: false, responsive: true });
    if (!chart.nextElementSibling.classList.contains("legend")) chart.after(legend(numbers));
    chart.dataset.drawn = `${x.curve} / ${y.curve}`;
  }

  async function say(section) {
    const said = (await data()).associations[section.querySelector(".trajectories").dataset.kind];
    const [i, j] = ["x", "y"].map(axis => said[axis].findIndex(a => a.curve === section.querySelector(`.axis-${axis}`).value));
    const { sentence, rows } = said.says[i][j];
    section.querySelector(".sentence").textContent = sentence;
    all(".correlations tbody tr", section).forEach((line, place) => {
      const row = rows[place], cells = line.querySelectorAll("td"), whisker = line.querySelector(".forest span");
      [row.rho, row.interval, null, row.behind, row.says].forEach((text, k) => { if (text != null) cells[k].textContent = text; });
      whisker.className = row.kind;
      whisker.style.cssText = row.whisker;
    });
  }

  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) { watcher.unobserve(entry.target); draw(entry.target.closest("section")); }
  }, { rootMargin: "200px" });
  for (const section of all(".association")) {
    const chart = section.querySelector(".trajectories");
    if (!chart) continue;
    watcher.observe(chart);
    all("select", section).forEach(select => select.addEventListener("change", () => { say(section); draw(section); }));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (chart.dataset.drawn) draw(section); });
    addEventListener("beforeprint", () => draw(section));
  }
})();
