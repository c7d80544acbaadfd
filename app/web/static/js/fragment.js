// Asks the server for a part of a page: the same address, the same answer, only without what stands around it.
export async function fragment(name, address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "X-Fragment": name } });
  if (answer.headers.has("X-Sign-In-Ended") && options.body) return sendWhole(address, options.body);
  const html = await answer.text();
  return { html, status: answer.status, address: answer.url };
}

// The sign-in has ended: sent as a page, the form comes back on one where one signs in and loses nothing.
function sendWhole(address, body) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  form.hidden = true;
  for (const [name, value] of body) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form); // a field may be called “submit”
  return new Promise(() => {}); // this page goes
}

export function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}
