// @ts-check
// Creates elements, and remarks on an answer. Whatever a curator or reader wrote is inserted as text, never
// as HTML.

import { nameNote } from "../engine/places.js";
import { plural, stem, tokens } from "../engine/text.js";
import { ROOT } from "./data.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/engine.js").Answer} Answer
 * @typedef {string | Node | null | false | undefined} Child
 */

/** What the list calls an entry, in the singular and plural. */
export const WORDS = /** @type {{one: string, many: string}} */ (
  /** @type {HTMLElement} */ (document.querySelector("header")).dataset
);

/** The pages that list everything: their addresses and names. */
export const PLAIN_PAGES = [
  ["browse/", `All ${WORDS.many}`],
  ["categories/", "Topics"],
  ["tags/", "Tags"],
  ["authors/", "Authors"],
];

/**
 * Return a new element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | ((event: any) => void) | undefined>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

/**
 * Return the stems to highlight for an answer.
 * @param {Answer} answer
 */
export function matchedStems(answer) {
  const stems = new Set();
  for (const match of answer.matches) if (!match.stopWord) for (const stem of match.stems.keys()) stems.add(stem);
  return stems;
}

/**
 * Return a text with the words of these stems highlighted.
 * @param {string} text
 * @param {Set<string>} stems
 * @returns {Node[]}
 */
export function highlightWords(text, stems) {
  if (!stems.size) return [document.createTextNode(text)];
  const nodes = [];
  let end = 0;
  for (const word of tokens(text)) {
    if (!word.stems.some((one) => stems.has(one))) continue;
    nodes.push(
      document.createTextNode(text.slice(end, word.start)),
      element("mark", {}, text.slice(word.start, word.end)),
    );
    end = word.end;
  }
  return [...nodes, document.createTextNode(text.slice(end))];
}

/**
 * Return a number of entries with the list's noun for them.
 * @param {number} count
 */
export function entryCount(count) {
  return plural(count, WORDS.one, WORDS.many);
}

/**
 * Return the URL of a page of the site.
 * @param {string} path
 */
export function siteAddress(path) {
  return new URL(path, ROOT).href;
}

/**
 * Return the URL of a paper's page.
 * @param {string} id
 */
export function paperAddress(id) {
  return siteAddress(`papers/${id}/`);
}

/**
 * Return what a link to another page than a paper's says: its kind, its name and the number of its papers.
 * @param {import("../engine/places.js").NamedPlace} found
 */
export function placeContent(found) {
  const { kind, names, papers } = found.place;
  const note = [nameNote(found), entryCount(papers)].filter(Boolean).join("\u00a0· ");
  return [element("span", { class: "kind" }, kind), " ", names[0].text, " ", element("span", { class: "count" }, note)];
}

/**
 * Return remarks on an answer: corrected words, words that no paper has, and the like.
 * @param {Answer} answer
 * @param {number[]} papers those of the answer that are shown
 * @returns {string[]}
 */
export function answerRemarks(answer, papers) {
  const corrected = answer.matches.filter(
    ({ word, correction, stems }) => stems.size && stem(correction) !== stem(word),
  );
  return [
    ...corrected.map(({ word, correction }) => `Showing results for “${correction}” instead of “${word}”.`),
    ...completenessRemarks(answer, papers),
    ...answer.missingPhrases.map((phrase) => `No ${WORDS.many} contain the phrase “${phrase}”.`),
    ...answer.unknownConditions.map((condition) => `${condition} is not known here and was left out.`),
  ];
}

/**
 * Return remarks on how many papers have all of the words.
 * @param {Answer} answer
 * @param {number[]} papers
 */
function completenessRemarks({ matches, missingWords, near }, papers) {
  const count = papers.filter((paper) => !near.has(paper)).length;
  if (count === papers.length) return [];
  const quoted = missingWords.map((word) => `“${word}”`);
  if (quoted.length) return [`No ${WORDS.many} contain ${quoted.join(" or ")}; these are near matches.`];
  const every = matches.filter((match) => !match.stopWord).length > 1 ? "every word" : "the word itself";
  if (!count) return [`No ${WORDS.many} contain ${every}; these are near matches.`];
  return [`${entryCount(count)} ${count === 1 ? "contains" : "contain"} ${every}; the others are near matches.`];
}
