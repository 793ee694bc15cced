function share(side) {
  const line = make("span", "share");
  const room = make("span", "room");
  const bar = make("span", "bar");
  bar.style.background = side.colour;
  bar.style.width = `${Math.max(side.length * 100, 0.5)}%`;
  room.append(bar);
  line.append(room, make("span", "said", side.said));
  return line;
}

function item(row, pick) {
  const button = make("button", "row");
  button.type = "button";
  button.dataset.mark = row.word;
  button.title = row.hint;
  if (row.on !== undefined) button.setAttribute("aria-pressed", row.on);
  button.onclick = () => pick(row.marks);
  const words = make("span", "words");
  const word = make("span", "word", row.shown);
  word.dir = "auto";
  words.append(word, make("span", "times", row.times));
  const bars = make("span", "bars");
  bars.append(...row.sides.map(share));
  button.append(words, bars);
  const made = make("li");
  made.append(button);
  for (const quote of row.examples) {
    const example = make("p", "example", `“${quote.text}” `);
    example.dir = "auto";
    example.lang = quote.language;
    example.append(publication(quote));
    made.append(example);
  }
  return made;
}

export default function ({ data, setTriggerValue, parentElement }) {
  const root = parentElement.querySelector(".root");
  const focused = parentElement.activeElement?.dataset?.mark;
  const columns = make("div", "columns");
  for (const side of data.sides) {
    const column = make("div", "column");
    const head = make(data.large ? "h2" : "h3", "", side.head);
    head.dir = "auto";
    const list = make("ol");
    list.setAttribute("aria-label", side.head);
    list.append(...side.rows.map((row) => item(row, (marks) => setTriggerValue("picked", marks))));
    column.append(head, side.rows.length ? list : make("p", "none", data.none));
    columns.append(column);
  }
  root.replaceChildren(columns);
  root.classList.toggle("large", Boolean(data.large));
  if (data.large) fitInto(root, columns);
  // The rows are made anew after a rerun; whoever uses the keyboard stays where they were.
  if (focused) [...root.querySelectorAll(".row")].find((row) => row.dataset.mark === focused)?.focus();
}
