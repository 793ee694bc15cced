// The present view: the same sections, one at a time and as large as the screen.
const slides = [...document.querySelectorAll("[data-slide]")];
const stage = document.getElementById("stage");
const SMALLEST_TYPE = 0.7, LARGEST_TYPE = 1.8; // of lists and tables, against that of the slide
let at = 0, before = null;

// The largest type with which the slide's list, table or card is seen as a whole.
function fit(slide) {
  const views = slide.querySelector(".views") ?? slide, page = document.scrollingElement;
  const fits = (size) => {
    views.style.setProperty("--fitting", `${size}rem`);
    const table = views.querySelector(".table");
    if (page.scrollHeight > innerHeight) return false;
    return !table || (table.scrollHeight <= table.clientHeight && table.scrollWidth <= table.clientWidth);
  };
  for (const brief of [false, true]) {
    views.classList.toggle("brief", brief); // without examples, where there is no room for them
    let small = SMALLEST_TYPE, large = LARGEST_TYPE;
    while (large - small > 0.02) {
      const middle = (small + large) / 2;
      if (fits(middle)) small = middle;
      else large = middle;
    }
    if (fits(small)) return;
  }
}

function go(to) {
  at = Math.max(0, Math.min(to, slides.length - 1));
  slides.forEach((slide, n) => slide.classList.toggle("current", n === at));
  stage.querySelector("progress").value = at + 1;
  stage.querySelector("[role=status]").textContent = `${at + 1} / ${slides.length}`;
  document.getElementById("back").disabled = at === 0;
  document.getElementById("next").disabled = at === slides.length - 1;
  fit(slides[at]);
  scrollTo(0, 0);
  slides[at].querySelector("h1, h2").focus({ preventScroll: true });
}

function present() {
  before = document.activeElement;
  root.classList.add("presenting");
  stage.hidden = false;
  root.requestFullscreen?.().catch(() => {}); // may be refused: the view fills the window all the same
  const here = slides.findIndex((slide) => slide.id === location.hash.slice(1));
  go(Math.max(here, 0));
}

function leave() {
  if (!presenting()) return;
  root.classList.remove("presenting");
  stage.hidden = true;
  if (document.fullscreenElement) document.exitFullscreen();
  slides[at].scrollIntoView();
  before?.focus({ preventScroll: at > 0 });
}

const KEYS = {
  ArrowRight: () => go(at + 1),
  PageDown: () => go(at + 1),
  " ": () => go(at + 1),
  ArrowLeft: () => go(at - 1),
  PageUp: () => go(at - 1),
  Home: () => go(0),
  End: () => go(slides.length - 1),
  Escape: leave,
};

function pressed(event) {
  const own = event.key === " " && event.target.closest("button, summary, a");
  if (!presenting() || !KEYS[event.key] || own || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  KEYS[event.key]();
}

// A link to another part of the page leads to its slide.
function followed(event) {
  const name = presenting() && event.target.closest("a[href^='#']")?.getAttribute("href").slice(1);
  const target = name && document.getElementById(name)?.closest("[data-slide]");
  if (!target) return;
  event.preventDefault();
  go(slides.indexOf(target));
  document.getElementById(name).scrollIntoView({ block: "center" });
}

function startPresenting() {
  document.getElementById("present").onclick = present;
  document.getElementById("leave").onclick = leave;
  document.getElementById("back").onclick = () => go(at - 1);
  document.getElementById("next").onclick = () => go(at + 1);
  addEventListener("keydown", pressed);
  addEventListener("resize", () => presenting() && fit(slides[at]));
  addEventListener("click", followed);
  document.addEventListener("fullscreenchange", () => document.fullscreenElement || leave());
}
