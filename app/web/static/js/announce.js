// Says a short sentence, to eyes and ears, and takes it back.
const place = document.querySelector("[data-announcer]");
let clearing;

export function announce(key) {
  say(place.dataset[key]);
}

export function say(words) {
  place.textContent = words;
  clearTimeout(clearing);
  clearing = setTimeout(() => { place.textContent = ""; }, 4000);
}
