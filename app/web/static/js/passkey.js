// Passkeys: the button asks the server what to ask, the device answers, the answer goes with the form. On the page of
// signing in they are also offered where the name is typed, as the browser does with passwords.
const KEPT = 4 * 60 * 1000; // milliseconds: the server takes an answer for five minutes

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

function opened(options) {
  const described = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  const found = { ...options, challenge: bytes(options.challenge) };
  if (options.user) found.user = { ...options.user, id: bytes(options.user.id) };
  for (const name of ["excludeCredentials", "allowCredentials"]) if (options[name]) found[name] = described(options[name]);
  return found;
}

function written(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (response[name]) said[name] = text(response[name]);
  if (response.getTransports) said.transports = response.getTransports();
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said });
}

async function asked(form, signal) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.passkey, { method: "POST", body, signal });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return opened(await answer.json());
}

async function use(form, more) {
  const publicKey = await asked(form, more.signal); // the challenge that was asked for last is the one that counts
  const found = "new" in form.dataset ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey, ...more });
  form.elements.answer.value = written(found);
  form.submit();
}

// Waits behind the field of the name until somebody chooses a passkey there; asked anew before the challenge is too old.
async function offer(form, name) {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return () => {};
  name.autocomplete = "username webauthn";
  let waiting, timer;
  const wait = () => {
    waiting?.abort();
    waiting = new AbortController();
    use(form, { mediation: "conditional", signal: waiting.signal }).catch(() => {});
    timer = setTimeout(wait, KEPT);
  };
  wait();
  return () => {
    clearTimeout(timer);
    waiting.abort();
  };
}

function improve(form, document) {
  const [shown, hint, failed] = ["with", "without", "failed"].map((name) => form.querySelector(`[data-${name}-passkey]`));
  shown.hidden = false;
  hint.hidden = true;
  const name = document.querySelector('form input[name="name"][autocomplete^="username"]');
  const offered = "offered" in form.dataset && name ? offer(form, name) : null;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    (await offered)?.();
    use(form, {}).catch(() => (failed.hidden = false));
  });
}

export function passkey(document) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) improve(form, document);
}
