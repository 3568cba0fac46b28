"use strict";
// A cell's own page: #cell-N shows that cell alone, and what its packed numbers give is made when it is first opened. Back, links, Escape and the arrow keys work.
(() => {
  const { all, byId, data, unpack } = report;
  const root = document.documentElement, title = document.title, cells = all(".cell");
  if (!cells.length) return;
  root.classList.add("scripted");
  const quantities = (made => () => made ??= unpack("quantities").then(JSON.parse))();
  let shown = null, overview = { hash: "", at: 0 };

  const bar = document.createElement("div");
  bar.className = "cell-bar";
  bar.hidden = true;
  const link = text => { const a = document.createElement("a"); a.textContent = text; bar.append(a); return a; };
  const back = link("← Overview"), before = link("‹ Previous cell"), after = link("Next cell ›");
  bar.insertAdjacentHTML("beforeend", `<label>Epochs <select id="cell-epochs"><option value="log">logarithmic</option><option value="linear">linear</option></select></label>`);
  byId("cells").prepend(bar);

  async function build(article) {
    const place = Number(article.dataset.cell), body = article.querySelector(".cell-made");
    if (body.dataset.made) return;
    body.dataset.made = "begun";
    body.setAttribute("aria-busy", "true");
    const [numbers, declared, own] = await Promise.all([data(), quantities(), byId(`cell-data-${place}`) ? unpack(`cell-data-${place}`).then(JSON.parse) : {}]);
    body.replaceChildren(...report.cellSections(numbers.cells[place], own, declared));
    body.dataset.made = "yes";
    body.removeAttribute("aria-busy");
  }

  const targetOf = hash => hash.length > 1 ? byId(decodeURIComponent(hash.slice(1))) : null;

  function route() {
    const target = targetOf(location.hash), cell = target?.closest?.(".cell") ?? null, from = shown;
    for (let around = target; around; around = around.parentElement) if (around instanceof HTMLDetailsElement) around.open = true;
    if (cell === from) { if (!cell && target instanceof HTMLDetailsElement) target.scrollIntoView(); return; }
    from?.classList.remove("shown");
    shown = cell;
    root.classList.toggle("one-cell", cell !== null);
    bar.hidden = cell === null;
    if (!cell) {
      document.title = title;
      if (target && location.hash !== overview.hash) target.scrollIntoView(); else scrollTo({ top: overview.at, behavior: "instant" });
      all(`a[href="#${from.id}"]`).find(a => a.getClientRects().length)?.focus({ preventScroll: true });
      return;
    }
    cell.classList.add("shown");
    const name = cell.querySelector("h3"), at = cells.indexOf(cell);
    document.title = `${name.textContent} – ${title}`;
    back.href = overview.hash || "#cells";
    for (const [a, other] of [[before, cells[at - 1]], [after, cells[at + 1]]]) { a.hidden = !other; if (other) { a.href = `#${other.id}`; a.title = other.querySelector("h3").textContent; } }
    scrollTo({ top: 0, behavior: "instant" });
    name.focus({ preventScroll: true });
    build(cell);
  }

  // Where the reader was, so that the way back leads there.
  addEventListener("click", event => {
    if (!shown && event.target.closest?.(`a[href^="#cell-"]`)) overview = { hash: location.hash, at: scrollY };
  }, { capture: true });
  back.addEventListener("click", event => { event.preventDefault(); history.pushState(null, "", overview.hash || location.pathname + location.search); route(); });
  addEventListener("keydown", event => {
    if (!shown || event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, select, .scroll, .plot")) return;
    if (event.key === "Escape") back.click();
    else if (event.key === "ArrowLeft" && !before.hidden) before.click();
    else if (event.key === "ArrowRight" && !after.hidden) after.click();
  });
  // Not at popstate: the browser moves the focus between that and this.
  addEventListener("hashchange", route);
  route();
})();
