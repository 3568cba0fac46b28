"use strict";
// What a cell's page is made of: how it trained, pictures, every scalar by metric, curves at an epoch, confusion, every number.
report.cellSections = (() => {
  const { curve, chart, short } = report;
  const make = (tag, text, name) => { const e = document.createElement(tag); if (text != null) e.textContent = text; if (name) e.className = name; return e; };
  const splitWords = { train: "training images", test: "test images" };
  const moment = (cell, epoch) => `epoch ${epoch}${epoch === cell.terminal ? ", the terminal phase begins" : epoch === cell.last ? ", the last measured" : ""}`;

  function section(title, note, ...content) {
    const s = make("section", null, "cell-part");
    s.append(make("h4", title), ...(note ? [make("p", note, "note")] : []), ...content.filter(Boolean));
    return s;
  }
  const grid = charts => { const g = make("div", null, "charts"); g.append(...charts.map(c => c.figure)); return g; };

  function training(cell, own) {
    const t = own.training, lines = [];
    if (!t) return null;
    const one = (title, y, log, unit) => lines.push(chart({ title, unit, log: log && y.some(v => v > 0), epochs: true, terminal: cell.terminal, lines: [{ x: t.epochs, y, colour: "--line-0" }] }));
    one("Training loss, running", t.loss, true, "nats");
    one("Training error, running", t.error, true, "share of images");
    one("Learning rate", t.rate, true);
    if (own.timings) lines.push(chart({ title: "Time of an epoch", unit: "s", log: false, epochs: true, terminal: cell.terminal, lines: [
      { x: own.timings.epochs, y: own.timings.train, colour: "--line-0", legend: "training" }, { x: own.timings.epochs, y: own.timings.measure, colour: "--line-1", legend: "measuring", dashed: true }] }));
    return section("How it trained", "In training mode, while the weights change; the terminal phase is shaded.", grid(lines));
  }

  // Quantities of one figure are drawn together, as the paper does; others alone.
  function scalars(cell, declared) {
    const groups = new Map();
    for (const q of declared) {
      const drawn = [undefined, "train", "test"].map(split => ({ q, split, values: curve(cell, split ? `${q.id}, ${split}` : q.id) })).filter(d => d.values);
      if (!drawn.length) continue;
      const metric = groups.get(q.metric) ?? groups.set(q.metric, new Map()).get(q.metric), key = q.figure ?? q.id;
      (metric.get(key) ?? metric.set(key, []).get(key)).push(...drawn);
    }
    return [...groups].map(([metric, figures]) => section(metric, null, grid([...figures.values()].map(drawn => {
      const series = [...new Set(drawn.map(d => d.q.series ?? d.q.id))], split = new Set(drawn.map(d => d.split)).size > 1, first = drawn[0].q;
      return chart({
        title: first.figure ?? first.title, unit: first.unit, log: first.log, epochs: true, terminal: cell.terminal,
        note: [...new Set(drawn.map(d => `${d.q.title}: ${d.q.formula} (${d.q.source})`))].join("\n"),
        lines: drawn.map(({ q, split: which, values }) => ({
          ...values, dashed: which === "test", colour: `--line-${series.length > 1 ? series.indexOf(q.series ?? q.id) % 6 : which === "test" ? 2 : 0}`,
          legend: [series.length > 1 ? q.series ?? q.title : null, split || series.length === 1 ? splitWords[which] : null].filter(Boolean).join(", "),
        })),
      });
    }))));
  }

  function curves(cell, own, declared) {
    if (!own.curves?.length) return null;
    const epochs = [...new Set(own.curves.flatMap(c => c.epochs))].sort((a, b) => a - b);
    const slider = make("input"), says = make("output"), label = make("label", "Epoch "), tools = make("p", null, "tools");
    Object.assign(slider, { type: "range", min: 0, max: epochs.length - 1, step: 1, value: epochs.length - 1 });
    label.append(slider, says);
    tools.append(label);
    const byQuantity = declared.map(q => ({ q, parts: own.curves.filter(c => c.quantity === q.id) })).filter(g => g.parts.length);
    const spec = ({ q, parts }, epoch) => ({
      title: q.title, unit: q.unit, log: q.log, positions: q.positions, note: `${q.formula} (${q.source})`,
      lines: parts.flatMap((part, place) => {
        const at = e => { const i = part.epochs.indexOf(e); return i < 0 ? null : { x: part.x[part.x.length > 1 ? i : 0], y: part.y[i] }; };
        const colour = `--line-${part.split === "test" ? 2 : place % 6}`, now = at(epoch);
        const faint = [cell.terminal, part.epochs.at(-1)].filter(e => e != null && e !== epoch).map(e => at(e) && { ...at(e), colour, faint: true });
        return [...faint.filter(Boolean), ...(now ? [{ ...now, colour, dashed: part.split === "test", legend: splitWords[part.split] ?? "" }] : [])];
      }),
    });
    const charts = byQuantity.map(g => chart(spec(g, epochs.at(-1))));
    const read = () => {
      const epoch = epochs[slider.value];
      says.textContent = moment(cell, epoch);
      slider.setAttribute("aria-valuetext", says.textContent);
    };
    slider.addEventListener("input", () => { read(); byQuantity.forEach((g, i) => charts[i].show(spec(g, epochs[slider.value]))); });
    read();
    return section("Distributions and curves", "Dotted: the first epoch of the terminal phase and the last.", tools, grid(charts));
  }

  function pictures(cell, own, declared) {
    if (own.elsewhere) return section("Pictures", "To keep this page small, pictures of one seed of each place are in it; this cell's are in its measurements.jsonl.");
    if (!own.pictures?.length) return null;
    const blocks = own.pictures.map(shown => {
      const block = make("div", null, "pictures-at"), q = declared.find(d => d.id === shown.quantity);
      block.append(make("h5", `${q?.title ?? shown.quantity}, ${moment(cell, shown.epoch)}`));
      if (q) block.append(make("p", q.formula, "note"));
      if (shown.averaged) block.append(make("p", `Averaged over squares of ${shown.averaged} × ${shown.averaged} pixels, to keep this page small.`, "note"));
      for (const row of shown.rows) {
        const figure = make("figure", null, "pictures"), strip = make("div");
        for (const picture of row.pictures) {
          const one = make("span"), image = make("img"), scale = Math.max(1, Math.floor(128 / picture.width));
          Object.assign(image, { src: `data:image/png;base64,${picture.png}`, alt: `${picture.caption}: ${row.caption}`, width: picture.width * scale, height: picture.height * scale });
          one.append(image, make("small", picture.caption));
          strip.append(one);
        }
        figure.append(strip, make("figcaption", row.caption));
        block.append(figure);
      }
      if (shown.leftOut) block.append(make("p", `${shown.leftOut} more in the cell's measurements.jsonl.`, "note"));
      return block;
    });
    const beside = make("div", null, "beside");
    beside.append(...blocks);
    const classes = own.classes && own.classes.length <= 30 ? `Classes: ${own.classes.map((name, label) => `${label} ${name}`).join(", ")}.` : null;
    return section("Pictures", classes, beside);
  }

  function matrices(cell, own, declared) {
    if (!own.matrices?.length) return [];
    return [...Map.groupBy(own.matrices, m => `${m.quantity}, ${m.split}`).values()].map(group => {
      const q = declared.find(d => d.id === group[0].quantity), beside = make("div", null, "beside");
      beside.append(...group.map(m => {
        const block = make("div");
        block.append(make("h5", `Epoch ${m.epoch}`.replace(/^Epoch .*/, moment(cell, m.epoch).replace(/^e/, "E"))), make("p", report.mostMixedUp(m, own.classes), "note"), report.matrixTable(m, own.classes));
        return block;
      }));
      return section(q?.title ?? group[0].quantity, null, beside);
    });
  }

  return (cell, own, declared) => [
    training(cell, own), pictures(cell, own, declared), ...scalars(cell, declared), curves(cell, own, declared), ...matrices(cell, own, declared),
    Object.keys(cell.curves).length ? report.numberTable(cell) : null,
  ].filter(Boolean);
})();
