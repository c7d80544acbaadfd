// Asks the server for a part of a page: the same address, the same answer, only without what stands around it.
export async function fragment(name, address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "X-Fragment": name } });
  const html = await answer.text();
  return { html, status: answer.status, address: answer.url };
}

export function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}
