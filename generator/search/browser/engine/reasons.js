// @ts-check
// Explains why a paper matches a query, where its title, byline, and summary do not already show it.

import { hasAnyTerm, termAndAncestors } from "./columns.js";
import { tokens } from "./text.js";
import { tagReason } from "./thesaurus.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {{label: string, text: string, missing?: boolean}} Reason Missing are words that the paper does not have.
 * @typedef {Reason & {source: string}} PossibleReason The source is the text that is searched for words.
 */

const MOST_REASONS = 3; // not counting the snippet of the abstract
const SNIPPET_LENGTH = 180; // characters
const SNIPPET_LEAD = 0.3; // share of the snippet before the first matched word

/**
 * Return the reasons why a paper matches a query.
 * @param {List} list
 * @param {Answer} answer
 * @param {number} paper
 * @param {string} visible the text that the row shows anyway
 * @param {string} abstract
 * @returns {Reason[]}
 */
export function reasons(list, answer, paper, visible, abstract) {
  const unexplained = new Map(answer.matches.entries());
  for (const [at, match] of [...unexplained])
    if (match.stopWord || !match.stems.size || hasMatch(visible, match)) unexplained.delete(at);
  const found = [...mentionReasons(list, answer, paper, unexplained)];
  const possible = possibleReasons(list, paper);
  while (unexplained.size && found.length < MOST_REASONS) {
    const gains = possible.map(
      ({ source }) => [...unexplained.values()].filter((match) => hasMatch(source, match)).length,
    );
    const most = Math.max(...gains);
    if (!most) break;
    const { label, text, source } = possible[gains.indexOf(most)];
    if (!found.some((reason) => reason.text === text)) found.push({ label, text });
    for (const [at, match] of [...unexplained]) if (hasMatch(source, match)) unexplained.delete(at);
  }
  const snippet = unexplained.size ? abstractSnippet(abstract, [...unexplained.values()]) : "";
  if (snippet) found.push({ label: "Abstract", text: snippet });
  const texts = [abstract, ...possible.map(({ source }) => source)];
  return answer.near.has(paper) ? [...found, ...missingWords([...unexplained.values()], texts)] : found;
}

/**
 * Return what to say about words that none of a paper's texts has.
 * @param {WordMatch[]} matches
 * @param {string[]} texts
 * @returns {Reason[]}
 */
function missingWords(matches, texts) {
  const missing = matches.filter((match) => !texts.some((text) => hasMatch(text, match)));
  const quoted = missing.map(({ word }) => `“${word}”`).join(", ");
  return quoted ? [{ label: "Without", text: quoted, missing: true }] : [];
}

/**
 * Yield a reason for each mentioned term that the paper has, and delete the words that it explains from `unexplained`.
 * @param {List} list
 * @param {Answer} answer
 * @param {number} paper
 * @param {Map<number, WordMatch>} unexplained
 * @returns {Iterable<Reason>}
 */
function* mentionReasons(list, answer, paper, unexplained) {
  for (const { concepts, matches } of answer.mentions) {
    if (!matches.some((at) => unexplained.has(at))) continue;
    const concept = concepts.find(({ term }) => hasAnyTerm(list, paper, new Set([term])));
    if (!concept) continue;
    yield { label: "Tag", text: tagReason(list, concept, paper) };
    for (const at of matches) unexplained.delete(at);
  }
}

/**
 * Return the possible reasons to find a paper other than its title, byline, summary, and abstract.
 * @param {List} list
 * @param {number} paper
 * @returns {PossibleReason[]}
 */
function possibleReasons(list, paper) {
  const { papers, terms, categories, people } = list;
  const plain = (/** @type {string} */ label, /** @type {string[]} */ texts) =>
    texts.map((text) => ({ label, text, source: text }));
  const inherited = new Set(papers.tags[paper].flatMap((tag) => termAndAncestors(terms, tag)));
  const tags = [...inherited].flatMap((term) =>
    [terms[term].name, ...terms[term].aliases, ...terms[term].covers].map((alias, at) => ({
      label: "Tag",
      text: tagReason(list, { term, alias, covered: at > terms[term].aliases.length }, paper),
      source: alias,
    })),
  );
  return [
    ...plain("Also called", papers.aliases[paper]),
    ...plain("Introduces", papers.introduces[paper]),
    ...plain("Published as", [papers.otherTitles[paper]]),
    ...plain(
      "Author",
      papers.authors[paper].flatMap((at) => people[at].names),
    ),
    ...plain("Answers", papers.questions[paper]),
    ...tags,
    ...plain(
      "Tag",
      papers.tags[paper].flatMap((term) =>
        [terms[term].definition, ...terms[term].questions].map((text) => `${terms[term].name}: ${text}`),
      ),
    ),
    ...plain("Shelf", [categories[papers.categories[paper]].name]),
    ...plain("Source", [papers.sources[paper]]),
  ];
}

/**
 * Return whether a text contains a word of the query.
 * @param {string} text
 * @param {WordMatch} match
 */
function hasMatch(text, match) {
  return tokens(text).some(({ stems }) => stems.some((stem) => match.stems.has(stem)));
}

/**
 * Return the part of a text with the most words of the query; empty if it has none of them.
 * @param {string} text
 * @param {WordMatch[]} matches
 */
function abstractSnippet(text, matches) {
  const found = tokens(text).flatMap(({ start, end, stems }) => {
    const match = matches.findIndex((one) => stems.some((stem) => one.stems.has(stem)));
    return match < 0 ? [] : [{ start, end, match }];
  });
  if (!found.length) return "";
  const within = found.map(({ start }) => {
    const near = found.filter(
      (other) => other.start >= start && other.end <= start + SNIPPET_LENGTH * (1 - SNIPPET_LEAD),
    );
    return new Set(near.map((other) => other.match)).size;
  });
  const first = found[within.indexOf(Math.max(...within))];
  const lead = SNIPPET_LENGTH * SNIPPET_LEAD;
  const from = first.start < lead ? 0 : text.indexOf(" ", first.start - lead) + 1;
  const end = from + SNIPPET_LENGTH;
  const to = text.length <= end ? text.length : Math.max(text.lastIndexOf(" ", end), first.end);
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}
