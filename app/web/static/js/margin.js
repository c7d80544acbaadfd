// Shows beside the text what was said about the clause in focus. Without it the same links open the clause's own page.
import { announce } from "./announce.js";
import { fragment } from "./fragment.js";

export function margin(document) {
  const panel = document.querySelector("[data-margin]");
  if (!panel) return;
  const summary = panel.querySelector("[data-margin-summary]");
  const place = panel.querySelector("[data-margin-clause]");
  let current = "";
  let opener = null;

  function fill(html) {
    place.innerHTML = html;
    place.hidden = false;
    summary.hidden = true;
    panel.classList.add("is-open", "has-clause");
    place.setAttribute("aria-busy", "false");
    document.dispatchEvent(new Event("margin-filled"));
  }

  function mark(id) {
    document.querySelector(".clause.is-current")?.classList.remove("is-current");
    document.getElementById(`c-${id}`)?.classList.add("is-current");
  }

  async function open(id, address, then = "") {
    const quoted = selectedIn(id);
    current = id;
    mark(id);
    place.setAttribute("aria-busy", "true");
    try {
      const { html } = await fragment("margin", address);
      if (current !== id) return;
      fill(html);
    } catch {
      announce("failed");
      return;
    }
    panel.scrollTop = 0;
    const quote = place.querySelector("[data-quote]");
    if (quote && quoted && !quote.value) quote.value = quoted;
    if (then === "comment") place.querySelector("#body-new")?.focus();
    else if (then) place.querySelector(".margin-title")?.focus();
  }

  function selectedIn(id) {
    const selection = document.getSelection();
    const clause = document.getElementById(`c-${id}`);
    const inside = selection.rangeCount && clause?.querySelector(".words")?.contains(selection.getRangeAt(0).commonAncestorContainer);
    return inside ? selection.toString().trim() : "";
  }

  function close() {
    current = "";
    mark("");
    place.hidden = true;
    summary.hidden = false;
    panel.classList.remove("is-open", "has-clause");
    document.dispatchEvent(new Event("margin-closed"));
    opener?.focus();
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("[data-open-clause]");
    if (link) {
      event.preventDefault();
      opener = link;
      open(link.dataset.openClause, link.href.split("#")[0], link.dataset.then ?? "open");
      document.getElementById(`c-${link.dataset.openClause}`)?.scrollIntoView({ block: "nearest" });
      return;
    }
    if (event.target.closest("[data-margin-close]")) return close();
    const focus = event.target.closest("[data-focus]");
    if (focus && panel.contains(focus)) {
      event.preventDefault();
      document.getElementById(focus.dataset.focus)?.focus();
      return;
    }
    // A click into the words of a clause brings it into the margin, where the margin stands beside the text.
    const clause = event.target.closest(".clause[data-clause]");
    if (!clause || event.target.closest("a, button") || !document.getSelection().isCollapsed) return;
    const wide = getComputedStyle(panel).position === "sticky";
    if (wide && clause.dataset.clause !== current) open(clause.dataset.clause, clause.querySelector(".tools-open").href);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && current) close();
  });

  // A comment written in the margin is sent from there; the answer is the margin with the comment, or with the reason.
  panel.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-comment-form]");
    if (!form) return;
    event.preventDefault();
    if (place.getAttribute("aria-busy") === "true") return;
    place.setAttribute("aria-busy", "true");
    try {
      const { html } = await fragment("margin", form.action, { method: "POST", body: new FormData(form) });
      fill(html);
      (place.querySelector("[data-refusal]") ?? place.querySelector(".margin-title"))?.focus();
    } catch {
      place.setAttribute("aria-busy", "false");
      announce("failed");
    }
  });
}
