// @ts-check
// Text in; its words out, as search compares them: without case and accents, at their place, and by their stem.

import { stemmer } from "stemmer";

/**
 * A word of a text: folded, and where it stands there, in UTF-16 units.
 * @typedef {{text: string, start: number, end: number}} Word
 */

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
const PLAIN = /^[a-z0-9]*$/;
const BRITISH = /(?<=..)(?:our$|is(?=(?:e[drs]?|ing|ations?)$)|yse)/g;
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
  return Array.from(text.matchAll(WORD), (found) => ({
    text: fold(found[0]),
    start: found.index,
    end: found.index + found[0].length,
  }));
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

const JOINT = /^[-‐‑–']$/; // between the parts of a word
const PARTS = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;
const SHORTEST_PART = 3; // letters

/**
 * The words of a text as the index has them, each with all the forms in which it is found: joined to its neighbour where
 * a hyphen stands between, and the parts that capitals or digits set off. `few-shot` is few, fewshot and shot;
 * `GNNExplainer` is also gnn and explainer.
 * @param {string} text
 * @returns {(Word & {forms: string[]})[]}
 */
export function indexed(text) {
  const found = words(text);
  return found.map((word, at) => {
    const forms = [word.text];
    const next = found[at + 1];
    if (next && JOINT.test(text.slice(word.end, next.start))) forms.push(word.text + next.text);
    const parts = text.slice(word.start, word.end).split(PARTS);
    if (parts.length > 1) forms.push(...parts.filter((part) => part.length >= SHORTEST_PART).map(fold));
    return { ...word, forms };
  });
}
