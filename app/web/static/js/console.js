// The facilitator's console is never loaded anew: its forms are sent from here, and of the answer those parts are shown
// that are others now. A part in which somebody types stays as it is. The stream tells when others did something.
import { say } from "./announce.js";
import { fragment, parsed } from "./fragment.js";
import { dialog, typing } from "./keyboard.js";

const TOPICS = ["session", "calls", "answers", "positions", "amendments", "text"];
const EVERY = 1_000; // milliseconds between two looks at what others did
const PATIENCE = 20_000; // milliseconds after which no answer comes any more
const LOST_AFTER = 8_000; // a line that is back sooner was not missed
const FIELDS = "input:not([type=hidden]), textarea, select";

export function consolePage(document) {
  const page = document.querySelector("[data-console]");
  if (!page) return;
  const help = dialog(document, document.querySelector("[data-console-keys]"));
  const typed = new Set(); // the parts in which something was typed and not sent
  let sending = Promise.resolve();
  let waiting;
  let looked = 0;
  let stale = false;
  let losing;
  const lost = page.querySelector("[data-lost]");

  const part = (name, root = page) => root.querySelector(`[data-part="${name}"]`);
  const partOf = (node) => node?.closest?.("[data-part]")?.dataset.part;

  // Where nothing is typed into, the focus may be anywhere: it is put back where it was.
  function isBusy(old) {
    return typed.has(old.dataset.part) || (old.contains(document.activeElement) && document.activeElement.matches(FIELDS));
  }

  function replace(old, fresh, sent) {
    if (!sent) for (const fold of old.querySelectorAll("details[open] > summary[id]")) fresh.querySelector(`#${CSS.escape(fold.id)}`)?.parentElement.setAttribute("open", "");
    const scrolled = [...old.querySelectorAll("[id][tabindex]")].map((box) => [box.id, box.scrollTop]);
    old.replaceWith(fresh);
    for (const [id, top] of scrolled) if (document.getElementById(id)) document.getElementById(id).scrollTop = top;
  }

  // `sent`: the part whose form was taken.
  function show(answer, sent) {
    const at = document.activeElement;
    const [id, from] = [at?.id, partOf(at)];
    const columns = answer.querySelector(".console");
    if (!columns) return; // signed out, or no longer a facilitator: the next deed says so
    stale = false;
    if (sameParts(columns)) {
      for (const fresh of [...answer.querySelectorAll("[data-part]")]) {
        const old = part(fresh.dataset.part);
        if (fresh.dataset.recorded) old.dataset.recorded = fresh.dataset.recorded;
        if (!old || fresh.dataset.part === "said" || bare(old).isEqualNode(bare(fresh))) continue;
        if (fresh.dataset.part !== sent && isBusy(old)) stale = true;
        else replace(old, fresh, fresh.dataset.part === sent);
      }
    } else { // begun, or over: there are other parts now
      replace(part("bar"), part("bar", answer));
      page.querySelector(".console").replaceWith(columns);
      typed.clear();
    }
    if (at !== document.activeElement) refocus(id, from);
  }

  function sameParts(columns) {
    const names = (root) => [...root.querySelectorAll("[data-part]")].map((one) => one.dataset.part).join(" ");
    return names(columns) === names(page.querySelector(".console"));
  }

  function refocus(id, from) {
    const place = part(from ?? "bar") ?? part("bar");
    let now = id ? document.getElementById(id) : null;
    if (now && now.closest("details:not([open])")) now = now.closest("details").querySelector("summary");
    now ??= place.querySelector("summary, button") ?? part("bar").querySelector("button");
    now?.focus({ preventScroll: true });
  }

  function refused(answer, form) {
    const notice = answer.querySelector("[data-refusal], .notice-refused");
    const place = form.dataset.place && form.isConnected ? form : part("said");
    clear();
    if (!notice) return tell(page.dataset.lineDown, place);
    place.prepend(notice);
    notice.scrollIntoView({ block: "nearest" });
  }

  function tell(words, place) {
    const notice = document.createElement("p");
    notice.className = "notice notice-refused";
    notice.setAttribute("role", "alert");
    notice.textContent = words;
    place.prepend(notice);
  }

  function clear() {
    for (const notice of page.querySelectorAll(".notice-refused, [data-part=said] > .flashes")) notice.remove();
  }

  async function send(form, button) {
    const body = new FormData(form, button?.form === form ? button : undefined);
    const name = partOf(form);
    form.setAttribute("aria-busy", "true");
    try {
      const { html, status } = await fragment("console", form.getAttribute("action"), { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
      const answer = parsed(html);
      if (status !== 200 || !part("bar", answer)) return refused(answer, form);
      clear();
      typed.delete(name);
      show(answer, name);
      say(answer.querySelector(".flashes")?.textContent.trim() ?? "");
    } catch {
      clear();
      tell(page.dataset.lineDown, form.dataset.place && form.isConnected ? form : part("said"));
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  async function look() {
    waiting = undefined;
    looked = Date.now();
    try {
      const { html, status } = await fragment("console", location.pathname, { signal: AbortSignal.timeout(PATIENCE) });
      if (status === 200) show(parsed(html));
    } catch {
      // The line is down: what is shown stays, and the next notice asks again.
    }
  }

  function soon() {
    waiting ??= setTimeout(() => { sending = sending.then(look); }, Math.max(0, looked + EVERY - Date.now()));
  }

  page.addEventListener("submit", (event) => {
    event.preventDefault();
    const [form, button] = [event.target, event.submitter];
    if (form.hasAttribute("aria-busy")) return;
    sending = sending.then(() => send(form, button));
  });
  page.addEventListener("input", ({ target }) => typed.add(partOf(target)));
  page.addEventListener("reset", ({ target }) => {
    typed.delete(partOf(target));
    escape(target);
    soon();
  });
  page.addEventListener("focusout", () => { if (stale) soon(); });
  document.addEventListener("kelishim:told", (event) => {
    if (!TOPICS.includes(event.detail.topic)) return;
    event.preventDefault(); // what is shown need not be counted
    if (event.detail.number > Number(part("bar").dataset.recorded)) soon();
  });
  document.addEventListener("kelishim:line", ({ detail }) => {
    clearTimeout(losing);
    if (detail === "down") losing = setTimeout(() => { lost.hidden = false; }, LOST_AFTER);
    if (detail === "up" && !lost.hidden) soon();
    if (detail === "up") lost.hidden = true;
  });

  // A form that is open is closed by Escape, and what was typed into it forgotten only by sending it.
  function escape(target) {
    const fold = target.closest?.(".console-form[open]");
    if (!fold) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  }

  function press(key) {
    const place = [...page.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (!place || !place.checkVisibility()) return false;
    if (!place.matches("summary")) {
      place.click();
      return true;
    }
    const fold = place.parentElement;
    fold.open = true;
    fold.querySelector(":is(textarea, select, input[type=radio], input:not([type=hidden])):not([disabled])")?.focus();
    fold.scrollIntoView({ block: "nearest" });
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.isOpen()) return;
    if (event.key === "Escape") return escape(event.target);
    if (event.repeat || typing(event.target) || !help.wanted()) return;
    if (event.key === "?") help.open();
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  count(page);
}

// A part without what differs each time it is made: tokens, clocks, and what somebody unfolded.
function bare(node) {
  const copy = node.cloneNode(true);
  for (const token of copy.querySelectorAll("[name=csrf_token]")) token.removeAttribute("value");
  for (const clock of copy.querySelectorAll("[data-now]")) {
    clock.removeAttribute("data-now");
    clock.removeAttribute("class");
    clock.textContent = "";
  }
  copy.removeAttribute("data-recorded");
  for (const fold of copy.querySelectorAll("details")) fold.removeAttribute("open");
  for (const notice of copy.querySelectorAll(".notice-refused")) notice.remove();
  copy.normalize();
  return copy;
}

// How long somebody speaks, and how long the last deed can be undone, by the server's clock.
function count(page) {
  const made = new WeakMap(); // when a clock came to the page

  function tick() {
    for (const clock of page.querySelectorAll("[data-since], [data-until]")) {
      if (!made.has(clock)) made.set(clock, performance.now() - Date.parse(clock.dataset.now));
      const now = performance.now() - made.get(clock);
      if (clock.dataset.since) put(clock, minutes((now - Date.parse(clock.dataset.since)) / 1000));
      else {
        const left = Math.floor((Date.parse(clock.dataset.until) - now) / 1000);
        clock.closest("form").hidden = left < 0;
        put(clock, clock.dataset.seconds.replace("#", Math.max(0, left)));
      }
    }
  }

  setInterval(tick, 500);
}

const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function put(clock, words) {
  if (clock.textContent !== words) clock.textContent = words;
}
