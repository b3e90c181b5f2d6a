// @ts-check
// Decides which papers satisfy the conditions, phrases and excluded words of a query.

import { hasAnyTerm } from "./columns.js";
import { yearRange } from "./query.js";
import { stem, words } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./inverted-index.js").InvertedIndex} InvertedIndex
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./query.js").Phrase} Phrase
 * @typedef {(paper: number) => boolean} PaperTest
 * @typedef {{passes: PaperTest, unknownConditions: string[], missingPhrases: string[]}} QueryFilter Conditions whose
 *   value is unknown here, and phrases that no paper has; neither holds a paper back.
 */

/** What each operator asks of a paper; null if its value is unknown. */
const OPERATORS = /** @type {const} */ ({ tag: tagTest, author: authorTest, venue: venueTest, year: yearTest });

/**
 * Return the test that a query puts papers to.
 * @param {List} list
 * @param {InvertedIndex} index
 * @param {string[]} abstracts those that are there
 * @param {Query} query
 * @returns {QueryFilter}
 */
export function queryFilter(list, index, abstracts, query) {
  /** @type {PaperTest[]} */
  const tests = [];
  const unknownConditions = [];
  const missingPhrases = [];
  for (const { operator, value, negated } of query.conditions) {
    const test = OPERATORS[operator](list, value);
    if (test) tests.push(negated ? (paper) => !test(paper) : test);
    else unknownConditions.push(`${operator}:${value}`);
  }
  for (const word of query.excluded) {
    const having = new Set(index.postings(stem(word)).papers);
    tests.push((paper) => !having.has(paper));
  }
  for (const phrase of query.phrases) {
    const having = papersWithPhrase(list, index, abstracts, phrase);
    if (phrase.negated) tests.push((paper) => !having.has(paper));
    else if (having.size) tests.push((paper) => having.has(paper));
    else if (phrase.words.length > 1) missingPhrases.push(phrase.words.join(" "));
  }
  return { passes: (paper) => tests.every((test) => test(paper)), unknownConditions, missingPhrases };
}

/**
 * @param {List} list
 * @param {string} value the id, name or alias of a term, or the beginning of one
 * @returns {PaperTest | null}
 */
function tagTest(list, value) {
  const asked = normalize(value);
  const names = list.terms.map((term) => [term.id, term.name, ...term.aliases].map(normalize));
  const termsWhere = (/** @type {(name: string) => boolean} */ fits) =>
    new Set(names.flatMap((all, term) => (all.some(fits) ? [term] : [])));
  const exact = termsWhere((name) => name === asked);
  const found = exact.size ? exact : termsWhere((name) => name.startsWith(asked));
  return found.size ? (paper) => hasAnyTerm(list, paper, found) : null;
}

/**
 * @param {List} list
 * @param {string} value
 * @returns {PaperTest | null}
 */
function authorTest({ people, papers }, value) {
  const found = indexesByName(people, value);
  return found.size ? (paper) => papers.authors[paper].some((at) => found.has(at)) : null;
}

/**
 * @param {List} list
 * @param {string} value
 * @returns {PaperTest | null}
 */
function venueTest({ venues, papers }, value) {
  const found = indexesByName(venues, value);
  return found.size ? (paper) => found.has(papers.venues[paper]) : null;
}

/**
 * @param {List} list
 * @param {string} value
 * @returns {PaperTest | null}
 */
function yearTest({ papers }, value) {
  const range = yearRange(value);
  return range && ((paper) => papers.years[paper] >= range[0] && papers.years[paper] <= range[1]);
}

/**
 * Return the numbers of the items in whose name each word begins a word.
 * @param {import("./columns.js").NamedItem[]} items
 * @param {string} value
 */
function indexesByName(items, value) {
  const asked = normalize(value).split(" ");
  const fits = (/** @type {string} */ name) => {
    const parts = normalize(name).split(" ");
    return asked.every((word) => parts.some((part) => part.startsWith(word)));
  };
  return new Set(items.flatMap(({ name }, at) => (fits(name) ? [at] : [])));
}

/**
 * Return the papers that have a phrase.
 * @param {List} list
 * @param {InvertedIndex} index
 * @param {string[]} abstracts
 * @param {Phrase} phrase
 */
function papersWithPhrase(list, index, abstracts, { words: asked, open }) {
  const phrase = ` ${asked.join(" ")}${open ? "" : " "}`;
  const finished = open ? asked.slice(0, -1) : asked;
  const papers = finished.map((word) => index.postings(stem(word)).papers);
  const fewest = papers.sort((one, other) => one.length - other.length)[0];
  const candidates = fewest ?? list.papers.ids.map((_, paper) => paper);
  const has = (/** @type {string} */ text) => ` ${normalize(text)} `.includes(phrase);
  return new Set(candidates.filter((paper) => quotableTexts(list, abstracts, paper).some(has)));
}

/**
 * Return the texts of a paper in which a phrase is looked for.
 * @param {List} list
 * @param {string[]} abstracts
 * @param {number} paper
 */
function quotableTexts({ papers, people }, abstracts, paper) {
  const { titles, otherTitles, aliases, authors, summaries, questions } = papers;
  const names = authors[paper].map((at) => people[at].name);
  const whole = [titles[paper], otherTitles[paper], summaries[paper], abstracts[paper] ?? ""];
  return [...whole, ...aliases[paper], ...questions[paper], ...names];
}

/**
 * Return a text as its folded words, with one space between them.
 * @param {string} text
 */
function normalize(text) {
  return words(text)
    .map((word) => word.text)
    .join(" ");
}
