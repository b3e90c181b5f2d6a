// @ts-check
// An answer and one of its papers in; why the paper is there out, as far as its title, byline and summary do not show it.

import { carries } from "./list.js";
import { indexed } from "./text.js";
import { told } from "./thesaurus.js";

/**
 * @typedef {import("./list.js").List} List
 * @typedef {import("./readings.js").Reading} Reading
 * @typedef {{label: string, text: string}} Reason
 */

const MOST = 3; // reasons, besides a part of the abstract
const SNIPPET = 180; // characters
const LEAD = 0.3; // of the snippet, before the first word that is shown

/**
 * @param {List} list
 * @param {import("./engine.js").Answer} answer
 * @param {number} paper
 * @param {string} shown the text that is seen anyway
 * @param {string} abstract
 * @returns {Reason[]}
 */
export function reasons(list, answer, paper, shown, abstract) {
  const left = new Map(answer.readings.entries());
  for (const [at, reading] of [...left]) if (reading.light || !reading.forms.size || has(shown, reading)) left.delete(at);
  /** @type {Reason[]} */
  const found = [];
  for (const { concepts, readings } of answer.named) {
    const concept = readings.some((at) => left.has(at)) && concepts.find(({ term }) => carries(list, paper, new Set([term])));
    if (!concept) continue;
    found.push({ label: "Tag", text: told(list, concept, paper) });
    for (const at of readings) left.delete(at);
  }
  const places = placesOf(list, paper);
  while (left.size && found.length < MOST) {
    const gains = places.map(({ says }) => [...left.values()].filter((reading) => has(says, reading)).length);
    const most = Math.max(...gains);
    if (!most) break;
    const { label, text, says } = places[gains.indexOf(most)];
    if (!found.some((reason) => reason.text === text)) found.push({ label, text });
    for (const [at, reading] of [...left]) if (has(says, reading)) left.delete(at);
  }
  const snippet = left.size ? snippetOf(abstract, [...left.values()]) : "";
  return snippet ? [...found, { label: "Abstract", text: snippet }] : found;
}

/**
 * What is told of a paper elsewhere: what it says, and how that is put as a reason.
 * @param {List} list
 * @param {number} paper
 * @returns {(Reason & {says: string})[]}
 */
function placesOf(list, paper) {
  const { papers, terms, categories, people } = list;
  const plain = (/** @type {string} */ label, /** @type {string[]} */ texts) => texts.map((text) => ({ label, text, says: text }));
  return [
    ...plain("Also called", papers.aliases[paper]),
    ...plain("Published as", papers.otherTitles[paper] ? [papers.otherTitles[paper]] : []),
    ...plain("Author", papers.authors[paper].map((at) => people[at].name)),
    ...plain("Answers", papers.questions[paper]),
    ...papers.tags[paper].flatMap((term) =>
      [terms[term].name, ...terms[term].aliases].map((alias) => ({ label: "Tag", text: told(list, { term, alias }, paper), says: alias })),
    ),
    ...plain("Shelf", [categories[papers.categories[paper]].name]),
  ];
}

/**
 * Whether a text has a word of the query.
 * @param {string} text
 * @param {Reading} reading
 */
function has(text, reading) {
  return indexed(text).some(({ stems }) => stems.some((stem) => reading.forms.has(stem)));
}

/**
 * The part of a text that has most of the words of a query; nothing where it has none.
 * @param {string} text
 * @param {Reading[]} readings
 */
function snippetOf(text, readings) {
  const found = indexed(text).flatMap(({ start, end, stems }) => {
    const reading = readings.findIndex((one) => stems.some((stem) => one.forms.has(stem)));
    return reading < 0 ? [] : [{ start, end, reading }];
  });
  if (!found.length) return "";
  const within = found.map(({ start }) => {
    const near = found.filter((other) => other.start >= start && other.end <= start + SNIPPET * (1 - LEAD));
    return new Set(near.map((other) => other.reading)).size;
  });
  const first = found[within.indexOf(Math.max(...within))];
  const from = first.start < SNIPPET * LEAD ? 0 : text.indexOf(" ", first.start - SNIPPET * LEAD) + 1;
  const to = text.length <= from + SNIPPET ? text.length : Math.max(text.lastIndexOf(" ", from + SNIPPET), first.end);
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}
