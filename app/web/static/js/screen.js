// The big screen follows the bench. Without it the page loads itself anew every ten seconds.
import { fragment, parsed } from "./fragment.js";

const SECONDS = 3;

export function screen(document) {
  if (!document.querySelector("[data-screen]")) return;
  let shown = "";

  async function look() {
    try {
      const { html, status } = await fragment("screen", location.href);
      const fresh = status === 200 && parsed(html).querySelector("[data-screen]");
      if (fresh && html !== shown) {
        const put = () => document.querySelector("[data-screen]").replaceWith(fresh);
        if (shown && document.startViewTransition) document.startViewTransition(put);
        else put();
        shown = html;
      }
    } catch {
      // The line is down: what was shown stays, and the next look may reach it.
    }
    setTimeout(look, SECONDS * 1000);
  }

  setTimeout(look, SECONDS * 1000);
}
