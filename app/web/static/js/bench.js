// The bench shows at once what a tick or a settlement does, and saves it. The button "Show the merged text" does the
// same without it.
import { fragment, parsed } from "./fragment.js";

const SHOWN_ANEW = ["[data-bench-merged]", "[data-bench-consequences]", "[data-bench-unsettled]", "[data-bench-count]"];
const SAVING = "[type=checkbox], [type=radio], [name=message]";

export function bench(document) {
  const form = document.querySelector("[data-bench]");
  if (!form || form.hasAttribute("data-locked")) return;
  let waiting;
  let running = false;
  let again = false;
  let refused = false;
  let leaving; // the button that was pressed while a saving was under way
  const touched = new Set(); // fields that were changed meanwhile: the answer does not know of it

  function replace(answer, selector, root = form) {
    const [old, fresh] = [root.querySelector(selector), answer.querySelector(selector)];
    if (!old || !fresh || old.isEqualNode(fresh) || old.contains(document.activeElement)) return;
    old.replaceWith(fresh);
  }

  function say(text) {
    const place = form.querySelector("[data-bench-saved]");
    if (place.textContent !== text) place.textContent = text;
  }

  const saying = (name) => form.querySelector("[data-bench-saved]").dataset[name];

  function saved(answer) {
    const revision = form.querySelector("[data-bench-revision]");
    const first = revision.value === "0";
    revision.value = answer.querySelector("[data-bench-revision]").value;
    say(answer.querySelector("[data-bench-saved]").textContent);
    if (first || refused) replace(answer, "[data-bench-head]", document);
    refused = false;
    for (const part of SHOWN_ANEW) replace(answer, part);
    for (const fate of answer.querySelectorAll("[data-fate]")) replace(answer, `[data-fate="${fate.dataset.fate}"]`);
    // A collision settled by a counter-text has it chosen too.
    for (const tick of answer.querySelectorAll("[name=amendment]:checked")) {
      const box = form.querySelector(`#${tick.id}`);
      if (!touched.has(box)) box.checked = true;
    }
    // What somebody is settling stays untouched unless the collisions themselves are others.
    const keys = (root) => root.querySelector("[data-bench-collisions]").dataset.keys;
    if (keys(form) === keys(answer)) return;
    keepingPlace(() => {
      form.querySelector("[data-bench-collisions]").replaceWith(answer.querySelector("[data-bench-collisions]"));
      form.querySelector("[data-bench-gone]").replaceWith(answer.querySelector("[data-bench-gone]"));
      for (const old of touched) keepTouched(old);
    });
  }

  function keepTouched(old) {
    const words = old.matches("textarea"); // they have no id where no collision asks for them any more
    const now = words ? form.querySelector(`textarea[name="${old.name}"]`) : document.getElementById(old.id);
    if (!now || now === old) return;
    if (words) now.value = old.value;
    else now.checked = old.checked;
  }

  // Who was typing or choosing goes on in the same place, and the page does not jump.
  function keepingPlace(change) {
    const at = document.activeElement;
    const [id, top] = [at?.id, at?.getBoundingClientRect().top];
    const place = at?.matches("textarea") ? [at.value, at.selectionStart, at.selectionEnd] : null;
    change();
    const now = id && document.getElementById(id);
    if (!now || now === at) return;
    if (place) [now.value] = place;
    now.focus({ preventScroll: true });
    if (place) now.setSelectionRange(place[1], place[2]);
    window.scrollBy(0, now.getBoundingClientRect().top - top);
  }

  function told(answer) {
    refused = true;
    replace(answer, "[data-bench-head]", document);
    say("");
  }

  async function save() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    touched.clear();
    const body = new FormData(form);
    body.set("do", "preview");
    const merged = form.querySelector("[data-bench-merged]");
    merged.setAttribute("aria-busy", "true");
    try {
      const { html, status } = await fragment("bench", form.action, { method: "POST", body });
      const answer = parsed(html);
      if (!answer.querySelector("[data-bench]")) say(saying("unsaved"));
      else if (status === 200) saved(answer);
      else told(answer);
    } catch {
      say(saying("unsaved")); // The line is down: the button still sends the whole form.
    } finally {
      form.querySelector("[data-bench-merged]").setAttribute("aria-busy", "false");
      running = false;
      if (leaving !== undefined) leave();
      else if (again) {
        again = false;
        save();
      }
    }
  }

  function leave() {
    const button = leaving;
    leaving = undefined;
    again = false;
    form.requestSubmit(button?.form === form ? button : undefined);
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-own-words]")) {
      const choice = event.target.closest(".side").querySelector("[data-own-choice]");
      choice.checked = true;
      touched.add(choice);
    } else if (!event.target.matches(SAVING)) {
      return;
    }
    touched.add(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(save, event.target.matches("textarea, [name=message]") ? 500 : 120);
  });
  // Two requests at once would be of the same revision, and the later one refused: the form waits for the saving.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!running) return;
    event.preventDefault();
    leaving = event.submitter;
  });
}
