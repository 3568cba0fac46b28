"use strict";
// The figures: a panel is drawn when it comes into view, a few a frame; all panels share one epoch axis, one zoom and one reading line.
(() => {
  const { all, byId, data, plotly, panel: { draw, read, epochAt, alike } } = report;
  const panels = all(".panel");
  const slider = byId("epoch"), shown = byId("epoch-shown"), whole = byId("zoom-out");
  if (!panels.length) return;

  const zoom = { x: undefined, y: new Map() };
  const view = {
    get logarithmic() { return byId("epoch-axis").value === "log"; },
    get scope() { return byId("value-range").value; },
    get x() { return zoom.x; },
    y: panel => zoom.y.get(panel),
    epoch: null,
    zoomed(panel, change) {
      if (!("xaxis.range[0]" in change) && !("yaxis.range[0]" in change)) return;
      if ("xaxis.range[0]" in change) zoom.x = [change["xaxis.range[0]"], change["xaxis.range[1]"]];
      if ("yaxis.range[0]" in change) for (const other of alike(panel, view.scope)) zoom.y.set(other, [change["yaxis.range[0]"], change["yaxis.range[1]"]]);
      whole.hidden = false;
      again();
    },
    whole() { zoom.x = undefined; zoom.y.clear(); whole.hidden = true; again(); },
  };

  // ---- drawing: what is in view first, the rest when it comes there
  const waiting = new Set();
  let working = false;
  async function work() {
    if (working) return;
    working = true;
    const [numbers, Plotly] = await Promise.all([data(), plotly()]);
    while (waiting.size) {
      await new Promise(requestAnimationFrame);
      const until = performance.now() + 14;
      for (const panel of waiting) {
        waiting.delete(panel);
        draw(Plotly, numbers, panel, view);
        if (performance.now() > until) break;
      }
    }
    working = false;
  }

  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) { watcher.unobserve(entry.target); waiting.add(entry.target); }
    if (waiting.size) work();
  }, { rootMargin: "300px" });
  const again = () => panels.forEach(panel => { watcher.unobserve(panel); watcher.observe(panel); });
  panels.forEach(panel => watcher.observe(panel));

  // ---- reading all panels at one epoch, by pointer or by the slider
  let epochs = [];
  const ready = data().then(numbers => {
    epochs = [...new Set(numbers.cells.flatMap(cell => cell.epochs))].sort((a, b) => a - b);
    slider.max = String(epochs.length);
    return numbers;
  });
  async function readAt(epoch) {
    const numbers = await ready;
    if (view.epoch === epoch) return;
    view.epoch = epoch;
    slider.value = String(epochs.indexOf(epoch) + 1);
    shown.textContent = epoch == null ? "none" : String(epoch);
    slider.setAttribute("aria-valuetext", epoch == null ? "none" : `epoch ${epoch}`);
    for (const panel of panels) if (panel.dataset.drawn) read(numbers, panel, view);
  }
  slider.addEventListener("input", () => readAt(epochs[Number(slider.value) - 1] ?? null));
  let pointed;
  async function point(event) {
    const panel = event.target.closest?.(".panel[data-drawn]"), first = pointed === undefined;
    pointed = { panel, x: event.clientX };
    if (!first) return;
    const numbers = await ready;
    requestAnimationFrame(() => {
      const { panel, x } = pointed;
      pointed = undefined;
      if (panel) readAt(epochAt(numbers, panel, view, x));
    });
  }
  byId("figures").addEventListener("pointermove", point);
  byId("figures").addEventListener("pointerdown", point);
  all(".grid").forEach(grid => grid.addEventListener("pointerleave", () => readAt(null)));

  byId("epoch-axis").addEventListener("change", () => view.whole());
  byId("value-range").addEventListener("change", () => { zoom.y.clear(); again(); });
  whole.addEventListener("click", () => view.whole());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  // What was never in view is drawn before paper is laid out: the browser waits for what needs no frame, so numbers and plotly.js are unpacked once the page is idle.
  report.print = async () => {
    const [numbers, Plotly] = await Promise.all([data(), plotly()]);
    for (const panel of panels) if (!panel.dataset.drawn && panel.clientWidth) draw(Plotly, numbers, panel, view);
  };
  addEventListener("beforeprint", report.print);
  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(() => plotly()));
})();
