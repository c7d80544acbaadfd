// "Name somebody": a name chosen from the list goes into the comment where the caret was. Without it the server puts it
// at the end.
export function mentions(document) {
  document.addEventListener("change", (event) => {
    const field = event.target.closest?.("[data-mention]");
    if (!field?.value.trim()) return;
    const body = field.form.elements.body;
    const name = `@${field.value.trim().replace(/^@/u, "")}`;
    const at = body.selectionEnd ?? body.value.length;
    const [before, after] = [body.value.slice(0, at), body.value.slice(at)];
    const space = before && !/\s$/u.test(before) ? " " : "";
    body.value = `${before}${space}${name}${/^\s/u.test(after) ? "" : " "}${after}`;
    field.value = "";
    body.focus();
    body.selectionStart = body.selectionEnd = (before + space + name).length + 1;
    body.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
