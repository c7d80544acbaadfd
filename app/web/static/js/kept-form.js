// What is typed into a long form stays, in this browser and on the server, until it is sent or discarded. Where nobody
// may know who writes, the form names no place on the server, and it stays in this browser alone.
const PREFIX = "kelishim:unsent:"; // signing out forgets what begins so, see unsent.js
const SENDING = "kelishim:sending-form";
const PAUSE = 2500; // milliseconds after the last key

function store(action) {
  try {
    return action();
  } catch {
    return null; // a browser that keeps nothing
  }
}

const keyOf = (form) => PREFIX + form.dataset.keep;
const local = (form) => store(() => JSON.parse(localStorage.getItem(keyOf(form)) ?? "null"));
const token = (document) => document.querySelector("[name=csrf_token]").value;

function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) if (name !== "csrf_token") (fields[name] ??= []).push(value);
  return fields;
}

function bodyOf(document, fields, more = {}) {
  const body = new URLSearchParams({ csrf_token: token(document), ...more });
  for (const [name, values] of Object.entries(fields)) for (const value of values) body.append(name, value);
  return body;
}

async function kept(form) {
  const here = local(form);
  if (!form.dataset.keepAt) return here;
  try {
    const answer = await fetch(form.dataset.keepAt);
    const there = answer.ok ? await answer.json() : { fields: null };
    if (!there.fields) return here;
    const saved = Date.parse(there.saved_at) - Date.parse(there.now) + Date.now();
    return here && here.at >= saved - PAUSE ? here : { fields: there.fields, at: saved };
  } catch {
    return here;
  }
}

// The server makes the form anew, as if it were sent without its main button: the page may have fewer fields, or a list
// that belongs to other words.
async function fill(form, fields) {
  const body = bodyOf(form.ownerDocument, fields, { do: "show" });
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const filled = [...page.querySelectorAll("form[data-keep]")].find((one) => one.dataset.keep === form.dataset.keep);
  if (!filled) throw new Error(answer.status);
  form.replaceChildren(...filled.childNodes);
}

function put(form, fields) {
  const left = Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, [...values]]));
  for (const field of form.elements) {
    if (!field.name || field.name === "csrf_token" || field.type === "submit") continue;
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = Boolean(left[field.name]?.includes(field.value));
    else if (left[field.name]) field.value = left[field.name].shift() ?? "";
  }
}

function forget(document, key, address) {
  store(() => localStorage.removeItem(key));
  if (!address) return Promise.resolve();
  return fetch(`${address}&discard=1`, { method: "POST", body: bodyOf(document, {}), keepalive: true }).catch(() => {});
}

// A form that was sent is forgotten once a page says that it was taken.
function settle(document) {
  const sent = store(() => JSON.parse(sessionStorage.getItem(SENDING) ?? "null"));
  store(() => sessionStorage.removeItem(SENDING));
  if (sent && document.querySelector(".notice-done") && !document.querySelector("[data-refusal]")) return forget(document, sent.key, sent.address);
  return null;
}

function watch(form, initial) {
  const document = form.ownerDocument;
  let waiting = null;
  let sending = false;

  function save() {
    clearTimeout(waiting);
    waiting = null;
    if (!form.dataset.keepAt) return;
    const body = bodyOf(document, fieldsOf(form));
    // A browser sends only 64 kB after its page has gone; the rest stays here until the page is open again.
    fetch(form.dataset.keepAt, { method: "POST", body, keepalive: body.toString().length < 60_000 }).catch(() => {});
  }

  function keep() {
    const fields = fieldsOf(form);
    if (JSON.stringify(fields) === initial) return;
    store(() => localStorage.setItem(keyOf(form), JSON.stringify({ fields, at: Date.now() })));
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  }

  const leave = () => { if (waiting && !sending) save(); };
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(waiting);
    store(() => sessionStorage.setItem(SENDING, JSON.stringify({ key: keyOf(form), address: form.dataset.keepAt })));
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", () => { sending = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  return { keep, stop: () => { clearTimeout(waiting); waiting = null; } };
}

function say(form, at, discard) {
  const document = form.ownerDocument;
  const notice = document.querySelector("[data-kept-notice]")?.content.firstElementChild.cloneNode(true);
  if (!notice) return;
  const time = notice.querySelector("[data-kept-time]");
  const today = new Date(at).toDateString() === new Date().toDateString();
  time.dateTime = new Date(at).toISOString();
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { hourCycle: "h23", timeStyle: "short", dateStyle: today ? undefined : "medium" }).format(at);
  form.before(notice);
  notice.querySelector("[data-discard]").addEventListener("click", discard);
}

async function improve(form) {
  const initial = JSON.stringify(fieldsOf(form));
  const watched = watch(form, form.hasAttribute("data-as-typed") ? "" : initial);
  if (form.hasAttribute("data-as-typed")) return watched.keep();
  const found = await kept(form);
  const untouched = () => JSON.stringify(fieldsOf(form)) === initial;
  if (!found || JSON.stringify(found.fields) === initial || !untouched()) return;
  await fill(form, found.fields).catch(() => put(form, found.fields));
  form.dispatchEvent(new Event("kept-form-filled"));
  say(form, found.at, async () => {
    watched.stop();
    await forget(form.ownerDocument, keyOf(form), form.dataset.keepAt);
    location.reload();
  });
}

export async function keptForm(document) {
  await settle(document);
  for (const form of document.querySelectorAll("form[data-keep]")) improve(form);
}
