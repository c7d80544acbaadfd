// A button that copies the text of an element. Where the browser forbids it, the text is selected for copying by hand.
import { announce } from "./announce.js";

export function copyText(document) {
  for (const button of document.querySelectorAll("[data-copy-text]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const place = document.getElementById(button.dataset.copyText);
      try {
        await navigator.clipboard.writeText(place.innerText);
        announce("copiedText");
      } catch {
        getSelection().selectAllChildren(place);
      }
    });
  }
}
