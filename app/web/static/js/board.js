// The board as a grid: arrow keys go from cell to cell, an article opens to its clauses where it stands. Without this
// every clause is a link, and an article opens by loading the page again.
import { announce } from "./announce.js";
import { fragment, parsed } from "./fragment.js";

export function board(document) {
  const frame = document.querySelector("[data-board]");
  if (!frame) return;
  const said = document.querySelector("[data-board-said]");
  document.querySelector("[data-board-keys]").hidden = false;
  let stop = null; // the one place of the board that Tab reaches

  function enter(place) {
    if (stop === place) return;
    if (stop) stop.tabIndex = -1;
    stop = place;
    if (stop) stop.tabIndex = 0;
  }

  const places = (row) => row ? [...row.querySelectorAll("a, td")] : [];
  const rows = () => [...frame.querySelectorAll("tbody tr")];
  // Counted from the end, so that a row without a mark to open has its cells in the same column.
  const across = (row, place) => places(row).length - places(row).indexOf(place);

  function go(place) {
    if (!place) return;
    enter(place);
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function beside(place, step) {
    const all = places(place.closest("tr"));
    return all[all.indexOf(place) + step];
  }

  function below(place, step) {
    const here = place.closest("tr"), all = rows();
    const row = all[Math.min(Math.max(all.indexOf(here) + step, 0), all.length - 1)];
    const there = places(row);
    return there[Math.max(there.length - across(here, place), 0)];
  }

  const ends = (place, last) => places(place.closest("tr")).at(last ? -1 : 0);
  const link = (place) => place.closest("tr").querySelector('th a[href*="/clauses/"]');
  const deeds = {
    ArrowLeft: (place) => go(beside(place, -1)), ArrowRight: (place) => go(beside(place, 1)),
    ArrowUp: (place) => go(below(place, -1)), ArrowDown: (place) => go(below(place, 1)),
    PageUp: (place) => go(below(place, -10)), PageDown: (place) => go(below(place, 10)),
    Home: (place) => go(ends(place, false)), End: (place) => go(ends(place, true)),
    Enter: (place) => place.matches("td") ? link(place).click() : place.click(),
    " ": (place) => place.closest("tr").querySelector(".board-open")?.click(),
  };

  frame.addEventListener("keydown", (event) => {
    const place = event.target.closest("tbody a, tbody td");
    if (!place || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !Object.hasOwn(deeds, event.key)) return;
    event.preventDefault();
    deeds[event.key](place);
  });
  frame.addEventListener("focusin", (event) => {
    const place = event.target.closest("tbody a, tbody td");
    if (!place) return;
    enter(place);
    say(place.closest("td"));
  });
  frame.addEventListener("pointerover", (event) => say(event.target.closest("tbody td")));
  frame.addEventListener("click", (event) => {
    const cell = event.target.closest("tbody td");
    const opener = event.target.closest(".board-open");
    if (cell) link(cell).click();
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(opener);
  });

  // What the cell says, in a line at the foot of the screen: for eyes; a screen reader hears it from the table.
  function say(cell) {
    said.hidden = !cell;
    if (!cell) return;
    const column = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
    const name = column.querySelector("abbr");
    said.textContent = `${link(cell).textContent} · ${name.title || name.textContent}: ${cell.textContent}`;
  }

  async function open(opener) {
    const row = opener.closest("tr");
    const shut = opener.getAttribute("aria-expanded") === "true";
    if (shut) {
      while (row.nextElementSibling?.matches(".is-clause")) row.nextElementSibling.remove();
    } else {
      opener.setAttribute("aria-busy", "true");
      const found = await rowsOf(row.id.slice(2)).catch(() => null);
      opener.removeAttribute("aria-busy");
      if (!found) return announce("failed");
      row.after(...found);
      quiet(found);
    }
    opener.setAttribute("aria-expanded", String(!shut));
  }

  async function rowsOf(id) {
    const answer = await fragment("clauses", `${location.pathname}?open=${encodeURIComponent(id)}`);
    if (answer.status !== 200) throw new Error(String(answer.status));
    return [...parsed(`<table><tbody>${answer.html}</tbody></table>`).querySelectorAll("tr")];
  }

  function quiet(among) {
    for (const row of among) for (const anchor of row.querySelectorAll("a")) anchor.tabIndex = -1;
  }

  quiet(rows());
  enter(frame.querySelector('tbody th a[href*="/clauses/"]'));
}
