// Marks in the contents the article that is being read.
export function contents(document) {
  const links = new Map([...document.querySelectorAll(".contents-list a")].map((link) => [link.hash.slice(1), link]));
  if (!links.size) return;
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let waiting = false;
  const mark = () => {
    waiting = false;
    const reached = headings[Math.max(lastAbove(headings, innerHeight * 0.35), 0)];
    const link = links.get(reached.id);
    if (link.hasAttribute("aria-current")) return;
    document.querySelector(".contents-list [aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    const panel = link.closest(".contents");
    const [box, frame] = [link.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) panel.scrollTop += box.top - frame.top - frame.height / 3;
  };
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }, { passive: true });
  mark();
}

// The last heading above a line of the screen, found by halving: a code of law has thousands.
function lastAbove(headings, line) {
  let [low, high] = [0, headings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (headings[middle].getBoundingClientRect().top < line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
