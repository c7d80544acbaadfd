// What is new while a page is open is counted and said, and shown when it is asked for: nothing moves under the reader.
// A page that shows something of it by itself listens to "kelishim:told" (its detail is the notice) and may keep it from
// being counted by preventDefault; "kelishim:line" says "up" or "down" when the line was lost or is back. A page whose
// reader may not see it any more is loaded again, which says so; where somebody types, the text stays and a line says it.
import { say } from "./announce.js";
import { fragment } from "./fragment.js";
import { listen } from "./stream.js";

const SAY_SOON = 1_000;
const SAY_EVERY = 10_000; // milliseconds between two announcements
const WHO_AFTER = 3_000; // whoever comes is written down within two seconds
const WHO_EVERY = 60_000;
const OPENED = "kelishim:opened"; // the clause that was in the margin when the page was shown anew

export function live(document) {
  const place = document.querySelector("[data-live]");
  if (!place || !window.EventSource || !navigator.locks || !window.BroadcastChannel) return;
  const counts = new Map();
  let saidAt = -Infinity;
  let saying;

  function told(notice) {
    const counted = document.dispatchEvent(new CustomEvent("kelishim:told", { detail: notice, cancelable: true }));
    if (!counted || notice.own) return;
    counts.set(notice.topic, (counts.get(notice.topic) ?? 0) + 1);
    show();
  }

  function show() {
    const words = [...place.querySelectorAll("[data-topic]")].filter((word) => counts.has(word.dataset.topic));
    if (words.length === 0) return;
    for (const word of words) {
      word.hidden = false;
      word.querySelector("[data-count]").textContent = counts.get(word.dataset.topic);
    }
    place.hidden = false;
    saying ??= setTimeout(() => {
      saying = undefined;
      saidAt = Date.now();
      say([...place.querySelectorAll("[data-topic]:not([hidden])")].map((word) => word.textContent.trim()).join(", "));
    }, Math.max(SAY_SOON, saidAt + SAY_EVERY - Date.now()));
  }

  listen(place.dataset.live, Number(place.dataset.after), told, (state) => {
    if (state === "ended") return ended(document);
    document.dispatchEvent(new CustomEvent("kelishim:line", { detail: state }));
  });
  place.querySelector("a")?.addEventListener("click", (event) => {
    event.preventDefault();
    const opened = document.querySelector(".clause.is-current")?.dataset.clause;
    if (opened) sessionStorage.setItem(OPENED, opened);
    window.location.reload(); // the place in the text stays
  });
  setTimeout(() => reopen(document)); // when the margin listens too
  who(document);
}

function ended(document) {
  const line = document.querySelector("[data-ended]");
  const typed = [...document.querySelectorAll("main textarea, main input[type=text], main input:not([type])")];
  if (!line || !typed.some((field) => field.value !== field.defaultValue)) return window.location.reload();
  document.querySelector("[data-live]").hidden = true;
  line.hidden = false;
}

function reopen(document) {
  const opened = sessionStorage.getItem(OPENED);
  sessionStorage.removeItem(OPENED);
  if (opened) document.querySelector(`[data-open-clause="${CSS.escape(opened)}"]`)?.click();
}

// Who is here, asked for while somebody looks.
function who(document) {
  const places = document.querySelectorAll("[data-here]");
  if (places.length === 0) return;

  async function ask() {
    if (document.visibilityState !== "visible") return;
    try {
      const { html, status } = await fragment("here", places[0].dataset.here);
      for (const place of places) {
        if (status === 200) place.innerHTML = html;
        place.hidden = status !== 200;
      }
    } catch {
      // The line is down: who was here stays.
    }
  }

  setTimeout(ask, WHO_AFTER);
  setInterval(ask, WHO_EVERY);
}
