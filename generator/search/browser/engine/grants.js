// @ts-check
// What the wishes in a query mean for papers: which papers remain, and which come first.

import { foldedWords } from "./directory.js";
import { stem } from "./text.js";
import { introductoryTerms } from "./wishes.js";

/**
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./wishes.js").Wish} Wish
 * @typedef {(paper: number) => boolean} PaperTest
 */

const DATED_SHARE = 0.3; // of the best score: papers with less are left out if the papers are sorted by date
const FIRST_SHARE = 0.5; // of the best score: papers with less do not come first

const DENIED_BEFORE = /(?:\b(?:without|no|not|free of|lacks?)\s+(?:\S+\s+){0,2}|\b(?:un|non-?))$/i;
const DENIED_AFTER = /^[ -](?:free|less)\b/;
const LONGEST_DENIAL = 40; // characters before a word
const SHORTEST_ROOT = 3; // letters that all forms of a word have in common

/** @type {WeakMap<Engine, {name: string, texts: number, shows: Set<number>, denies: Set<number>}>} */
const lastWord = new WeakMap();

/**
 * Return the papers that all wishes leave, and the wishes that were ignored as no paper would be left.
 * @param {Engine} engine
 * @param {Wish[]} wishes
 * @param {number[]} papers
 */
export function applyWishes(engine, wishes, papers) {
  const ignored = [];
  let left = papers;
  for (const wish of wishes) {
    const test = wishTest(engine, wish);
    const passing = test ? left.filter(test) : left;
    if (left.length && !passing.length) ignored.push(wish);
    else left = passing;
  }
  return { left, ignored };
}

/**
 * Return the papers in the order that the wishes ask for: those that they prefer come first, if they match well. Near
 * matches stay the last.
 * @param {Engine} engine
 * @param {Wish[]} wishes
 * @param {{papers: number[], near: Set<number>}} best the papers, best first
 * @param {Float64Array} scores of the papers for the words that are no part of a wish
 */
export function orderByWishes(engine, wishes, { papers, near }, scores) {
  if (!hasPreference(wishes)) return papers;
  const best = papers.reduce((most, paper) => Math.max(most, scores[paper]), 0);
  const preferences = wishes.flatMap((wish) => wishPreference(engine, wish, best > 0) ?? []);
  const worth = new Map(
    papers.map((paper) => {
      const isGood = scores[paper] >= best * FIRST_SHARE && !near.has(paper);
      return [paper, isGood ? preferences.reduce((sum, prefers) => sum + prefers(paper), 0) : -Number(near.has(paper))];
    }),
  );
  return papers.toSorted((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0));
}

/**
 * Return whether the wishes ask for some papers to come first.
 * @param {Wish[]} wishes
 */
export function hasPreference(wishes) {
  return wishes.some(({ kind }) => ["term", "kind", "beginners", "withoutWord"].includes(kind));
}

/**
 * Return the order by date that the wishes ask for: `newest`, `oldest`, or none.
 * @param {Wish[]} wishes
 */
export function wishedOrder(wishes) {
  return wishes.find(({ kind }) => kind === "newest" || kind === "oldest")?.kind ?? "";
}

/**
 * Return the papers that match well enough to be sorted by date: those with every word, if there are any.
 * @param {import("./engine.js").Answer} answer
 */
export function goodPapers({ papers, near, scores }) {
  const complete = papers.filter((paper) => !near.has(paper));
  const found = complete.length ? complete : papers;
  const best = found.reduce((most, paper) => Math.max(most, scores[paper]), 0);
  return found.filter((paper) => scores[paper] >= best * DATED_SHARE);
}

/**
 * Return the test that papers have to pass for a wish, or null if they need not pass any.
 * @param {Engine} engine
 * @param {Wish} wish
 * @returns {PaperTest | null}
 */
function wishTest(engine, { kind, name, values }) {
  const { papers } = engine.list;
  const wanted = new Set(values);
  if (kind === "code") return (paper) => Boolean(papers.code[paper]);
  if (kind === "noCode") return (paper) => !papers.code[paper];
  if (kind === "venue") return (paper) => wanted.has(papers.venues[paper]);
  if (kind === "author") return (paper) => papers.authors[paper].some((person) => wanted.has(person));
  if (kind === "years")
    return (paper) => {
      const year = papers.years[paper];
      return (year >= values[0] && year <= values[1]) || (name !== "" && papers.when[paper].includes(name));
    };
  if (kind === "withoutTerm") return not(hasTerm(engine, termsAbout(engine, values)));
  if (kind === "withoutWord") {
    const { shows } = papersWithWord(engine, name);
    return (paper) => !shows.has(paper);
  }
  return null;
}

/**
 * Return how much a wish prefers a paper, as a function, or null if it prefers none.
 * @param {Engine} engine
 * @param {Wish} wish
 * @param {boolean} ranked whether the papers match some words; if not, those to begin with have an order of their own
 * @returns {((paper: number) => number) | null}
 */
function wishPreference(engine, { kind, name, values }, ranked) {
  const { papers, starts } = engine.list;
  if (kind === "kind") return (paper) => Number(values.includes(papers.kinds[paper]));
  if (kind === "term") return number(hasTerm(engine, values));
  if (kind === "withoutWord") {
    const { denies } = papersWithWord(engine, name);
    return (paper) => Number(denies.has(paper));
  }
  if (kind !== "beginners") return null;
  const isSurvey = hasTerm(engine, introductoryTerms(engine));
  return (paper) => {
    const place = starts.indexOf(paper);
    if (place < 0) return Number(isSurvey(paper));
    return ranked ? 1 : 2 - place / starts.length;
  };
}

/** @param {PaperTest} test */
function not(test) {
  return (/** @type {number} */ paper) => !test(paper);
}

/** @param {PaperTest} test */
function number(test) {
  return (/** @type {number} */ paper) => Number(test(paper));
}

/**
 * Return a test for papers that have one of the terms, or a narrower one.
 * @param {Engine} engine
 * @param {number[]} terms
 */
function hasTerm({ kinds }, terms) {
  const having = new Set(terms.flatMap((term) => kinds.papersByTerm[term]));
  return (/** @type {number} */ paper) => having.has(paper);
}

/**
 * Return the terms, and those whose names contain theirs: `Image editing` is about images, too.
 * @param {Engine} engine
 * @param {number[]} terms
 */
function termsAbout({ list }, terms) {
  const nameOf = (/** @type {string} */ name) => ` ${foldedWords(name).map(stem).join(" ")} `;
  const names = list.terms.map(({ name }) => nameOf(name));
  const asked = terms.flatMap((term) => [list.terms[term].name, ...list.terms[term].aliases].map(nameOf));
  return [...names.keys()].filter((at) => terms.includes(at) || asked.some((name) => names[at].includes(name)));
}

/**
 * Return the papers whose title or summary has a word other than to deny it, and those that say somewhere that they do
 * without it: `without training`, `no training`, `training-free`. The last answer is kept, as the reader types on.
 * @param {Engine} engine
 * @param {string} name one word, or two that are written with a hyphen
 */
function papersWithWord(engine, name) {
  const { papers } = engine.list;
  const { abstracts } = engine;
  const known = lastWord.get(engine);
  if (known?.name === name && known.texts === engine.texts) return known;
  const found = { name, texts: engine.texts, shows: new Set(), denies: new Set() };
  const form = wordForm(name);
  for (const paper of papers.ids.keys()) {
    const shown = mentions(`${papers.titles[paper]} ; ${papers.summaries[paper]}`, form);
    if (shown.plain) found.shows.add(paper);
    if (shown.denied || mentions(abstracts[paper] ?? "", form).denied) found.denies.add(paper);
  }
  lastWord.set(engine, found);
  return found;
}

/**
 * Return a pattern for a word in all its forms.
 * @param {string} name
 */
function wordForm(name) {
  const roots = name.split(" ").map((word) => word.slice(0, Math.max(SHORTEST_ROOT, sharedLength(word, stem(word)))));
  return new RegExp(roots.map((root) => `${root}[\\w\u00c0-\u024f]*`).join("[ -]?"), "gi");
}

/**
 * Return whether a text has a word, and whether it denies it.
 * @param {string} text
 * @param {RegExp} form
 */
function mentions(text, form) {
  let [plain, denied] = [false, false];
  for (const { index, 0: word } of text.matchAll(form)) {
    const before = text.slice(Math.max(0, index - LONGEST_DENIAL), index);
    if (DENIED_BEFORE.test(before) || DENIED_AFTER.test(text.slice(index + word.length))) denied = true;
    else if (!/\p{L}$/u.test(before)) plain = true;
  }
  return { plain, denied };
}

/**
 * Return the number of letters that two words have in common at the beginning.
 * @param {string} one
 * @param {string} other
 */
function sharedLength(one, other) {
  let length = 0;
  while (length < other.length && one[length] === other[length]) length += 1;
  return length;
}
