// @ts-check
// Creates elements. Whatever a curator or reader wrote is inserted as text, never as HTML.

import { plural, tokens } from "../engine/text.js";
import { ROOT } from "./fetch.js";

/**
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
 * Return a text with the words of these stems highlighted, and those that begin with one of these beginnings.
 * @param {string} text
 * @param {Set<string>} stems
 * @param {string[]} starts
 * @returns {Node[]}
 */
export function highlightWords(text, stems, starts = []) {
  if (!stems.size && !starts.length) return [document.createTextNode(text)];
  const nodes = [];
  let end = 0;
  for (const word of tokens(text)) {
    const isStarted = starts.some((start) => word.forms.some((form) => form.startsWith(start)));
    if (!isStarted && !word.stems.some((one) => stems.has(one))) continue;
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
