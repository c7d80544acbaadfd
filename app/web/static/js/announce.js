// Says a short sentence, to eyes and ears, and takes it back.
const place = document.querySelector("[data-announcer]");
let clearing;

export function announce(key) {
  place.textContent = place.dataset[key];
  clearTimeout(clearing);
  clearing = setTimeout(() => { place.textContent = ""; }, 4000);
}
