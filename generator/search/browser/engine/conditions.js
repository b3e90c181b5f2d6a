// @ts-check
// The conditions of a query in; which papers they let pass, and which of them mean nothing, out.

import { carries } from "./list.js";
import { years } from "./query.js";
import { stem, words } from "./text.js";

/**
 * @typedef {import("./list.js").List} List
 * @typedef {import("./query.js").Query} Query
 * @typedef {(paper: number) => boolean} Test
 * @typedef {{passes: Test, unknown: string[], scattered: string[]}} Conditions `unknown` ones mean nothing, `scattered` phrases
 *   stand nowhere in this order; neither holds a paper back.
 */

/** What each operator asks of a paper; nothing where its value means nothing. */
const OPERATORS = /** @type {const} */ ({ tag, author, venue, year });

/**
 * @param {List} list
 * @param {import("./index.js").Index} index
 * @param {string[]} abstracts those that are there
 * @param {Query} query
 * @returns {Conditions}
 */
export function conditions(list, index, abstracts, query) {
  /** @type {Test[]} */
  const tests = [];
  const unknown = [];
  const scattered = [];
  for (const { operator, value, not } of query.conditions) {
    const test = OPERATORS[operator](list, value);
    if (test) tests.push(not ? (paper) => !test(paper) : test);
    else unknown.push(`${operator}:${value}`);
  }
  for (const word of query.without) {
    const having = new Set(index.find(stem(word)).papers);
    tests.push((paper) => !having.has(paper));
  }
  for (const phrase of query.phrases) {
    const having = saying(list, index, abstracts, phrase);
    if (phrase.not) tests.push((paper) => !having.has(paper));
    else if (having.size) tests.push((paper) => having.has(paper));
    else if (phrase.words.length > 1) scattered.push(phrase.words.join(" "));
  }
  return { passes: (paper) => tests.every((test) => test(paper)), unknown, scattered };
}

/**
 * @param {List} list
 * @param {string} value the id, name or alias of a term, or their beginning
 * @returns {Test | null}
 */
function tag(list, value) {
  const asked = plain(value);
  const names = list.terms.map((term) => [term.id, term.name, ...term.aliases].map(plain));
  const among = (/** @type {(name: string) => boolean} */ fits) => new Set(names.flatMap((all, term) => (all.some(fits) ? [term] : [])));
  const exact = among((name) => name === asked);
  const found = exact.size ? exact : among((name) => name.startsWith(asked));
  return found.size ? (paper) => carries(list, paper, found) : null;
}

/**
 * @param {List} list
 * @param {string} value
 * @returns {Test | null}
 */
function author({ people, papers }, value) {
  const found = called(people, value);
  return found.size ? (paper) => papers.authors[paper].some((at) => found.has(at)) : null;
}

/**
 * @param {List} list
 * @param {string} value
 * @returns {Test | null}
 */
function venue({ venues, papers }, value) {
  const found = called(venues, value);
  return found.size ? (paper) => found.has(papers.venues[paper]) : null;
}

/**
 * @param {List} list
 * @param {string} value
 * @returns {Test | null}
 */
function year({ papers }, value) {
  const span = years(value);
  return span && ((paper) => papers.years[paper] >= span[0] && papers.years[paper] <= span[1]);
}

/**
 * The numbers of those in whose name each word begins a word.
 * @param {import("./list.js").Named[]} all
 * @param {string} value
 */
function called(all, value) {
  const asked = plain(value).split(" ");
  const fits = (/** @type {string} */ name) => {
    const parts = plain(name).split(" ");
    return asked.every((word) => parts.some((part) => part.startsWith(word)));
  };
  return new Set(all.flatMap(({ name }, at) => (fits(name) ? [at] : [])));
}

/**
 * The papers that say a phrase.
 * @param {List} list
 * @param {import("./index.js").Index} index
 * @param {string[]} abstracts
 * @param {import("./query.js").Phrase} phrase
 */
function saying(list, index, abstracts, { words: asked, open }) {
  const { ids, titles, otherTitles, aliases, authors, summaries, questions } = list.papers;
  const phrase = ` ${asked.join(" ")}${open ? "" : " "}`;
  const finished = open ? asked.slice(0, -1) : asked;
  const rarest = finished.map((word) => index.find(stem(word)).papers).sort((one, other) => one.length - other.length)[0];
  const says = (/** @type {number} */ paper) => {
    const people = authors[paper].map((at) => list.people[at].name);
    const texts = [titles[paper], otherTitles[paper], summaries[paper], abstracts[paper] ?? "", ...aliases[paper], ...questions[paper], ...people];
    return texts.some((text) => ` ${plain(text)} `.includes(phrase));
  };
  return new Set((rarest ?? ids.map((_, paper) => paper)).filter(says));
}

/**
 * A text as its folded words, a blank between them.
 * @param {string} text
 */
function plain(text) {
  return words(text).map((word) => word.text).join(" ");
}
