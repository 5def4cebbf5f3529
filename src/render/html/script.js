"use strict";
(() => {
  const table = document.getElementById("findings");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const tools = document.querySelector(".tools");
  if (tools) {
    const [word, type, region, count] = ["word", "type", "region", "count"].map((id) => document.getElementById(id));
    const show = () => {
      const words = word.value.toLowerCase().split(/\s+/);
      let seen = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        const fits = words.every((it) => text.includes(it))
          && (!type.value || row.dataset.type === type.value) && (!region.value || row.dataset.region === region.value);
        row.hidden = !fits;
        seen += fits;
      }
      count.textContent = seen + " / " + rows.length;
    };
    tools.addEventListener("input", show);
    tools.addEventListener("submit", (event) => event.preventDefault());
    tools.hidden = false;
    show();
  }
  if (rows.length < 2) return;
  table.classList.add("sortable");
  const value = (row, at) => {
    const cell = row.cells[at];
    if (cell.dataset.order === undefined) return cell.textContent.toLowerCase();
    return cell.dataset.order === "" ? Infinity : Number(cell.dataset.order);
  };
  heads.slice(0, 3).forEach((head, at) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : at === 0;
      heads.forEach((it) => it.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sign = down ? -1 : 1;
      const compare = (a, b) => (a === b ? 0 : a < b ? -sign : sign);
      body.append(...rows.sort((a, b) => compare(value(a, at), value(b, at))));
    });
  });
})();
