// Whole words of a text as the page shows it, and how often they stood in it before. Must read words as app/domain/diff.py.
const LETTERS = "\\p{L}\\p{N}\\p{M}_";
const JOINED = new RegExp(`[${LETTERS}]+(?:['’ʼ‑-][${LETTERS}]+)*`, "gu");
export const WORD = new RegExp(`[${LETTERS}]`, "u");
const ASIDE = ".said, [data-aside], .heading-label, .label";

// The words of an element, without what is only said or stands aside; with a range, the offsets of its ends among them.
export function said(element, range = null) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = "";
  let [start, end] = [null, null];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(ASIDE)) continue;
    if (range?.intersectsNode(node)) {
      start ??= text.length + (node === range.startContainer ? range.startOffset : 0);
      end = text.length + (node === range.endContainer ? range.endOffset : node.length);
    }
    text += node.data;
  }
  return range ? [start ?? 0, end ?? 0] : text;
}

// The range of an element's words from one offset to another, counted as `said` counts them.
export function rangeOf(element, from, to) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = element.ownerDocument.createRange();
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(ASIDE)) continue;
    if (at <= from && from < at + node.length) range.setStart(node, from - at);
    if (at < to && to <= at + node.length) range.setEnd(node, to - at);
    at += node.length;
  }
  return range;
}

// The ends moved outward to whole words, and inward over spaces.
export function edges(text, [start, end]) {
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  for (const word of text.matchAll(JOINED)) {
    const [from, to] = [word.index, word.index + word[0].length];
    if (from < start && start < to) start = from;
    if (from < end && end < to) end = to;
  }
  return [start, end];
}

// Which one it is of the places where these words stand as whole words, counted from 1.
export function occurrence(text, quote, start) {
  const escaped = quote.trim().split(/\s+/u).map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/gu, "\\$&"));
  const found = [...text.matchAll(new RegExp(escaped.join("\\s+"), "gu"))].map((match) => [match.index, match.index + match[0].length]);
  const inside = (at) => [...text.matchAll(JOINED)].some((word) => word.index < at && at < word.index + word[0].length);
  const whole = found.length > 1 ? found.filter(([from, to]) => !inside(from) && !inside(to)) : found;
  return Math.max(1, whole.findIndex(([from]) => from === start) + 1);
}
