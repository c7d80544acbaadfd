// A form that came back says why first.
export function refusals(document) {
  document.querySelector("[data-refusal]")?.focus();
}
