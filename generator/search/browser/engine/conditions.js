// @ts-check
// Decides which papers satisfy the conditions, phrases, and excluded words of a query.

import { hasAnyTerm, OWN_STATES } from "./columns.js";
import { papersIdentified } from "./identifiers.js";
import { operatorAdvice, wantsCode } from "./operators.js";
import { yearRange } from "./query.js";
import { stem, words } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./inverted-index.js").InvertedIndex} InvertedIndex
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./query.js").Phrase} Phrase
 * @typedef {(paper: number) => boolean} PaperTest
 * @typedef {import("./operators.js").Condition} Condition
 * @typedef {import("./operators.js").UnknownOperator & {advice: string}} AdvisedOperator What to try instead, if anything.
 * @typedef {{
 *   passes: PaperTest, unknownConditions: string[], missingPhrases: string[], unknownOperators: AdvisedOperator[],
 *   unknownIdentifiers: boolean,
 * }} QueryFilter The test that papers have to pass; the conditions with an unknown value, the phrases that no paper has,
 *   and the unknown operators, which it ignores; and whether no paper is identified by what is to identify one.
 */

/** For each operator, the function that returns its test for a value, or null if the value is unknown. */
const TESTS = /** @type {const} */ ({
  ...{ tag: tagTest, author: authorTest, venue: venueTest, year: yearTest },
  ...{ shelf: shelfTest, kind: kindTest, code: codeTest, mine: ownTest },
});

/**
 * Return the filter for a query.
 * @param {List} list
 * @param {InvertedIndex} index
 * @param {string[]} abstracts those loaded so far, by paper
 * @param {Query} query
 * @returns {QueryFilter}
 */
export function queryFilter(list, index, abstracts, query) {
  /** @type {PaperTest[]} */
  const tests = [];
  const unknownConditions = [];
  const missingPhrases = [];
  for (const { operator, value, negated } of query.conditions) {
    const test = TESTS[operator](list, value);
    if (test) tests.push(negated ? (paper) => !test(paper) : test);
    else unknownConditions.push(`${operator}:${value}`);
  }
  for (const word of query.excluded) {
    const having = new Set(index.postings(stem(word)).papers);
    const terms = termsWhere(list, (name) => name === word);
    tests.push((paper) => !having.has(paper) && !hasAnyTerm(list, paper, terms));
  }
  for (const phrase of query.phrases) {
    const having = papersWithPhrase(list, index, abstracts, phrase);
    if (phrase.negated) tests.push((paper) => !having.has(paper));
    else if (having.size) tests.push((paper) => having.has(paper));
    else if (phrase.words.length > 1) missingPhrases.push(phrase.words.join(" "));
  }
  const identified = query.identifiers.map((identifier) => papersIdentified(list, identifier));
  for (const having of identified) tests.push((paper) => having.has(paper));
  return {
    passes: (paper) => tests.every((test) => test(paper)),
    ...{ unknownConditions, missingPhrases, unknownOperators: advisedOperators(list, query) },
    unknownIdentifiers: identified.some((having) => !having.size),
  };
}

/**
 * Return the unknown operators of a query with what to try instead.
 * @param {List} list
 * @param {Query} query
 * @returns {AdvisedOperator[]}
 */
function advisedOperators(list, { unknownOperators }) {
  const isKnown = (/** @type {Condition["operator"]} */ operator, /** @type {string} */ value) =>
    Boolean(TESTS[operator](list, value));
  return unknownOperators.map((unknown) => ({ ...unknown, advice: operatorAdvice(unknown, isKnown) }));
}

/**
 * @param {List} list
 * @param {string} value the id, name, or alias of a term, or the beginning of one
 * @returns {PaperTest | null}
 */
function tagTest(list, value) {
  const asked = normalize(value);
  const exact = termsWhere(list, (name) => name === asked);
  const found = exact.size ? exact : termsWhere(list, (name) => name.startsWith(asked));
  return found.size ? (paper) => hasAnyTerm(list, paper, found) : null;
}

/**
 * Return the terms of which the id, the name, or an alias fits.
 * @param {List} list
 * @param {(name: string) => boolean} fits
 */
function termsWhere({ terms }, fits) {
  const names = terms.map(({ id, name, aliases }) => [id, name, ...aliases].map(normalize));
  return new Set(names.flatMap((all, term) => (all.some(fits) ? [term] : [])));
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
 * @param {List} list
 * @param {string} value
 * @returns {PaperTest | null}
 */
function shelfTest({ categories, papers }, value) {
  const found = indexesByName(categories, value);
  return found.size ? (paper) => found.has(papers.categories[paper]) : null;
}

/**
 * @param {List} list
 * @param {string} value
 * @returns {PaperTest | null}
 */
function kindTest({ kinds, papers }, value) {
  const found = indexesByName(kinds, value);
  return found.size ? (paper) => found.has(papers.kinds[paper]) : null;
}

/**
 * @param {List} list
 * @param {string} value
 * @returns {PaperTest | null}
 */
function codeTest({ papers }, value) {
  const wanted = wantsCode(value);
  return wanted === undefined ? null : (paper) => Boolean(papers.code[paper]) === wanted;
}

/**
 * @param {List} list
 * @param {string} value a state of papers on the reader's list, or a tag of the reader's
 * @returns {PaperTest | null}
 */
function ownTest({ own }, value) {
  const asked = normalize(value);
  const fitting = (/** @type {import("./columns.js").NamedItem[]} */ items) =>
    new Set(items.flatMap(({ id, name }, at) => ([id, name].some((one) => normalize(one) === asked) ? [at] : [])));
  const states = fitting(OWN_STATES);
  if (states.size) return (paper) => own.states[paper]?.some((at) => states.has(at)) ?? false;
  const tags = fitting(own.tagNames);
  return tags.size ? (paper) => own.tags[paper].some((at) => tags.has(at)) : null;
}

/**
 * Return the indexes of the items of which a name matches: each word of the value begins a word of the name.
 * @param {(import("./columns.js").NamedItem & {names?: string[]})[]} items
 * @param {string} value
 */
function indexesByName(items, value) {
  const asked = normalize(value).split(" ");
  const fits = (/** @type {string} */ name) => {
    const parts = normalize(name).split(" ");
    return asked.every((word) => parts.some((part) => part.startsWith(word)));
  };
  return new Set(items.flatMap(({ name, names = [name] }, at) => (names.some(fits) ? [at] : [])));
}

/**
 * Return the papers that contain a phrase.
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
 * Return the texts of a paper that are searched for a phrase.
 * @param {List} list
 * @param {string[]} abstracts
 * @param {number} paper
 */
function quotableTexts({ papers, people }, abstracts, paper) {
  const { titles, otherTitles, aliases, introduces, authors, summaries, questions } = papers;
  const names = authors[paper].flatMap((at) => people[at].names);
  const whole = [titles[paper], otherTitles[paper], summaries[paper], abstracts[paper] ?? ""];
  return [...whole, ...aliases[paper], ...introduces[paper], ...questions[paper], ...names];
}

/**
 * Return the folded words of a text, separated by single spaces.
 * @param {string} text
 */
function normalize(text) {
  return words(text)
    .map((word) => word.text)
    .join(" ");
}
