function rows(block) {
  const list = make("dl");
  for (const [label, words] of block.rows) {
    const line = make("div");
    const said = make("dd");
    said.append(...quoted(words));
    said.dir = "auto";
    line.append(make("dt", "", label), said);
    list.append(line);
  }
  return list;
}

function sources(block) {
  const list = make("ol", block.columns ? "columns" : "");
  list.start = block.first;
  list.style.setProperty("--lines", Math.ceil(block.articles.length / 2));
  list.append(...block.articles.map((article) => cited("li", "", "article", article)));
  return list;
}

const NAMES = { title: "h1", heading: "h2" };

function draw(block) {
  if (block.kind === "rows") return rows(block);
  if (block.kind === "sources") return sources(block);
  const made = make(NAMES[block.kind] ?? "p", block.kind);
  made.append(...quoted(block.text));
  made.classList.toggle("long", block.text.length > 90);
  made.dir = "auto";
  if (block.kind === "moved") made.setAttribute("role", "status");
  return made;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const all = make("div", data.look);
  all.append(...data.blocks.map(draw));
  root.replaceChildren(all);
  root.classList.toggle("large", Boolean(data.large));
  if (data.large) fitInto(root, all);
}
