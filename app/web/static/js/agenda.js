// An agenda is put in order with Alt and the arrows: the page comes back with the item focused that was moved.
const KEYS = { ArrowUp: "up", ArrowDown: "down" };

export function agenda(document) {
  const form = document.querySelector("[data-agenda]");
  if (!form) return;
  form.querySelector("[data-agenda-keys]").hidden = false;
  form.addEventListener("keydown", (event) => {
    const row = event.altKey && KEYS[event.key] && event.target.closest("[data-agenda-item]");
    const move = row && row.querySelector(`button[value^="${KEYS[event.key]}-"]:not([disabled])`);
    if (!move) return;
    event.preventDefault();
    move.click();
  });
}
