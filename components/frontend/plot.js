const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false };
async function draw(root, data, send) {
  const Plotly = await window.loadPlotly(); // see early.js
  if (root.wanted !== data.figure) return; // a newer figure has come while this one waited
  const figure = JSON.parse(data.figure);
  const plot = root.firstElementChild ?? root.appendChild(document.createElement("div"));
  await Plotly.react(plot, figure.data, { ...figure.layout, autosize: true }, { ...CONFIG, ...data.config });
  plot.removeAllListeners("plotly_click");
  plot.removeAllListeners("plotly_selected");
  plot.on("plotly_click", ({ points }) => points[0]?.customdata && send("picked", points[0].customdata));
  plot.on("plotly_selected", (event) => {
    if (!event?.range?.x) return;
    send("brushed", event.range.x);
    Plotly.update(plot, { selectedpoints: [null] }, { selections: [] });
  });
  if (!root.watch) followSize(Plotly, root, plot);
}

function followSize(Plotly, root, plot) {
  let drawn = [root.clientWidth, root.clientHeight].join();
  root.watch = new ResizeObserver(() => {
    const size = [root.clientWidth, root.clientHeight].join();
    if (size !== drawn && plot.isConnected) Plotly.Plots.resize(plot);
    drawn = size;
  });
  root.watch.observe(root);
}

export default function ({ data, setTriggerValue, parentElement }) {
  const root = parentElement.querySelector(".root");
  root.classList.add("plot");
  root.classList.toggle("pick", data.pick);
  root.setAttribute("role", "figure");
  root.setAttribute("aria-label", data.alt);
  root.style.height = data.height;
  if (root.wanted === data.figure) return;
  root.wanted = data.figure;
  draw(root, data, setTriggerValue);
}
