"use strict";
// Only in the page that `report --watch` serves: makes itself anew when the run has gone on, and keeps where the reader is and what was chosen.
(() => {
  const script = document.currentScript, version = Number(script.dataset.version), kept = "harness-report";
  const choices = () => [...document.querySelectorAll("select[id], input[id]")];
  const says = document.createElement("p");
  says.id = "live";
  says.setAttribute("role", "status");
  document.body.append(says);

  function keep() {
    const open = [...document.querySelectorAll("details")].map(box => box.open);
    sessionStorage.setItem(kept, JSON.stringify({ at: scrollY, values: choices().map(c => [c.id, c.type === "checkbox" ? c.checked : c.value]), open }));
  }

  function restore() {
    const before = JSON.parse(sessionStorage.getItem(kept));
    sessionStorage.removeItem(kept);
    if (!before) return;
    history.scrollRestoration = "manual";
    const boxes = [...document.querySelectorAll("details")];
    if (boxes.length === before.open.length) boxes.forEach((box, i) => { box.open = before.open[i]; });
    for (const [id, value] of before.values) {
      const choice = document.getElementById(id);
      if (!choice || (choice.type === "checkbox" ? choice.checked : choice.value) === value) continue;
      if (choice.type === "checkbox") choice.checked = value; else choice.value = value;
      for (const kind of ["input", "change"]) choice.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    const back = () => scrollTo({ top: before.at, behavior: "instant" });
    back();
    requestAnimationFrame(() => requestAnimationFrame(back));
  }

  async function listen() {
    for (;;) {
      try {
        const answer = await fetch(`changed?since=${version}`, { cache: "no-store" });
        if (!answer.ok) throw new Error(answer.statusText);
        const newest = Number(await answer.text());
        // A server that ends may still answer, with nothing.
        if (!(newest > 0)) throw new Error("no version");
        if (newest !== version) { keep(); location.reload(); return; }
        says.textContent = "live";
      } catch {
        says.textContent = "not live: the harness that served this page has ended, or is busy";
        await new Promise(resolve => setTimeout(resolve, 3000));
      }
    }
  }

  says.textContent = "live";
  restore();
  listen();
})();
