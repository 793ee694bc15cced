function make(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function source(quote) {
  const made = make("p", "source");
  const known = /^https?:\/\//i.test(quote.url);
  const title = make(known ? "a" : "span", "title", quote.title);
  if (known) {
    title.href = quote.url;
    title.target = "_blank";
    title.rel = "noopener noreferrer nofollow";
  }
  title.dir = "auto";
  title.lang = quote.language;
  made.append(title, publication(quote));
  return made;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const list = make("ol");
  list.setAttribute("aria-label", data.label);
  for (const quote of data.quotes) {
    const words = make("blockquote", "", quote.text);
    words.lang = quote.language;
    const item = make("li");
    item.dir = directionOf(quote.text);
    item.append(words, source(quote));
    list.append(item);
  }
  root.replaceChildren(list);
  root.classList.toggle("large", Boolean(data.large));
  if (data.large) fitInto(root, list);
}
