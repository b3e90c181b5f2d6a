// @ts-check
// Splits text into words in the forms that search compares: folded (lowercase, without accents) and stemmed.

import { stemmer } from "stemmer";

/**
 * A word of a text, folded, and its position in the text, in UTF-16 code units.
 * @typedef {{text: string, start: number, end: number}} Word
 */

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
const ASCII = /^[a-z0-9]*$/;
const BRITISH = /(?<=..)(?:our(?=(?:s|ed|ing|ful)?$)|is(?=(?:e[drs]?|ing|ations?)$)|yse)/g;
const SPECIAL_LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe" }; // not decomposed by NFKD
const AMERICAN = { our: "or", is: "iz", yse: "yze" };

/** Stop words, which say little about the subject of a text. They count less than other words. */
export const STOP_WORDS = new Set(
  (
    "a about actually again all also always an and another any anything are as at be because been being best better " +
    "between but by can cannot could did different do does doing done down each either else even ever every find first " +
    "for from get gets getting give given gives go goes good had has have having he help her here his how i if in into " +
    "is it its itself just keep kind know let like look looking made make makes making many may me more most much must " +
    "my need new no not now of off on one only or other others our out over own paper papers really same say says see " +
    "she should show shows so some something such take tell than that the their them then there these they thing " +
    "things this those to together too true under up us use used useful uses using very want was way ways we well were " +
    "what when where whether which while who whose why will with within without work works would you your"
  ).split(" "),
);

/**
 * Return a word in lowercase and without accents.
 * @param {string} word
 */
export function fold(word) {
  const lower = word.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßøłđæœ]/g, (letter) => SPECIAL_LETTERS[/** @type {keyof SPECIAL_LETTERS} */ (letter)]);
}

/**
 * Return the words of a text, in order.
 * @param {string} text
 * @returns {Word[]}
 */
export function words(text) {
  const found = [];
  for (const match of text.matchAll(WORD))
    found.push({ text: fold(match[0]), start: match.index, end: match.index + match[0].length });
  return found;
}

/** @type {Map<string, string>} */
const stemCache = new Map();

/**
 * Return the stem of a folded word (Porter, 1980, "An algorithm for suffix stripping"). British and American spellings
 * have the same stem. "general" is an exception, as Porter's rules would conflate it with "generate".
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  let known = stemCache.get(word);
  if (known === undefined) {
    const american = word.replace(BRITISH, (ending) => AMERICAN[/** @type {keyof AMERICAN} */ (ending)]);
    known = /\d/.test(word) ? word : word.startsWith("general") ? "general" : stemmer(american);
    stemCache.set(word, known);
  }
  return known;
}

/**
 * Return the number of typing errors between two words: letters inserted, omitted, changed, or swapped with their
 * neighbor (the restricted Damerau–Levenshtein distance). Any number above `most` is returned as `most + 1`.
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function editDistance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        cost = Math.min(cost, before[column - 2] + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, last] = [last, next];
  }
  return Math.min(last[other.length], most + 1);
}

const HYPHEN = /[-‐‑–']/; // between the parts of a word
const PART_BOUNDARY = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;
const COMPOUND = /^\p{N}|.[\p{Lu}\p{N}]/u; // whether a word may have parts
const SHORTEST_NAME_PART = 3; // letters

/** @typedef {Word & {forms: string[], stems: string[]}} Token A word with all its forms and their stems. */

/** @type {Map<string, Token[]>} */
const tokenCache = new Map();
const LONGEST_CACHED = 500; // characters; longer texts are rarely needed again
const MOST_CACHED = 5000;

/**
 * Return the words of a text as they are indexed, each with all forms by which it can be found: joined with the next
 * word if there is a hyphen between them, and split at capitals and digits. `few-shot` gives few, fewshot, and shot;
 * `GNNExplainer` also gives gnn and explainer.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  if (text.length > LONGEST_CACHED) return tokenize(text);
  let found = tokenCache.get(text);
  if (!found) {
    if (tokenCache.size >= MOST_CACHED) tokenCache.clear();
    found = tokenize(text);
    tokenCache.set(text, found);
  }
  return found;
}

/**
 * @param {string} text
 * @returns {Token[]}
 */
function tokenize(text) {
  const found = /** @type {Token[]} */ ([]);
  for (const { text: word, start, end } of words(text)) {
    const before = found[found.length - 1];
    if (before && start - before.end === 1 && HYPHEN.test(text[before.end])) addForm(before, before.text + word);
    const { forms, stems } = wordForms(word);
    const here = { text: word, start, end, forms, stems };
    found.push(here);
    const written = text.slice(start, end);
    if (!COMPOUND.test(written)) continue;
    const parts = written.split(PART_BOUNDARY);
    if (parts.length > 1) for (const part of parts) if (part.length >= SHORTEST_NAME_PART) addForm(here, fold(part));
  }
  return found;
}

/**
 * @param {Token} found
 * @param {string} form
 */
function addForm(found, form) {
  found.forms = [...found.forms, form];
  found.stems = [...found.stems, stem(form)];
}

/** @type {Map<string, {forms: string[], stems: string[]}>} */
const formCache = new Map();

/**
 * Return the forms of a word by itself: just one. The object is cached, and shared by all tokens of the word.
 * @param {string} word
 */
function wordForms(word) {
  let known = formCache.get(word);
  if (!known) {
    known = { forms: [word], stems: [stem(word)] };
    formCache.set(word, known);
  }
  return known;
}

/**
 * Return a number and its noun: `1 tag`, `2 tags`.
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
export function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
