function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function chip(data, pick) {
  const made = element(data.mark ? "button" : "span", "chip");
  if (data.colour) {
    const dot = element("span", "dot");
    dot.style.background = data.colour;
    made.append(dot);
  }
  made.append(element("span", "", data.text));
  if (data.mark) {
    made.type = "button";
    made.title = "Filter by this, or take the filter back";
    made.onclick = () => pick(data.mark);
  }
  return made;
}

function marked(runs, target) {
  for (const run of runs) {
    if (!run.kinds.length) target.append(run.text);
    else {
      const mark = element("mark", run.kinds.join(" "), run.text);
      mark.title = run.said;
      target.append(mark);
    }
  }
  return target;
}

function legend() {
  const list = element("p", "legend");
  for (const [kind, text] of [["country", "names a country"], ["topic", "speaks for a topic"], ["keyword", "keyword"]])
    list.append(element("mark", kind, text));
  return list;
}

function action(text, id, className, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.dataset.id = id;
  made.onclick = act;
  return made;
}

function takeOff(tag, send) {
  const made = action("×", `off:${tag.own}`, "off", () => send("taken", tag.own));
  made.setAttribute("aria-label", tag.off);
  made.title = tag.off;
  return made;
}

function question(about, named, send) {
  const made = action(about.ask, `ask:${about.own}`, "act", () => send("asked", about.own));
  made.setAttribute("aria-label", `${about.ask} ${named}`);
  return made;
}

function corrected(corrections, may, send) {
  const list = element("ul", "corrected");
  list.setAttribute("aria-label", "Corrections of this article");
  for (const each of corrections) {
    const line = element("li", "", `${each.words} `);
    if (may) {
      const undo = action("Undo", `undo:${each.id}`, "act", () => send("undone", each.id));
      undo.setAttribute("aria-label", `Undo: ${each.words}`);
      line.append(undo);
      if (each.ask) line.append(" ", question(each, each.words, send));
    }
    list.append(line);
  }
  return list;
}

function tagTable(tags, may, send) {
  const table = element("table");
  table.append(element("caption", "", "Why these tags"));
  const head = table.createTHead().insertRow();
  for (const [name, className] of [["Tag", ""], ["Score", ""], ["Words", ""], ["Rule", "rule"]]) {
    const cell = element("th", className, name);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const tag of tags) {
    const row = body.insertRow();
    const first = element("td");
    const held = element("span", "held");
    held.append(chip({ text: tag.text, mark: tag.mark, colour: tag.colour }, (mark) => send("picked", mark)));
    if (may && tag.own) held.append(takeOff(tag, send));
    first.append(held);
    if (tag.role) first.append(element("span", "", ` ${tag.role}`));
    const words = element("td", "", tag.words.join(", ") + (tag.more ? ` and ${tag.more} more` : ""));
    if (may && tag.ask) words.append(" ", question(tag, tag.text, send));
    row.append(first, element("td", "n", tag.score), words, element("td", "rule", tag.rule));
  }
  return table;
}

function panel(data, language, may, send) {
  const made = element("div", "panel");
  const body = element("div", "body");
  body.dir = "auto";
  body.lang = language;
  body.tabIndex = 0;
  body.setAttribute("role", "region");
  body.setAttribute("aria-label", "Text of the article");
  body.append(marked(data.title, element("span", "headline")), marked(data.text, element("span")));
  if (data.cut) body.append(element("p", "foot", `${data.cut.toLocaleString("en")} more characters are not shown.`));
  made.append(legend(), body, tagTable(data.tags, may, send));
  if (data.corrections.length) made.append(corrected(data.corrections, may, send));
  if (may) made.append(action("Add a tag…", "add", "add", () => send("asked", "add")));
  const foot = element("p", "foot");
  if (data.url) {
    const link = element("a", "", "Open at the publisher");
    link.href = data.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    foot.append(link, " · ");
  }
  foot.append(`Read from ${data.origin}`);
  made.append(foot);
  return made;
}

function item(article, data, send) {
  const made = element("li");
  const isOpen = data.open?.id === article.id;
  const title = element("button", "title", article.title);
  title.type = "button";
  title.dir = "auto";
  title.lang = article.language;
  title.dataset.id = article.id;
  title.setAttribute("aria-expanded", isOpen);
  title.onclick = () => send("opened", article.id);
  const under = element("div", "under");
  under.append(element("span", "source", article.source), ...article.chips.map((c) => chip(c, (mark) => send("picked", mark))));
  made.append(title, under);
  if (isOpen) made.append(panel(data.open, article.language, data.may, send));
  return made;
}

export default function ({ data, setTriggerValue, parentElement }) {
  const root = parentElement.querySelector(".root");
  const focused = parentElement.activeElement?.dataset?.id;
  const list = element("ol");
  list.append(...data.articles.map((article) => item(article, data, setTriggerValue)));
  root.replaceChildren(list);
  // The list is made anew after a rerun; whoever uses the keyboard stays where they were, or beside what is gone now.
  if (focused) ([...list.querySelectorAll("[data-id]")].find((one) => one.dataset.id === focused) ?? list.querySelector(".add"))?.focus();
}
