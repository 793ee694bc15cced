export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const list = make("ol");
  list.setAttribute("aria-label", data.label);
  for (const quote of data.quotes) {
    const words = make("blockquote", "", quote.text);
    words.lang = quote.language;
    const item = make("li");
    item.dir = directionOf(quote.text);
    item.append(words, cited("p", "source", "title", quote));
    list.append(item);
  }
  root.replaceChildren(list);
  root.classList.toggle("large", Boolean(data.large));
  if (data.large) fitInto(root, list);
}
