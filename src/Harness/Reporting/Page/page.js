"use strict";
// What every part of the page's script uses: the numbers, plotly.js, and a few words for the document. Both come packed in the page and are unpacked when first asked for,
// so that the page opens at once. Text goes into the page as text, and into plotly with its markup taken out.
const report = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = id => document.getElementById(id);

  async function unpack(id) {
    const packed = atob(byId(id).textContent.trim());
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }

  const once = make => { let made; return () => made ??= make(); };
  const data = once(async () => JSON.parse(await unpack("data")));
  const plotly = once(async () => {
    const script = document.createElement("script");
    script.textContent = await unpack("plotly");
    document.head.append(script);
    return window.Plotly;
  });

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const plain = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/%\{/g, "% {");
  const short = (value, digits = 4) => value == null ? "–" : value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5) ? value.toExponential(2) : String(+value.toPrecision(digits));
  const places = element => element.dataset.place.split(" ").map(Number);

  // A curve of a cell; one that was measured at all of the cell's epochs has none of its own in the island.
  const curve = (cell, name) => { const found = cell.curves[name]; return found && { x: found.x ?? cell.epochs, y: found.y, error: found.error }; };

  // The look that all charts share.
  function look() {
    const [ink, soft, rule, wash] = ["--ink", "--soft", "--rule", "--wash"].map(colour);
    return {
      axis: { gridcolor: rule, linecolor: rule, tickfont: { size: 10, color: soft }, zeroline: false, ticks: "", automargin: false },
      layout: { showlegend: false, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { family: getComputedStyle(document.body).fontFamily, color: ink, size: 11 },
        hoverlabel: { bgcolor: wash, bordercolor: rule, font: { size: 11, color: ink } } },
    };
  }

  return { all, byId, unpack, data, plotly, colour, plain, short, places, curve, look };
})();
