const ICONS = {
  back: "M15 5 8 12l7 7", next: "m9 5 7 7-7 7", leave: "M6 6l12 12M18 6 6 18",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5", table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  method: "M12 11v6M12 7.2v.6M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18", articles: "M5 4h14v16H5zM8.5 8h7M8.5 12h7M8.5 16h4",
};
const SVG = "http://www.w3.org/2000/svg";

function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function button(name, label, key, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.title = `${label} (${key})`;
  made.setAttribute("aria-label", label);
  made.append(icon(ICONS[name]));
  made.onclick = act;
  return made;
}

// What the reader does, on a slide whose state is `root.stage`: { at, of, send }.
function actions(root) {
  const go = (to) => {
    const { of, send } = root.stage;
    const wanted = Math.min(Math.max(to, 1), of);
    if (wanted === root.stage.at) return;
    // Several strokes may come before the first is answered; each goes on from the slide that the one before asked for.
    root.stage.at = wanted;
    root.stage.waiting = Date.now();
    say(root);
    send("went", wanted);
  };
  const leave = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    root.stage.send("left", true);
  };
  const full = () => {
    root.stage.turned = true;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {}); // may be refused: the slide fills the window
  };
  const ask = (what) => root.stage.send("asked", what);
  return {
    next: () => go(root.stage.at + 1), back: () => go(root.stage.at - 1), first: () => go(1), last: () => go(root.stage.of),
    leave, full, table: () => ask("table"), method: () => ask("method"), articles: () => ask("articles"),
  };
}

const KEYS = {
  ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back", Home: "first", End: "last",
  Escape: "leave", f: "full", t: "table", m: "method", a: "articles",
};

function pressed(root, event) {
  const at = event.composedPath()[0];
  const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const own = at.closest?.("input, textarea, select, [contenteditable=true]") || (event.key === " " && at.closest?.("button, a, summary, [role=button]"));
  if (!name || own || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.defaultPrevented || document.querySelector("[role=dialog]")) return;
  if (["table", "method", "articles"].includes(name) && !root.querySelector(`.${name}`)) return;
  event.preventDefault();
  root.acts[name]();
}

function say(root) {
  const { at, of, title } = root.stage;
  root.querySelector("progress").value = at;
  root.querySelector("progress").max = of;
  root.querySelector(".number").textContent = `${at} / ${of}`;
  root.querySelector("[role=status]").textContent = `Slide ${at} of ${of}${title ? `: ${title}` : ""}`;
  root.querySelector(".back").disabled = at === 1;
  root.querySelector(".next").disabled = at === of;
}

function build(root) {
  const { acts } = root;
  const bar = document.createElement("div");
  bar.className = "bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Presentation");
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", "Progress");
  const [name, more, number, status] = ["name", "more", "number", "status"].map((className) => {
    const made = document.createElement("span");
    made.className = className;
    return made;
  });
  name.dir = "auto";
  status.setAttribute("role", "status");
  number.setAttribute("aria-hidden", "true");
  bar.append(name, more, button("back", "Previous slide", "←", acts.back), number, button("next", "Next slide", "→", acts.next));
  bar.append(button("full", "Full screen", "F", acts.full), button("leave", "Leave the presentation", "Esc", acts.leave));
  root.replaceChildren(progress, bar, status);
}

const MORE = [["table", "Table of this slide", "T"], ["method", "Method of this slide", "M"], ["articles", "Articles of this slide", "A"]];

export default function ({ data, setTriggerValue, parentElement }) {
  const root = parentElement.querySelector(".root");
  const before = root.stage;
  const late = before && before.at !== data.at && Date.now() - before.waiting < 3000 && before.of === data.of;
  root.stage = { ...before, ...data, at: late ? before.at : data.at, waiting: late ? before.waiting : 0, send: setTriggerValue };
  if (!before) {
    root.acts = actions(root);
    build(root);
  }
  const more = root.querySelector(".more");
  if (more.dataset.has !== data.more.join()) {
    more.dataset.has = data.more.join();
    more.replaceChildren(...MORE.filter(([name]) => data.more.includes(name)).map(([name, label, key]) => button(name, label, key, root.acts[name])));
  }
  root.querySelector(".name").textContent = data.name;
  say(root);
  root.off?.();
  const onKey = (event) => pressed(root, event);
  // Whoever leaves full screen with Escape leaves the presentation; browsers do not hand that stroke on.
  const onFull = () => {
    if (!document.fullscreenElement && !root.stage.turned) root.stage.send("left", true);
    root.stage.turned = false;
  };
  document.addEventListener("keydown", onKey);
  document.addEventListener("fullscreenchange", onFull);
  root.off = () => {
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("fullscreenchange", onFull);
  };
  return root.off;
}
