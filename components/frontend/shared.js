const SIZES = [1.3, 1.2, 1.1, 1, 0.92, 0.85, 0.8];
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
