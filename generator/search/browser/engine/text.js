// @ts-check
// Text in; its words out, as search compares them: without case and accents, at their place, and by their stem.

import { stemmer } from "stemmer";

/**
 * A word of a text: folded, and where it stands there, in UTF-16 units.
 * @typedef {{text: string, start: number, end: number}} Word
 */

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
const PLAIN = /^[a-z0-9]*$/;
const BRITISH = /(?<=..)(?:our(?=(?:s|ed|ing|ful)?$)|is(?=(?:e[drs]?|ing|ations?)$)|yse)/g;
/** @type {Record<string, string>} */
const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe" }; // which Unicode does not take apart
const AMERICAN = { our: "or", is: "iz", yse: "yze" };

/** Words that carry a sentence and not its subject: they are wanted less than the others. */
export const LIGHT = new Set(
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
 * A word without case and accents.
 * @param {string} word
 */
export function fold(word) {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return lower.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[ßøłđæœ]/g, (letter) => LETTERS[letter]);
}

/**
 * The words of a text in their order.
 * @param {string} text
 * @returns {Word[]}
 */
export function words(text) {
  const found = [];
  for (const match of text.matchAll(WORD)) found.push({ text: fold(match[0]), start: match.index, end: match.index + match[0].length });
  return found;
}

/** @type {Map<string, string>} */
const stems = new Map();

/**
 * The stem of a folded word (Porter, 1980, "An algorithm for suffix stripping"), the same for British and American
 * spelling. What is general is not what is generated, though Porter's rules say so.
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  let known = stems.get(word);
  if (known === undefined) {
    const american = word.replace(BRITISH, (ending) => AMERICAN[/** @type {keyof AMERICAN} */ (ending)]);
    known = /\d/.test(word) ? word : word.startsWith("general") ? "general" : stemmer(american);
    stems.set(word, known);
  }
  return known;
}

/**
 * How many typing errors lie between two words: letters put in, left out, changed, or swapped with their neighbour
 * (the restricted Damerau–Levenshtein distance). More than `most` is told as `most + 1`.
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function distance(one, other, most) {
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

const JOINT = /[-‐‑–']/; // between the parts of a word
const PARTS = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;
const PARTED = /^\p{N}|.[\p{Lu}\p{N}]/u; // what may have parts
const SHORTEST_PART = 3; // letters

/** @typedef {Word & {forms: string[], stems: string[]}} Found A word of a text in all its forms, and their stems. */

/** @type {Map<string, Found[]>} */
const kept = new Map();
const LONGEST_KEPT = 500; // characters; longer texts are seldom asked for again
const MOST_KEPT = 5000;

/**
 * The words of a text as the index has them, each in all forms in which it is found: joined to its neighbour where a hyphen
 * stands between, and the parts that capitals or digits set off. `few-shot` is few, fewshot and shot; `GNNExplainer` is
 * also gnn and explainer.
 * @param {string} text
 * @returns {Found[]}
 */
export function indexed(text) {
  if (text.length > LONGEST_KEPT) return taken(text);
  let found = kept.get(text);
  if (!found) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, (found = taken(text)));
  }
  return found;
}

/**
 * @param {string} text
 * @returns {Found[]}
 */
function taken(text) {
  const found = /** @type {Found[]} */ ([]);
  for (const { text: word, start, end } of words(text)) {
    const before = found[found.length - 1];
    if (before && start - before.end === 1 && JOINT.test(text[before.end])) alsoAs(before, before.text + word);
    const { forms, stems } = alone(word);
    const here = { text: word, start, end, forms, stems };
    found.push(here);
    const written = text.slice(start, end);
    if (!PARTED.test(written)) continue;
    const parts = written.split(PARTS);
    if (parts.length > 1) for (const part of parts) if (part.length >= SHORTEST_PART) alsoAs(here, fold(part));
  }
  return found;
}

/**
 * @param {Found} found
 * @param {string} form
 */
function alsoAs(found, form) {
  found.forms = [...found.forms, form];
  found.stems = [...found.stems, stem(form)];
}

/** @type {Map<string, {forms: string[], stems: string[]}>} */
const single = new Map();

/**
 * The forms of a word that stands alone; most words do, and share them.
 * @param {string} word
 */
function alone(word) {
  let known = single.get(word);
  if (!known) single.set(word, (known = { forms: [word], stems: [stem(word)] }));
  return known;
}

/**
 * `1 paper`, `2 papers`.
 * @param {number} count
 * @param {string} one
 */
export function plural(count, one) {
  return `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
}
