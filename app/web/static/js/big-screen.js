// The big screen of a session follows what is told, and words stand as large as they fit. Without it the page loads
// itself anew every ten seconds, in the size that the server reckons with.
import { fragment, parsed } from "./fragment.js";

const SIZES = [56, 48, 40, 36, 32, 28, 24, 20]; // those below 32 only where a face is wider than any we know
const TOPICS = ["session", "calls", "answers", "positions", "amendments", "text"];
const TOGETHER = 150; // milliseconds in which what is told is shown at once
const LOST_AFTER = 2_000; // behind the three seconds after which the line is said to be down
const AGAIN_AFTER = 5_000;

export function bigScreen(document) {
  if (!document.querySelector("[data-big]")) return;
  const lost = document.querySelector("[data-lost]");
  let asking = false;
  let again = false;
  let waiting;
  let losing;

  const big = () => document.querySelector("[data-big]");

  function sizeOf(place) {
    return Number(/\bbig-(\d+)\b/.exec(place.className)[1]);
  }

  function fit(place) {
    const box = place.querySelector("[data-fit]");
    for (const size of SIZES) {
      place.classList.remove(`big-${sizeOf(place)}`);
      place.classList.add(`big-${size}`);
      if (box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth) return;
    }
  }

  async function look() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    again = false;
    try {
      const { html, status } = await fragment("screen", location.href);
      const fresh = status === 200 && parsed(html).querySelector("[data-big]");
      if (fresh) put(fresh);
      found(status === 200);
    } catch {
      found(false);
    }
    asking = false;
    if (again) look();
  }

  function put(fresh) {
    big().replaceWith(fresh);
    fit(fresh);
    tick();
  }

  function found(it) {
    clearTimeout(losing);
    losing = undefined;
    if (it) lost.hidden = true;
    else losing = setTimeout(() => (lost.hidden = false), LOST_AFTER);
    if (!it) setTimeout(look, AGAIN_AFTER);
  }

  function tick() {
    const clock = document.querySelector("[data-clock]");
    if (clock) clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  }

  document.addEventListener("kelishim:told", (event) => {
    const { topic, session } = event.detail;
    event.preventDefault(); // nothing is counted on the big screen
    if (!TOPICS.includes(topic) || (topic === "session" && String(session) !== big().dataset.big)) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, TOGETHER);
  });
  document.addEventListener("kelishim:line", ({ detail }) => {
    clearTimeout(losing);
    losing = undefined;
    if (detail === "up") {
      if (!lost.hidden) look();
      lost.hidden = true;
    } else losing = setTimeout(() => (lost.hidden = false), LOST_AFTER);
  });
  window.addEventListener("resize", () => fit(big()));
  document.fonts?.ready.then(() => fit(big()));
  setInterval(tick, 1_000);
  fit(big());
}
