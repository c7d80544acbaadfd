// The stream of a draft's live updates, one for all tabs of a browser (it opens few connections to one house): the tab
// that holds it tells the others. Whatever is lost on the way is asked for again by the number of what was heard last.
const AGAIN_AFTER = [2_000, 5_000, 15_000, 60_000]; // where the stream was refused; a lost line comes back by itself
const SILENT = 50_000; // milliseconds: the server says every twenty seconds that it is there
const DOWN_AFTER = 3_000; // a line that is back before was not down
const ANSWER_WITHIN = 3_000; // a tab that holds the stream and does not answer is asleep

// `told` gets each notice once and in order; `line` gets "up" or "down" when that changes, and "ended" when whoever
// listens may not any more: signed out from elsewhere, or no longer a member.
export function listen(address, start, told, line) {
  const heard = new Set();
  let last = start;
  let tabs, asking, leave, stopHolding, answered;
  let up = true;
  let over = false;
  let falling;

  function hear(notice) {
    if (notice.number <= start || heard.has(notice.number)) return;
    heard.add(notice.number);
    last = Math.max(last, notice.number);
    told(notice);
  }

  function tell(state) {
    if (over) return;
    if (state === "ended") {
      over = true;
      clearTimeout(falling);
      line("ended");
    } else if (state === "up") {
      clearTimeout(falling);
      falling = undefined;
      if (!up) line("up");
      up = true;
    } else if (up) {
      falling ??= setTimeout(() => {
        falling = undefined;
        up = false;
        line("down");
      }, DOWN_AFTER);
    }
  }

  function hold() {
    const kept = new Map(); // what was told, for tabs that were made before and ask later
    let from = last;
    let refusals = 0;
    let source, again, heardAt;

    function say(message) {
      tabs.postMessage(message);
      if (message.notice) hear(message.notice);
      else if (message.line) tell(message.line);
    }

    function open(after) {
      clearTimeout(again);
      source?.close();
      heardAt = Date.now();
      source = new EventSource(`${address}?after=${after}`);
      const came = (event) => {
        heardAt = Date.now();
        if (event.type === "open") refusals = 0;
        if (event.type === "open") say({ line: "up" });
        if (event.type === "ended") return end();
        if (event.type !== "message") return;
        const notice = JSON.parse(event.data);
        kept.set(notice.number, notice);
        say({ notice });
      };
      for (const type of ["open", "message", "here", "still", "ended"]) source.addEventListener(type, came);
      source.addEventListener("error", ({ target }) => {
        if (target !== source) return;
        say({ line: "down" });
        if (source.readyState === EventSource.CLOSED) refused();
      });
    }

    // The browser does not say how the stream was refused: a private address that is not there any more is no lost line.
    async function refused() {
      again = setTimeout(open, AGAIN_AFTER[Math.min(refusals++, AGAIN_AFTER.length - 1)], last);
      const answer = await fetch(address, { method: "HEAD" }).catch(() => null);
      if (answer?.status === 404) end();
    }

    function end() {
      stop();
      say({ line: "ended" });
    }

    function look() {
      if (Date.now() - heardAt > SILENT) open(last);
    }

    function stop() {
      clearInterval(looking);
      clearTimeout(again);
      window.removeEventListener("online", back);
      tabs?.removeEventListener("message", answer);
      source.close();
    }

    function answer({ data }) {
      if (data.since === undefined) return;
      if (data.since < from) open((from = data.since));
      else for (const number of [...kept.keys()].sort((a, b) => a - b)) if (number > data.since) tabs.postMessage({ notice: kept.get(number) });
      tabs.postMessage({ line: up ? "up" : "down" });
    }

    const looking = setInterval(look, SILENT / 4);
    const back = () => open(last);
    window.addEventListener("online", back);
    tabs.addEventListener("message", answer);
    tabs.postMessage({ holding: true });
    open(from);
    return stop;
  }

  // Waits until no other tab holds the stream; holds it until the page is left, or until another tab took it away.
  function ask(how) {
    const held = new Promise((done) => (leave = done));
    asking = new AbortController();
    const { signal } = asking;
    navigator.locks
      .request(address, how ?? { signal }, () => {
        stopHolding = hold();
        return held;
      })
      .catch(() => {
        stopHolding?.();
        stopHolding = undefined;
        if (!signal.aborted) ask();
      });
  }

  function look() {
    if (document.visibilityState !== "visible" || stopHolding || !tabs || over) return;
    answered = false;
    tabs.postMessage({ since: last });
    setTimeout(() => {
      if (answered || stopHolding || !tabs) return;
      asking.abort();
      ask({ steal: true });
    }, ANSWER_WITHIN);
  }

  function begin() {
    tabs = new BroadcastChannel(address);
    tabs.addEventListener("message", ({ data }) => {
      if (data.since === undefined) answered = true;
      if (data.notice) hear(data.notice);
      else if (data.line) tell(data.line);
      else if (data.holding) tabs.postMessage({ since: last });
    });
    tabs.postMessage({ since: last });
    ask();
  }

  function end() {
    asking.abort();
    stopHolding?.();
    stopHolding = undefined;
    leave();
    tabs.close();
    tabs = undefined;
  }

  begin();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pagehide", end);
  window.addEventListener("pageshow", (event) => event.persisted && begin());
}
