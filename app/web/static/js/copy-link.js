// "Copy link" copies the permanent address. Where the browser forbids it, the link is followed like any other.
import { announce } from "./announce.js";

export function copyLink(document) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-copy-link]");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
      announce("copied");
    } catch {
      location.assign(link.href);
    }
  });
}
