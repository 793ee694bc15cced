// Every chart has its table: a button turns from one to the other, and the heads of columns sort.
function show(views, what) {
  views.dataset.shows = what;
  const button = views.querySelector(".turn");
  button.setAttribute("aria-pressed", what === "table");
}

function startTurning() {
  for (const views of document.querySelectorAll(".views:not([data-only])")) {
    show(views, "chart");
    views.querySelector(".turn").onclick = () => show(views, views.dataset.shows === "table" ? "chart" : "table");
    views.querySelector(".turn").addEventListener("click", () => presenting() && fit(views.closest("[data-slide]")));
  }
}

function sort(table, column, falling) {
  const value = (row) => {
    const cell = row.cells[column], number = cell.querySelector("data");
    return number ? Number(number.value) : cell.textContent;
  };
  const order = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : typeof a === "number" ? 1 : typeof b === "number" ? -1 : a.localeCompare(b);
  const rows = [...table.tBodies[0].rows].sort((a, b) => (falling ? -1 : 1) * order(value(a), value(b)));
  table.tBodies[0].append(...rows);
}

function startSorting() {
  for (const table of document.querySelectorAll("table")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.onclick = () => {
        const falling = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : head.classList.contains("n");
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        sort(table, column, falling);
      };
    });
  }
}
