const SVG = "http://www.w3.org/2000/svg";

const WIDER = 1.07; // the font that the layout measured with is wider than the page's

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function drawWord(word, pick) {
  const text = set(document.createElementNS(SVG, "text"), {
    "font-size": word.size * WIDER,
    textLength: word.length,
    lengthAdjust: "spacingAndGlyphs",
    transform: `translate(${word.x},${word.y})` + (word.turned ? " rotate(-90)" : ""),
    role: "button",
    tabindex: 0,
    ...(word.on === undefined ? {} : { "aria-pressed": word.on }),
    "aria-label": word.said,
  });
  const title = document.createElementNS(SVG, "title");
  title.textContent = word.said;
  text.append(word.word, title);
  text.dataset.value = word.value;
  text.onclick = () => pick(word.value);
  text.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(word.value);
    }
  };
  return text;
}

export default function ({ data, setTriggerValue, parentElement }) {
  const root = parentElement.querySelector(".root");
  const focused = parentElement.activeElement?.dataset?.value;
  const svg = set(document.createElementNS(SVG, "svg"), {
    viewBox: `0 0 ${data.width} ${data.height}`,
    role: "group",
    "aria-label": data.label,
    class: data.any ? "any" : "",
  });
  for (const word of data.words) svg.append(drawWord(word, (value) => setTriggerValue("picked", value)));
  root.replaceChildren(svg);
  root.classList.toggle("large", Boolean(data.large));
  // The words are new elements after a rerun; whoever uses the keyboard stays where they were.
  if (focused) [...svg.children].find((word) => word.dataset.value === focused)?.focus();
}
