// The live redline of the composer: the same preview as its button, a moment after the last key.
import { fragment } from "./fragment.js";

export function composer(document) {
  const form = document.querySelector("[data-composer]");
  if (!form) return;
  const start = form.elements.base_version.value;
  const watched = /(^|-)(text|insertion|operation|number|target|place)$/;
  let waiting;
  let asked = 0;

  async function preview() {
    const number = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "preview");
    body.set("base_version", start);
    try {
      const { html, status } = await fragment("preview", form.action, { method: "POST", body });
      if (number === asked && (status === 200 || status === 422)) form.querySelector("[data-preview]").innerHTML = html;
    } catch {
      // The line is down: the button still sends the whole form.
    }
  }

  form.addEventListener("kept-form-filled", preview);
  form.addEventListener("input", (event) => {
    if (!watched.test(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(preview, 350);
  });
}
