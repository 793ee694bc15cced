// What the page does at the start; it asks no machine anything.
function startTheme() {
  const button = document.getElementById("theme");
  const say = () => button.setAttribute("aria-pressed", dark());
  button.onclick = () => {
    root.dataset.theme = dark() ? "light" : "dark";
    say();
    plots.forEach(draw);
  };
  preference.addEventListener("change", say);
  say();
}

// The list of findings says which one is being read.
function startNavigation() {
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.getAttribute("href").slice(1), link]));
  const watch = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        for (const [name, link] of links) {
          if (name === target.id) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        };
      }
    },
    { rootMargin: "-30% 0px -60% 0px" },
  );
  for (const name of links.keys()) watch.observe(document.getElementById(name));
}

root.classList.add("js");
startTurning();
startSorting();
startPresenting();
startTheme();
startNavigation();
document.getElementById("print").onclick = () => print();
startFigures();
