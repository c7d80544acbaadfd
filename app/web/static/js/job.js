// A page of a file that is being made looks by itself how far it is, and says so once it is there.
// Without it the page loads itself anew.
import { say } from "./announce.js";
import { fragment, parsed } from "./fragment.js";

const OPEN = ["waiting", "running"];
const MOST = 10; // seconds between two looks, however often none was answered

export function job(document) {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  let pause = Number(place.dataset.job);

  async function look() {
    try {
      const answer = await fragment("job", location.href);
      if (answer.status !== 200) return location.reload();
      const shown = parsed(answer.html).querySelector("[data-job-state]");
      place.replaceChildren(shown);
      pause = Number(place.dataset.job);
      if (!OPEN.includes(shown.dataset.jobState)) return over(shown.dataset.jobState);
    } catch {
      pause = Math.min(MOST, pause * 2); // the line is lost for a moment
    }
    setTimeout(look, pause * 1000);
  }

  function over(state) {
    if (state === "done") say(place.dataset.ready);
    else location.reload();
  }

  setTimeout(look, pause * 1000);
}
