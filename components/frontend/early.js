// plotly.js is a second's work for a browser. It is begun as soon as the page has asked for its content, while the server
// works on the answer: sooner it would hold up the question, later the figures.
window.loadPlotly = (() => {
  let loading;
  const insert = (ready, failed) => {
    const script = document.createElement("script");
    script.src = document.querySelector("link[rel=preload][as=script]").getAttribute("href");
    script.onload = () => ready(window.Plotly);
    script.onerror = () => failed(new Error(`${script.src} could not be loaded`));
    document.head.append(script);
  };
  return () => (loading ??= new Promise(insert));
})();
(function begin() {
  if (document.querySelector("[data-test-connection-state=CONNECTED]")) window.loadPlotly();
  else requestIdleCallback(begin);
})();
