// A button beside a password that is being chosen, which shows it. It is hidden again when the form is sent.
export function shownPassword(root) {
  for (const field of root.querySelectorAll("input[data-shown-by]")) {
    const row = document.createElement("span");
    const button = document.createElement("button");
    row.className = "with-shown";
    button.type = "button";
    button.className = "button";
    button.setAttribute("aria-controls", field.id);
    const show = (shown) => {
      field.type = shown ? "text" : "password";
      button.textContent = shown ? field.dataset.hiddenBy : field.dataset.shownBy;
      button.setAttribute("aria-pressed", String(shown));
    };
    field.replaceWith(row);
    row.append(field, button);
    field.spellcheck = false;
    field.setAttribute("autocapitalize", "none");
    button.addEventListener("click", () => show(field.type === "password"));
    field.form?.addEventListener("submit", () => show(false));
    show(false);
  }
}
