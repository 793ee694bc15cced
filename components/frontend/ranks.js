const SVG = "http://www.w3.org/2000/svg";

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// The course of a story: a column for each of its bins of time, the highest as tall as the drawing.
function course(counts) {
  const width = 6, gap = 2, height = 26, most = Math.max(...counts);
  const svg = shape("svg", { viewBox: `0 0 ${counts.length * (width + gap) - gap} ${height}`, class: "course", "aria-hidden": true });
  svg.style.width = `${counts.length * (width + gap) - gap}px`;
  counts.forEach((n, i) => {
    const tall = n ? Math.max((n / most) * height, 3) : 1;
    svg.append(shape("rect", { x: i * (width + gap), y: height - tall, width, height: tall, rx: 1, class: n ? "" : "none" }));
  });
  return svg;
}

function bars(shares) {
  const made = element("span", "bars");
  made.setAttribute("aria-hidden", "true");
  for (const { share, text, kind } of shares) {
    const line = element("span", `line ${kind}`);
    const bar = element("span", "bar");
    bar.style.width = `${Math.max(share * 100, 0.5)}%`;
    const room = element("span", "room");
    room.append(bar);
    line.append(room, element("span", "text", text));
    made.append(line);
  }
  return made;
}

function item(row, pick) {
  const made = element("li");
  const button = element(row.marks ? "button" : "div", "row");
  if (row.marks) {
    button.type = "button";
    button.dataset.mark = JSON.stringify(row.marks);
    if (row.on !== undefined) button.setAttribute("aria-pressed", row.on);
    button.title = row.hint;
    button.onclick = () => pick(row.marks);
  }
  const words = element("span", "words");
  const name = element("span", "name", row.name);
  name.dir = "auto";
  words.append(name, element("span", "about", row.about));
  button.append(words);
  if (row.course) {
    const side = element("span", "side");
    if (row.course.length) side.append(course(row.course));
    side.append(element("span", "text", row.span));
    button.append(side);
  }
  if (row.bars) button.append(bars(row.bars));
  if (row.number) {
    const number = element("span", "number", row.number);
    number.append(element("span", "text", row.noun));
    button.append(number);
  }
  made.append(button);
  return made;
}

export default function ({ data, setTriggerValue, parentElement }) {
  const root = parentElement.querySelector(".root");
  const focused = parentElement.activeElement?.dataset?.mark;
  root.classList.toggle("any", data.parts.some((part) => part.rows.some((row) => row.on)));
  const all = element("div", "parts");
  for (const part of data.parts) {
    const made = element("div", "part");
    if (part.head) made.append(element(data.large ? "h2" : "h3", "", part.head));
    const list = element("ol");
    list.setAttribute("aria-label", part.label);
    list.append(...part.rows.map((row) => item(row, (marks) => setTriggerValue("picked", marks))));
    made.append(list);
    all.append(made);
  }
  root.replaceChildren(all);
  root.classList.toggle("large", Boolean(data.large));
  if (data.large) fitInto(root, all);
  // The rows are made anew after a rerun; whoever uses the keyboard stays where they were.
  if (focused) [...root.querySelectorAll(".row")].find((row) => row.dataset.mark === focused)?.focus();
}
