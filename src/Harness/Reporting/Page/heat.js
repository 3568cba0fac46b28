"use strict";
// The two maps of the first screen: another quantity, its texts and colours ready made in the island.
for (const map of report.all(".heat")) {
  map.querySelector("select").addEventListener("change", async event => {
    const chosen = (await report.data()).maps[event.target.value];
    map.dataset.scale = chosen.scale;
    map.querySelector(".range").textContent = chosen.range;
    map.querySelector("caption").textContent = `${chosen.title}: means over seeds`;
    for (const cell of report.all("td[data-pair]", map)) {
      const place = chosen.places[Number(cell.dataset.pair)];
      cell.classList.toggle("hole", place.share == null);
      cell.style.setProperty("--share", place.share ?? "0");
      cell.querySelector("a").textContent = place.text;
      cell.querySelector("small").textContent = place.note;
    }
  });
}
