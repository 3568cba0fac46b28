"use strict";
// Tables of a cell's page: a matrix as a heat map, and every scalar by epoch.
(() => {
  const { curve, short } = report;
  const numbersShown = 20;
  const nameOf = (classes, label) => classes?.[label] ?? String(label);

  // Where rows and columns are the same classes the diagonal is what is right; what is beside it is shaded by its own largest.
  report.matrixTable = (matrix, classes) => {
    const { rows, columns, values } = matrix, square = values.length === values[0].length;
    const off = values.flatMap((row, i) => row.filter((v, j) => v != null && !(square && i === j)).map(Math.abs)), most = off.reduce((a, b) => Math.max(a, b), 0) || 1;
    const box = document.createElement("div");
    box.className = "scroll";
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", `Matrix: rows ${rows}, columns ${columns}; scrolls sideways`);
    if (values[0].length > numbersShown) {
      const canvas = document.createElement("canvas"), scale = Math.max(2, Math.floor(440 / values[0].length)), ink = canvas.getContext("2d");
      canvas.width = values[0].length * scale;
      canvas.height = values.length * scale;
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", report.mostMixedUp(matrix, classes));
      const paint = () => {
        ink.clearRect(0, 0, canvas.width, canvas.height);
        values.forEach((row, i) => row.forEach((v, j) => {
          ink.globalAlpha = v == null ? 0 : square && i === j ? 0.18 : Math.abs(v) / most;
          ink.fillStyle = report.colour(square && i === j ? "--line-5" : "--line-1");
          ink.fillRect(j * scale, i * scale, scale, scale);
        }));
      };
      paint();
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
      canvas.addEventListener("pointermove", event => {
        const at = canvas.getBoundingClientRect(), i = Math.floor((event.clientY - at.top) / scale), j = Math.floor((event.clientX - at.left) / scale);
        if (values[i]?.[j] !== undefined) canvas.title = `${rows} ${nameOf(classes, i)}, ${columns} ${nameOf(classes, j)}: ${short(values[i][j])}`;
      });
      box.append(canvas);
      return box;
    }
    const table = document.createElement("table");
    table.className = "confusion";
    const corner = table.createTHead().insertRow();
    corner.append(Object.assign(document.createElement("td"), { textContent: `${rows} ↓, ${columns} →` }));
    values[0].forEach((_, j) => corner.append(Object.assign(document.createElement("th"), { textContent: nameOf(classes, j), scope: "col" })));
    const body = table.createTBody();
    values.forEach((row, i) => {
      const line = body.insertRow();
      line.append(Object.assign(document.createElement("th"), { textContent: nameOf(classes, i), scope: "row" }));
      row.forEach((v, j) => {
        const cell = line.insertCell();
        cell.textContent = v === 0 ? "·" : short(v);
        if (square && i === j) cell.className = "diagonal"; else cell.style.setProperty("--share", v == null ? 0 : Math.abs(v) / most);
      });
    });
    box.append(table);
    return box;
  };

  report.mostMixedUp = ({ values }, classes) => {
    const pairs = values.flatMap((row, i) => row.map((v, j) => ({ v, i, j }))).filter(p => p.i !== p.j && p.v > 0).sort((a, b) => b.v - a.v);
    return pairs.length ? `Most often: ${pairs.slice(0, 3).map(p => `${nameOf(classes, p.i)} taken for ${nameOf(classes, p.j)} (${short(p.v)})`).join(", ")}.` : "Nothing beside the diagonal.";
  };

  report.numberTable = cell => {
    const box = document.createElement("details"), summary = document.createElement("summary"), scroll = document.createElement("div");
    box.className = "numbers";
    summary.textContent = "Every number, by epoch";
    Object.assign(scroll, { className: "scroll", tabIndex: 0 });
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Every number; scrolls sideways");
    box.append(summary, scroll);
    box.addEventListener("toggle", () => {
      if (!box.open || scroll.firstChild) return;
      const names = Object.keys(cell.curves), curves = names.map(name => curve(cell, name)), table = document.createElement("table");
      const epochs = [...new Set(curves.flatMap(c => c.x))].sort((a, b) => a - b);
      const row = (texts, tag) => {
        const line = table.insertRow();
        texts.forEach((text, i) => { const cell = document.createElement(i === 0 ? "th" : tag); cell.textContent = text; if (cell.tagName === "TH") cell.scope = tag === "th" ? "col" : "row"; line.append(cell); });
      };
      row(["epoch", ...names], "th");
      for (const epoch of epochs) row([String(epoch), ...curves.map(c => { const at = c.x.indexOf(epoch); return at < 0 ? "" : short(c.y[at]); })], "td");
      scroll.append(table);
    });
    return box;
  };
})();
