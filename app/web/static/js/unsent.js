// What was typed into a comment's form stays in this browser until it is sent, discarded, or the person signs out.
const PREFIX = "kelishim:unsent:";
const SENDING = "kelishim:sending";
const FIELDS = ["body", "quote", "occurrence", "kind"];

const keyOf = (form) => PREFIX + form.dataset.unsent;

function store(action) {
  try {
    return action();
  } catch {
    return null; // a browser that keeps nothing
  }
}

function keep(form) {
  const typed = Object.fromEntries(FIELDS.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]));
  const untouched = typed.body === form.elements.body.defaultValue && !form.querySelector("[data-refusal]");
  if (typed.body.trim() && !untouched) store(() => localStorage.setItem(keyOf(form), JSON.stringify(typed)));
  else store(() => localStorage.removeItem(keyOf(form)));
}

function restore(form) {
  const kept = store(() => JSON.parse(localStorage.getItem(keyOf(form)) ?? "null"));
  const body = form.elements.body;
  if (!kept || body.value !== body.defaultValue || form.querySelector("[data-refusal]") || form.querySelector(".notice-unsent")) return;
  const before = Object.fromEntries(Object.keys(kept).map((name) => [name, form.elements[name]?.value]));
  for (const [name, value] of Object.entries(kept)) if (form.elements[name]) form.elements[name].value = value;
  const fold = form.closest("details.deed");
  if (fold) fold.open = true;
  const notice = form.ownerDocument.querySelector("[data-unsent-notice]")?.content.firstElementChild.cloneNode(true);
  if (!notice) return;
  form.prepend(notice);
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    store(() => localStorage.removeItem(keyOf(form)));
    for (const [name, value] of Object.entries(before)) if (form.elements[name]) form.elements[name].value = value;
    notice.remove();
    body.focus();
  });
}

// A form that was sent is forgotten once a page says that it was taken.
function settle(document) {
  const sending = store(() => sessionStorage.getItem(SENDING));
  if (!sending) return;
  if (document.querySelector(".notice-done") && !document.querySelector("[data-refusal]")) store(() => localStorage.removeItem(sending));
  store(() => sessionStorage.removeItem(SENDING));
}

function forget() {
  store(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key)));
}

export function unsent(document) {
  const look = () => {
    settle(document);
    for (const form of document.querySelectorAll("form[data-unsent]")) restore(form);
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.dataset.unsent) keep(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.unsent) store(() => sessionStorage.setItem(SENDING, keyOf(form)));
    if (/\/(sign-out|sign-ins\/all)$/.test(new URL(form.action).pathname)) forget();
  });
  document.addEventListener("margin-filled", look);
  look();
}
