// A time box counts on: minutes and seconds that are left, then in words by how much it is over. The server says what
// the time was when it made the page, so that a clock that is wrong here does no harm.
export function timeBox(document) {
  const made = new WeakMap(); // when a box came to the page

  function tick() {
    for (const box of document.querySelectorAll("[data-ends]")) {
      if (!made.has(box)) made.set(box, performance.now());
      const since = (performance.now() - made.get(box)) / 1000;
      const left = Math.floor((Date.parse(box.dataset.ends) - Date.parse(box.dataset.now)) / 1000 - since);
      const over = Math.floor(-left / 60);
      const words = left >= 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
        : over ? box.dataset.over.replace("#", over) : box.dataset.justOver;
      box.classList.toggle("is-over", left < 0);
      if (box.textContent !== words) box.textContent = words;
    }
  }

  setInterval(tick, 500);
}
