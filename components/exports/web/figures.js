// Figures: each is drawn by plotly.js into the room that the page, a slide or a sheet of paper gives it.
const root = document.documentElement;
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false };
const ON_PAPER = 680, SMALLER = 0.85; // pixels between the margins of A4 and of Letter; size of type against the page
const NARROW = 480; // here the heads of a table of colours have no room side by side
const NARROWEST = 620, LARGEST = 2.6; // of a figure on a slide, and how much larger than on the page it may be
const plots = [...document.querySelectorAll(".plot")];
const preference = matchMedia("(prefers-color-scheme: dark)");
let onPaper = false;

const presenting = () => root.classList.contains("presenting");
const dark = () => !onPaper && (root.dataset.theme ? root.dataset.theme === "dark" : preference.matches);

async function unpacked(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

async function loadPlotly() {
  if (document.getElementById("shapes")) {
    window.PlotlyGeoAssets = { topojson: { world_110m: JSON.parse(await unpacked("shapes")) } };
  }
  const script = document.createElement("script");
  script.textContent = await unpacked("library");
  document.head.append(script);
  if (!window.Plotly) throw new Error("plotly.js did not start");
}

const natural = (plot) => plot.figures[0].layout.height ?? 340; // a map has none
// A tall figure may be drawn lower than on the page, so that its type is larger.
const least = (plot) => Math.min(natural(plot), Math.max(560, 0.6 * natural(plot)));

// How wide and high the figure is to be, and how many times larger its type and marks are.
function room(plot) {
  const height = plot.clientHeight, width = onPaper ? ON_PAPER : plot.clientWidth;
  if (!presenting()) return { width, height, scale: onPaper ? SMALLER : 1 };
  return { width, height, scale: Math.max(1, Math.min(height / least(plot), width / NARROWEST, LARGEST)) };
}

function draw(plot) {
  const { width, height, scale } = room(plot);
  const wanted = [width, height, scale, dark()].join();
  if (!window.Plotly || !width || !height || plot.drawnAs === wanted) return undefined;
  plot.drawnAs = wanted;
  const drawn = plot.firstElementChild;
  drawn.style.transform = scale === 1 ? "" : `scale(${scale})`;
  const figure = plot.figures[dark() ? 1 : 0];
  const font = { ...figure.layout.font, family: getComputedStyle(document.body).fontFamily };
  const layout = { ...figure.layout };
  if (width < NARROW && figure.data[0].type === "heatmap") layout.xaxis = { ...layout.xaxis, tickangle: -60 };
  const size = { width: width / scale, height: height / scale, autosize: false };
  return window.Plotly.react(drawn, figure.data, { ...layout, ...size, font, dragmode: false }, CONFIG);
}

async function startFigures() {
  for (const plot of plots) plot.figures = JSON.parse(plot.querySelector("script").textContent);
  try {
    if (plots.length) await loadPlotly();
  } catch (error) {
    console.warn(error); // an old browser: the tables show the same
    for (const plot of plots) plot.classList.add("failed"), show(plot.parentElement, "table");
    return;
  }
  const watch = new ResizeObserver((changed) => changed.forEach(({ target }) => draw(target)));
  for (const plot of plots) {
    await draw(plot);
    await new Promise((done) => setTimeout(done)); // lets the reader scroll and click in between
    watch.observe(plot);
  }
  preference.addEventListener("change", () => plots.forEach(draw));
  root.dataset.drawn = "";
}

// Paper has no switches: charts in light colours, tables and method cards are all printed.
const closed = [];
let stopped = false; // a presentation that goes on after printing
addEventListener("beforeprint", () => {
  onPaper = true;
  stopped = presenting();
  root.classList.remove("presenting");
  for (const details of document.querySelectorAll("details:not([open])")) closed.push(details), (details.open = true);
  for (const plot of plots) {
    plot.style.width = `${ON_PAPER}px`;
    plot.style.height = `${plot.classList.contains("map") ? ON_PAPER / 2 : natural(plot) * SMALLER}px`;
    plot.parentElement.dataset.shows = "chart"; // what is hidden has no size to be drawn in
    draw(plot);
  }
});
addEventListener("afterprint", () => {
  onPaper = false;
  root.classList.toggle("presenting", stopped);
  for (const details of closed.splice(0)) details.open = false;
  for (const plot of plots) {
    plot.style.width = plot.style.height = "";
    const tabled = plot.parentElement.querySelector(".turn").getAttribute("aria-pressed") === "true";
    plot.parentElement.dataset.shows = tabled ? "table" : "chart";
    draw(plot);
  }
});
