function button(text, label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  made.onclick = action;
  return made;
}

export default function ({ data, setTriggerValue, parentElement }) {
  const root = parentElement.querySelector(".root");
  // The place is there before it says anything; only so do screen readers read out what comes to stand in it.
  let told = root.querySelector(".told");
  if (!told) {
    told = document.createElement("div");
    told.className = "told";
    told.setAttribute("role", "status");
    root.append(told);
  }
  told.replaceChildren();
  told.hidden = !data.words;
  if (!data.words) return;
  const words = document.createElement("span");
  words.textContent = data.words;
  told.append(words);
  if (data.undo) told.append(button("Undo", "", () => setTriggerValue("undone", true)));
  const close = button("×", "Close", () => (told.hidden = true));
  close.className = "close";
  told.append(close);
}
