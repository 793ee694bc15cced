const SIZES = [1.6, 1.45, 1.3, 1.2, 1.1, 1.05, 1, 0.96, 0.92, 0.85, 0.8];
// On a slide: the largest type with which what `part` holds fits into the room of `root`; what is longer still scrolls.
function fitInto(root, part) {
  const fits = (size) => {
    part.style.zoom = size;
    return root.scrollHeight <= root.clientHeight + 1 && root.scrollWidth <= root.clientWidth + 1;
  };
  const fit = () => SIZES.some(fits);
  fit();
  root.fitting?.disconnect();
  root.fitting = new ResizeObserver(fit);
  root.fitting.observe(root);
}

const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const directionOf = (text) => (RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr");

// The words of a sentence; what it quotes is kept apart, as a title from right to left would turn round what follows it.
function quoted(text) {
  return text.replaceAll(" %", "\u00a0%").split(/(?<=“)([^”]*)(?=”)/).map((part, place) => {
    const made = document.createElement(place % 2 ? "bdi" : "span");
    made.textContent = part;
    return made;
  });
}

// Publisher and day of an article.
function publication({ publisher, when }) {
  const made = document.createElement("span");
  made.className = "from";
  made.dir = "ltr";
  const name = document.createElement("bdi");
  name.textContent = publisher;
  made.append(name, when ? `, ${when}` : "");
  return made;
}

function make(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// An article by its title, a link where it has one, with publisher and day; `inside` names the class of the title.
function cited(name, className, inside, article) {
  const made = make(name, className);
  const known = /^https?:\/\//i.test(article.url);
  const title = make(known ? "a" : "span", inside, article.title);
  if (known) {
    title.href = article.url;
    title.target = "_blank";
    title.rel = "noopener noreferrer nofollow";
  }
  title.dir = "auto";
  title.lang = article.language;
  made.append(title, publication(article));
  return made;
}
