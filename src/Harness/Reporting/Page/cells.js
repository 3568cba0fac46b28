"use strict";
// A cell's every number, when asked for, and links into what is folded away.
(() => {
  const { all, data, curve, short } = report;

  async function fill(box) {
    const cell = (await data()).cells[Number(box.dataset.cell)];
    const names = Object.keys(cell.curves), curves = names.map(name => curve(cell, name));
    const table = document.createElement("table");
    const row = (texts, tag) => {
      const line = table.insertRow();
      texts.forEach((text, i) => { const cell = document.createElement(i === 0 ? "th" : tag); cell.textContent = text; cell.scope = tag === "th" ? "col" : "row"; line.append(cell); });
    };
    row(["epoch", ...names], "th");
    for (const epoch of cell.epochs) row([String(epoch), ...curves.map(c => { const at = c.x.indexOf(epoch); return at < 0 ? "" : short(c.y[at]); })], "td");
    box.querySelector(".scroll").replaceChildren(table);
  }

  all(".grid").forEach(grid => grid.style.setProperty("--columns", all("thead th", grid).length));
  all("details.numbers").forEach(box => box.addEventListener("toggle", () => { if (box.open) fill(box); }, { once: true }));
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let around = target; around; around = around.parentElement) if (around instanceof HTMLDetailsElement) around.open = true;
    if (target instanceof HTMLDetailsElement) target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();
})();
