"use strict";
(() => {
  const table = document.getElementById("findings");
  if (!table) return;
  const bodies = [...table.tBodies], heads = [...table.tHead.rows[0].cells];
  const things = (body) => [...body.rows].filter((row) => row.dataset.type !== undefined);
  const tools = document.querySelector(".tools");
  if (tools) {
    const [word, type, region, count] = ["word", "type", "region", "count"].map((id) => document.getElementById(id));
    const all = bodies.flatMap(things).length;
    const show = () => {
      const words = word.value.toLowerCase().split(/\s+/);
      let seen = 0;
      for (const body of bodies) {
        const head = body.rows[0].dataset.type === undefined ? body.rows[0] : undefined;
        let some = false;
        for (const row of things(body)) {
          const text = (row.textContent + (head ? head.textContent : "")).toLowerCase();
          const fits = words.every((it) => text.includes(it))
            && (!type.value || row.dataset.type === type.value) && (!region.value || row.dataset.region === region.value);
          row.hidden = !fits;
          seen += fits;
          some ||= fits;
        }
        if (head) head.hidden = !some;
        body.hidden = !some;
      }
      count.textContent = seen + " / " + all;
    };
    tools.addEventListener("input", show);
    tools.addEventListener("submit", (event) => event.preventDefault());
    tools.hidden = false;
    show();
  }
  if (bodies.length < 2) return;
  table.classList.add("sortable");
  const value = (body, at) => {
    const cell = body.rows[0].cells[at];
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
      table.append(...bodies.sort((a, b) => compare(value(a, at), value(b, at))));
    });
  });
})();
