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

/**
 * Stop words, which say little about the subject of a text. They count less than other words. Among them are the words
 * of plain questions ("is there a way to …") and what an apostrophe leaves of contractions.
 */
export const STOP_WORDS = new Set(
  (
    "a able about above across actually after again ago ain all also always among an and another any anybody anyone " +
    "anything are aren around as at away be became because become becomes been before being below best better " +
    "between but by came can cannot cant come comes could couldn d did didn didnt different do does doesn doesnt " +
    "doing don done dont down during each either else enough even ever every everybody everyone everything except " +
    "find first for from get gets getting give given gives go goes going gone good got had hadn happen happened " +
    "happens has hasn have haven having he help helped helps her here his how however i if in instead into is isn " +
    "isnt it its itself just keep keeps kept kind know let like ll look looking lot lots m made make makes making " +
    "many may maybe me might mine more most much must my myself need new no nobody nor not nothing now of off often " +
    "ok okay on one only onto or other others our out over own paper papers per perhaps please quite rather re " +
    "really s same say says see seem seems she should shouldn show shows since so some somebody someone something " +
    "still such t take takes tell telling tells than that the their them then there these they thing things this " +
    "those till to together too tried true try trying turn turned turns under until up upon us use used useful uses " +
    "using usually ve very want wanted wants was wasn way ways we well were weren what whatever when where wherever " +
    "whether which while who whoever whose why will with within without won wont work works would wouldn yes yet " +
    "you your yourself"
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
 * Return a text that can be part of an address: surrogates without their other half are replaced.
 * @param {string} text
 */
export function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/**
 * Return a URL template with its values.
 * @param {string} template with the names of values in braces
 * @param {Record<string, string>} values
 */
export function filledTemplate(template, values) {
  const known = new Map(Object.entries(values));
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(wellFormed(known.get(name) ?? "")));
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

/**
 * Endings of Porter's stems that differ within a family of words, and what replaces them: words from Latin and Greek
 * change their last consonant ("decide", "decision"), which rules that only cut suffixes miss (Krovetz, 1993, "Viewing
 * morphology as an inference process").
 * @type {[RegExp, string][]}
 */
const FAMILY_ENDINGS = [
  [/^explan$/, "explain"], // explanation
  [/^repetit$/, "repeat"], // repetition
  [/cis$/, "cid"], // decision: decide
  [/duct$/, "duc"], // reduction, production: reduce, produce
  [/script$/, "scrib"], // description: describe
  [/(?<=..)if$/, "ifi"], // classification: classify
  [/thes(?:i|iz)$|thet$/, "thes"], // synthesis, synthetic: synthesize
  [/naly(?:si|t|z)$/, "naly"], // analysis, analytic: analyze
  [/(?<=recogn)i[tz]$/, ""], // recognition: recognize
  [/oret$/, "ori"], // theoretic: theory
  [/(?<=[st]ab)il$/, "l"], // stability: stable
  [/(?<=[nr][cs])iti$/, ""], // sparsity: sparse
];

/** @type {Map<string, string>} */
const stemCache = new Map();

/**
 * Return the stem of a folded word (Porter, 1980, "An algorithm for suffix stripping"), the same for a whole family of
 * words and for British and American spellings. "general" is an exception, as Porter's rules would conflate it with
 * "generate".
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  let known = stemCache.get(word);
  if (known === undefined) {
    const american = word.replace(BRITISH, (ending) => AMERICAN[/** @type {keyof AMERICAN} */ (ending)]);
    known = /\d/.test(word) ? word : word.startsWith("general") ? "general" : familyStem(stemmer(american));
    stemCache.set(word, known);
  }
  return known;
}

/** @param {string} porter a stem by Porter's rules */
function familyStem(porter) {
  const found = FAMILY_ENDINGS.find(([ending]) => ending.test(porter));
  return found ? porter.replace(...found) : porter;
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
const WRITTEN_WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-‐‑–'](?=[\p{L}\p{N}]))?/gu; // with the hyphen that joins it to the next
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
 * Return the words of a text as written, each with the hyphen that joins it to the next one, if there is one.
 * @param {string} text
 */
export function writtenWords(text) {
  return text.match(WRITTEN_WORD) ?? [];
}

/**
 * Return what `tokens` returns, without remembering it.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokenize(text) {
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
