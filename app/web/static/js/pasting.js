// Text pasted from Word into a field of the law is cleaned by the server, put where the caret is, and can be undone.
function place(field) {
  let said = field.parentElement.querySelector("[data-pasted]");
  if (!said) {
    said = field.ownerDocument.createElement("span");
    said.className = "help";
    said.setAttribute("role", "status");
    said.setAttribute("data-pasted", "");
    field.after(said);
  }
  return said;
}

// A browser's own editing command keeps its undo; where there is none, the field is changed as a script can.
function insert(field, text) {
  field.focus();
  if (field.ownerDocument.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Spaces at the ends belong to a piece of a sentence, not to paragraphs.
function asPiece(text, plain) {
  if (/\n/.test(text + plain.trim()) || !text) return text;
  return (/^ /.test(plain) ? " " : "") + text + (/ $/.test(plain) ? " " : "");
}

async function clean(field, html, plain) {
  const form = field.form;
  const clause = field.closest(".part")?.querySelector("[name$=clause]")?.value ?? "";
  const body = new URLSearchParams({ html, clause, csrf_token: form.elements.csrf_token.value });
  field.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.cleanAt, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.status);
    const { text, notes } = await answer.json();
    return { text: asPiece(text, plain), said: notes.join(" ") };
  } catch {
    return { text: plain, said: form.dataset.cleanFailed };
  } finally {
    field.removeAttribute("aria-busy");
  }
}

export function pasting(document) {
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("form[data-clean-at] textarea.law-field")) place(event.target);
  });
  document.addEventListener("paste", async (event) => {
    const field = event.target;
    if (!field.matches?.("form[data-clean-at] textarea.law-field")) return;
    const [html, plain] = ["text/html", "text/plain"].map((kind) => event.clipboardData.getData(kind));
    if (!html) return;
    event.preventDefault();
    const [before, start, end] = [field.value, field.selectionStart, field.selectionEnd];
    const { text, said } = await clean(field, html, plain);
    if (field.value === before) field.setSelectionRange(start, end);
    insert(field, text);
    place(field).textContent = said;
  });
}
