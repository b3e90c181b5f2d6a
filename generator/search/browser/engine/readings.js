// @ts-check
// The words of a query in; what each of them is taken for out: its stem, those of words that it may become, be a typing
// error for, or be a part of.

import { LIGHT, distance, stem } from "./text.js";

/**
 * @typedef {import("./index.js").Index} Index
 * @typedef {{word: string, light: boolean, forms: Map<string, number>, meant: string}} Reading
 *   The stems under which a word is looked up, each with a weight; whether it only carries the sentence; the word it is taken
 *   for.
 */

const BEGUN = 0.7; // weight of a word that an unfinished one may become
const LESS_BEGUN = 0.6; // times that, where the unfinished one is a word itself
const MISTYPED = [1, 0.8, 0.5]; // weight of a word at this distance
const JOINED = 0.8; // weight of words that are written as one elsewhere
const MOST_BEGUN = 60; // words that an unfinished one may become
const MOST_JOINED = 3; // words that are written as one elsewhere
const SHORTEST_MISTYPED = 4; // letters
const TWO_ERRORS = 8; // letters from which a word may have two of them
const SHORTEST_PART = 3; // letters of a word that is written together with the next

/**
 * @param {Index} index
 * @param {string[]} typed
 * @param {number} last the place of the word that may go on, or -1
 * @returns {Reading[]}
 */
export function readings(index, typed, last) {
  const found = typed.flatMap((word, at) => {
    const parts = known(index, word, at === last) ? null : split(index, word);
    return parts ? parts.map((part) => reading(index, part, false)) : [reading(index, word, at === last)];
  });
  for (const at of found.keys()) {
    for (let run = 2; run <= Math.min(MOST_JOINED, found.length - at); run++) {
      const part = found.slice(at, at + run);
      const joined = stem(part.map(({ word }) => word).join(""));
      if (index.has(joined)) for (const { forms } of part) forms.set(joined, Math.max(forms.get(joined) ?? 0, JOINED));
    }
  }
  const allLight = found.every(({ light }) => light);
  return allLight ? found.map((one) => ({ ...one, light: false })) : found;
}

/**
 * @param {Index} index
 * @param {string} word
 * @param {boolean} begun
 * @returns {Reading}
 */
function reading(index, word, begun) {
  const forms = formsOf(index, word, begun);
  const meant = forms.size && !known(index, word, begun) ? nearest(index, word, forms) : word;
  return { word, light: LIGHT.has(word), forms, meant };
}

/**
 * Whether a word is in the texts as it is written, or is the beginning of one.
 * @param {Index} index
 * @param {string} word
 * @param {boolean} begun
 */
function known(index, word, begun) {
  return index.knows(word) || (begun && beginning(index.words, word).length > 0);
}

/**
 * The stems under which a word is looked up, with their weights.
 * @param {Index} index
 * @param {string} word
 * @param {boolean} begun
 */
function formsOf(index, word, begun) {
  /** @type {Map<string, number>} */
  const forms = new Map(index.has(stem(word)) ? [[stem(word), 1]] : []);
  const put = (/** @type {string} */ form, /** @type {number} */ weight) => forms.set(form, Math.max(forms.get(form) ?? 0, weight));
  if (begun && word.length > 1) {
    const weight = BEGUN * (forms.size ? LESS_BEGUN : 1);
    for (const other of beginning(index.words, word).slice(0, MOST_BEGUN)) put(stem(other), weight * (0.55 + (0.45 * word.length) / other.length));
  }
  if (word.length < SHORTEST_MISTYPED || known(index, word, begun)) return forms;
  const most = word.length < TWO_ERRORS || forms.size ? 1 : 2;
  for (const other of index.words) {
    const errors = mistakes(word, other, most, begun);
    if (errors <= most && (errors <= 1 || word[0] === other[0])) put(stem(other), MISTYPED[Math.ceil(errors)]);
  }
  return forms;
}

/**
 * How many typing errors make one word of another; half of one more where it is also unfinished.
 * @param {string} word
 * @param {string} other
 * @param {number} most
 * @param {boolean} begun
 */
function mistakes(word, other, most, begun) {
  const whole = distance(word, other, most);
  return begun ? Math.min(whole, 0.5 + distance(word, other.slice(0, word.length), 1)) : whole;
}

/**
 * The word of the texts that a mistyped one most likely is.
 * @param {Index} index
 * @param {string} word
 * @param {Map<string, number>} forms
 */
function nearest(index, word, forms) {
  const near = index.words.filter((other) => Math.abs(other.length - word.length) < 3 && forms.has(stem(other)));
  return near.sort((one, other) => distance(word, one, 3) - distance(word, other, 3))[0] ?? word;
}

/**
 * Two words that were written as one; nothing where it is none of these.
 * @param {Index} index
 * @param {string} word
 */
function split(index, word) {
  for (let at = word.length - SHORTEST_PART; at >= SHORTEST_PART; at--) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (parts.every((part) => index.knows(part))) return parts;
  }
  return null;
}

/**
 * The words that begin so, and are longer, of words in alphabetical order.
 * @param {string[]} sorted
 * @param {string} start
 */
function beginning(sorted, start) {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < sorted.length && sorted[end].startsWith(start)) end += 1;
  return sorted.slice(low, end);
}
