// Everybody's page of a session shows what is new by itself, part by part; the line on the draft's other pages too.
// Nothing moves under the reader: a part in which somebody types stays, and where the session goes on to another item
// while somebody reads or types, a line says so instead. Without it a link loads the page anew.
import { say } from "./announce.js";
import { fragment, parsed } from "./fragment.js";

const TOPICS = ["session", "calls", "answers", "positions", "amendments", "text"];
const SPREAD = 1_500; // milliseconds over which hundreds of readers ask
const READING = ["now", "call"]; // what is read and answered
const AWAY = 160; // pixels from the top, from which somebody reads something else

export function session(document) {
  follow(document);
  line(document);
}

function follow(document) {
  const page = document.querySelector("[data-session]");
  if (!page) return;
  const moved = page.querySelector("[data-moved]");
  const typed = new Set(); // parts in which something was typed or chosen
  let waiting;
  let stale = null; // what was fetched and waits to be shown
  let said = ""; // the item that was announced last

  const part = (name, root = page) => root.querySelector(`[data-part="${name}"]`);
  const itemOf = (root) => part("now", root)?.dataset.item ?? "";

  function bare(node) {
    const copy = node.cloneNode(true);
    for (const token of copy.querySelectorAll("[name=csrf_token]")) token.removeAttribute("value");
    for (const box of copy.querySelectorAll("[data-ends]")) {
      box.removeAttribute("data-now");
      box.className = box.textContent = "";
    }
    for (const fold of copy.querySelectorAll("details")) fold.open = false;
    return copy;
  }

  function isBusy(old) {
    return typed.has(old.dataset.part) || (old.contains(document.activeElement) && document.activeElement !== old && document.activeElement.matches("input, textarea, select"));
  }

  function replace(old, fresh) {
    const open = [...old.querySelectorAll("details")].map((fold) => fold.open);
    [...fresh.querySelectorAll("details")].forEach((fold, at) => (fold.open ||= Boolean(open[at])));
    const focused = old.contains(document.activeElement) && document.activeElement.id;
    const read = [...page.querySelectorAll("[data-part]")].find((one) => one !== old && one.getBoundingClientRect().bottom > 0);
    const above = read && old.compareDocumentPosition(read) & Node.DOCUMENT_POSITION_FOLLOWING && old.getBoundingClientRect().bottom <= 0;
    const top = read?.getBoundingClientRect().top;
    old.replaceWith(fresh);
    if (above) window.scrollBy(0, read.getBoundingClientRect().top - top);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  function show(answer, wanted = false) {
    const goesOn = itemOf(answer) !== itemOf(page);
    const named = Boolean(part("now", answer)?.dataset.name); // a break and the end are for everybody at once
    const reads = !wanted && named && (window.scrollY > AWAY || READING.some((name) => part(name) && isBusy(part(name))));
    stale = null;
    for (const fresh of [...answer.querySelectorAll("[data-part]")]) {
      const old = part(fresh.dataset.part);
      if (!old || bare(old).isEqualNode(bare(fresh))) continue;
      const held = (goesOn && reads && READING.includes(fresh.dataset.part)) || (!wanted && isBusy(old));
      if (held) stale = answer;
      else replace(old, fresh.cloneNode(true));
    }
    tell(answer, goesOn, goesOn && reads);
  }

  function tell(answer, goesOn, held) {
    const name = part("now", answer)?.dataset.name;
    moved.hidden = !held;
    if (held) moved.querySelector("[data-name]").textContent = name;
    if (goesOn && name && name !== said) say(page.dataset.saying.replace("#", (said = name)));
  }

  async function look() {
    waiting = undefined;
    try {
      const { html, status } = await fragment("session", location.pathname);
      if (status === 200) show(parsed(html));
    } catch {
      // The line is down: what is shown stays, and the next notice asks again.
    }
  }

  page.addEventListener("input", ({ target }) => typed.add(target.closest("[data-part]")?.dataset.part));
  page.addEventListener("reset", ({ target }) => typed.delete(target.closest("[data-part]")?.dataset.part));
  moved.addEventListener("click", (event) => {
    if (!stale || !event.target.closest("a")) return;
    event.preventDefault();
    typed.clear();
    show(stale, true);
    page.querySelector("#now-head").focus();
    part("now").scrollIntoView();
  });
  document.addEventListener("kelishim:told", (event) => {
    const { topic, session } = event.detail;
    if (!TOPICS.includes(topic) || (topic === "session" && String(session) !== page.dataset.session)) return;
    event.preventDefault(); // it is shown, so it need not be counted
    waiting ??= setTimeout(look, Math.random() * SPREAD);
  });
  document.addEventListener("kelishim:line", ({ detail }) => {
    if (detail === "up") waiting ??= setTimeout(look, Math.random() * SPREAD);
  });
}

// Where the session is, on every page of its draft.
function line(document) {
  const place = document.querySelector("[data-now-at]");
  if (!place) return;
  let waiting;

  async function look() {
    waiting = undefined;
    try {
      const { html, status } = await fragment("now", place.dataset.nowAt);
      const fresh = status === 200 && parsed(html).querySelector("[data-at]");
      const old = place.querySelector("[data-at]");
      if (fresh && !old.isEqualNode(fresh)) old.replaceWith(fresh);
    } catch {
      // What it said before stays.
    }
  }

  waiting = setTimeout(look, 200);
  document.addEventListener("kelishim:told", (event) => {
    if (event.detail.topic !== "session") return;
    event.preventDefault(); // the line says where it is; where there is none yet, the bar says that there is something
    waiting ??= setTimeout(look, Math.random() * SPREAD);
  });
}
