const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false };
async function draw(root, data, send) {
  const Plotly = await window.loadPlotly(); // see early.js
  if (root.wanted !== data.figure) return; // a newer figure has come while this one waited
  const figure = data.large ? larger(JSON.parse(data.figure), slideUnit()) : JSON.parse(data.figure);
  const plot = root.firstElementChild ?? root.appendChild(document.createElement("div"));
  root.drawn = sizeOf(root);
  await Plotly.react(plot, figure.data, { ...figure.layout, autosize: true }, { ...CONFIG, ...data.config });
  plot.removeAllListeners("plotly_click");
  plot.removeAllListeners("plotly_selected");
  plot.on("plotly_click", ({ points }) => points[0]?.customdata && send("picked", points[0].customdata));
  plot.on("plotly_selected", (event) => {
    if (!event?.range?.x) return;
    send("brushed", event.range.x);
    Plotly.update(plot, { selectedpoints: [null] }, { selections: [] });
  });
  root.again = data.large ? () => draw(root, data, send) : () => Plotly.Plots.resize(plot);
  if (!root.watch) followSize(root, plot);
}

// A pixel of a slide that was laid out for 1920 × 1080.
const slideUnit = () => Math.max(Math.min(innerWidth / 1920, innerHeight / 1080), 0.6);
const LARGER = 1.6, LEAST = 20;
const IN_PIXELS = ["thickness", "width", "size", "len", "l", "r", "t", "b", "xshift", "yshift", "ticklabelstandoff"];

// A figure of the page for the back of a room: type, lines and points grow, no type is smaller than LEAST.
function larger(figure, unit) {
  const number = (n, type) => (type ? Math.max(n * LARGER, LEAST) : n * LARGER) * unit;
  const grow = (part, within) => {
    for (const [name, value] of Object.entries(part)) {
      const lengths = IN_PIXELS.includes(name) && !(name === "len" && part.lenmode !== "pixels");
      if (lengths && typeof value === "number") part[name] = number(value, within.endsWith("font"));
      else if (lengths && Array.isArray(value)) part[name] = value.map((n) => number(n, false));
      else if (value && typeof value === "object" && (!Array.isArray(value) || typeof value[0] === "object")) grow(value, name);
    }
  };
  const { height, width, ...layout } = figure.layout;
  grow(layout, "layout");
  for (const trace of figure.data) {
    const { width: own, customdata, ...rest } = trace;
    grow(rest, "trace");
    Object.assign(trace, rest);
  }
  return { ...figure, layout };
}

const sizeOf = (root) => [root.clientWidth, root.clientHeight].join();

function followSize(root, plot) {
  root.watch = new ResizeObserver(() => {
    if (sizeOf(root) !== root.drawn && plot.isConnected) root.again();
    root.drawn = sizeOf(root);
  });
  root.watch.observe(root);
}

export default function ({ data, setTriggerValue, parentElement }) {
  const root = parentElement.querySelector(".root");
  root.classList.add("plot");
  root.classList.toggle("pick", data.pick);
  root.classList.toggle("large", Boolean(data.large));
  root.setAttribute("role", "figure");
  root.setAttribute("aria-label", data.alt);
  root.style.height = data.height;
  if (root.wanted === data.figure) return;
  root.wanted = data.figure;
  draw(root, data, setTriggerValue);
}
