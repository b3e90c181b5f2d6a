// @ts-check
// Explains why a paper matches a query, where its title, byline, and summary do not already show it.

import { hasAnyTerm, termAndAncestors } from "./columns.js";
import { tokens } from "./text.js";
import { briefTagReason, tagReason } from "./thesaurus.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {{label: string, text: string, brief: string, missing?: boolean}} Reason Also in a few words. Missing are words
 *   that the paper does not have.
 * @typedef {Reason & {source: string}} PossibleReason The source is the text that is searched for words.
 */

const MOST_REASONS = 3; // not counting the snippet of the abstract
const QUESTION = "Answers"; // the label of such reasons
const NONE = /** @type {Set<string>} */ (new Set());
const SNIPPET_LENGTH = 180; // characters
const SNIPPET_LEAD = 0.3; // share of the snippet before the first matched word

/**
 * Return the reasons why a paper matches a query.
 * @param {List} list
 * @param {Answer} answer
 * @param {number} paper
 * @param {string} visible the text that the row shows anyway
 * @param {string} abstract
 * @param {(own: PossibleReason[]) => PossibleReason[]} choose chooses from the reasons of what the paper says
 * @returns {Reason[]}
 */
export function reasons(list, answer, paper, visible, abstract, choose = (own) => own) {
  const unexplained = new Map(answer.matches.entries());
  for (const [at, match] of [...unexplained])
    if (match.stopWord || !match.stems.size || hasMatch(visible, match)) unexplained.delete(at);
  const own = ownReasons(list, paper);
  const indirect = indirectReasons(list, paper);
  const found = [...mentionReasons(list, answer, paper, unexplained, false)];
  explain(unexplained, choose(own), found);
  const snippet = unexplained.size ? abstractSnippet(abstract, [...unexplained.values()]) : "";
  const inAbstract = { label: "Abstract", text: snippet, brief: "named in the abstract", source: abstract };
  explain(unexplained, [inAbstract], found, MOST_REASONS + 1);
  found.push(...mentionReasons(list, answer, paper, unexplained, true));
  explain(unexplained, indirect, found);
  const texts = [visible, abstract, ...[...own, ...indirect].map(({ source }) => source)];
  return answer.near.has(paper) ? [...found, ...missingWords([...unexplained.values()], texts)] : found;
}

/**
 * Return the main reason why a paper matches a query, or none if what a suggestion shows already says it. Questions, which
 * no page shows, are the last resort.
 * @param {List} list
 * @param {Answer} answer
 * @param {number} paper
 * @param {string} visible the text that the suggestion shows anyway
 * @param {string} abstract
 */
export function briefReason(list, answer, paper, visible, abstract) {
  const summary = plainReasons("Summary", [list.papers.summaries[paper]], () => "named in the summary");
  const isQuestion = (/** @type {Reason} */ { label }) => label === QUESTION;
  const of = (/** @type {(own: PossibleReason[]) => PossibleReason[]} */ choose) =>
    reasons(list, answer, paper, visible, abstract, choose);
  const found = of((own) => [...own.filter((reason) => !isQuestion(reason)), ...summary]);
  return found.find(({ missing }) => missing) ?? found[0] ?? of((own) => own.filter(isQuestion))[0];
}

/**
 * Add reasons to those found, the ones that explain most words first, and delete these words from `unexplained`.
 * @param {Map<number, WordMatch>} unexplained
 * @param {PossibleReason[]} possible
 * @param {Reason[]} found
 * @param {number} most of all reasons found
 */
function explain(unexplained, possible, found, most = MOST_REASONS) {
  while (unexplained.size && found.length < most) {
    const gains = possible.map(
      ({ source }) => [...unexplained.values()].filter((match) => hasMatch(source, match)).length,
    );
    const gain = Math.max(0, ...gains);
    if (!gain) break;
    const { label, text, brief, source } = possible[gains.indexOf(gain)];
    if (!found.some((reason) => reason.text === text)) found.push({ label, text, brief });
    for (const [at, match] of [...unexplained]) if (hasMatch(source, match)) unexplained.delete(at);
  }
}

/**
 * Return what to say about words that none of a paper's texts has.
 * @param {WordMatch[]} matches
 * @param {string[]} texts
 * @returns {Reason[]}
 */
function missingWords(matches, texts) {
  const missing = matches.filter((match) => !texts.some((text) => hasMatch(text, match, NONE)));
  const quoted = missing.map(({ word }) => `“${word}”`).join(", ");
  return quoted ? [{ label: "Without", text: quoted, brief: `without ${quoted}`, missing: true }] : [];
}

/**
 * Yield a reason for each mentioned term that the paper has, and delete the words that it explains from `unexplained`.
 * @param {List} list
 * @param {Answer} answer
 * @param {number} paper
 * @param {Map<number, WordMatch>} unexplained
 * @param {boolean} covered whether to yield those that are named by what they cover, or the others
 * @returns {Iterable<Reason>}
 */
function* mentionReasons(list, answer, paper, unexplained, covered) {
  for (const { concepts, matches } of answer.mentions) {
    if (!matches.some((at) => unexplained.has(at))) continue;
    const concept = concepts.find(({ term }) => hasAnyTerm(list, paper, new Set([term])));
    if (concept?.covered !== covered) continue;
    yield { label: "Tag", text: tagReason(list, concept, paper), brief: briefTagReason(list, concept) };
    for (const at of matches) unexplained.delete(at);
  }
}

/**
 * Return the possible reasons to find a paper for what it says, other than its title, byline, summary, and abstract.
 * @param {List} list
 * @param {number} paper
 * @returns {PossibleReason[]}
 */
function ownReasons(list, paper) {
  const { papers, categories, people } = list;
  return [
    ...plainReasons("Also called", papers.aliases[paper]),
    ...plainReasons("Introduces", papers.introduces[paper]),
    ...plainReasons("Published as", [papers.otherTitles[paper]]),
    ...plainReasons(
      "Author",
      papers.authors[paper].flatMap((at) => people[at].names),
      (name) => `by ${name}`,
    ),
    ...plainReasons(QUESTION, papers.questions[paper], () => "named in a question it answers"),
    ...tagReasons(list, paper, ({ name, aliases }) => [name, ...aliases], false),
    ...plainReasons("Shelf", [categories[papers.categories[paper]].name]),
    ...plainReasons("Source", [papers.sources[paper]]),
  ];
}

/**
 * Return the possible reasons to find a paper for what its terms mean.
 * @param {List} list
 * @param {number} paper
 */
function indirectReasons(list, paper) {
  const texts = list.papers.tags[paper].flatMap((tag) => {
    const { name, definition, questions } = list.terms[tag];
    return plainReasons(
      "Tag",
      [definition, ...questions].map((text) => `${name}: ${text}`),
      () => `tag ${name}`,
    );
  });
  return [...tagReasons(list, paper, ({ covers }) => covers, true), ...texts];
}

/**
 * @param {string} label
 * @param {string[]} texts
 * @param {(text: string) => string} brief
 * @returns {PossibleReason[]}
 */
function plainReasons(label, texts, brief = (text) => `${label.toLowerCase()} ${text}`) {
  return texts.map((text) => ({ label, text, brief: brief(text), source: text }));
}

/**
 * Return a possible reason for each of the names that a function returns for each term of a paper.
 * @param {List} list
 * @param {number} paper
 * @param {(term: import("./columns.js").Term) => string[]} names
 * @param {boolean} covered
 * @returns {PossibleReason[]}
 */
function tagReasons(list, paper, names, covered) {
  const inherited = new Set(list.papers.tags[paper].flatMap((tag) => termAndAncestors(list.terms, tag)));
  return [...inherited].flatMap((term) =>
    names(list.terms[term]).map((alias) => ({
      label: "Tag",
      text: tagReason(list, { term, alias, covered }, paper),
      brief: briefTagReason(list, { term, alias, covered }),
      source: alias,
    })),
  );
}

/**
 * Return whether a text contains a word of the query, by any of its stems but those given.
 * @param {string} text
 * @param {WordMatch} match
 * @param {Set<string>} without by default the synonyms, which are other words
 */
function hasMatch(text, match, without = match.synonyms) {
  return tokens(text).some(({ stems }) => stems.some((stem) => match.stems.has(stem) && !without.has(stem)));
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
