// @ts-check
// Draws a paper as a row of the results, as in every list, with the reasons why it matches.

import { reasons } from "../engine/reasons.js";
import { bylineParts, fileLinks, publishedDates } from "../engine/rows.js";
import { element, highlightWords, matchedStems, paperAddress, siteAddress } from "./draw.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/engine.js").Answer} Answer
 * @typedef {import("../engine/rows.js").TextPart} TextPart
 * @typedef {{tags: number[], heading: string, compact: boolean}} Setting What a row owes to its list: the tags that tell
 *   the paper from the others, the year that begins with it, and whether it is short.
 */

const NONE = /** @type {Set<string>} */ (new Set());

/**
 * Return a row.
 * @param {Engine} engine
 * @param {Answer} answer
 * @param {number} paper
 * @param {Setting} setting
 */
export function resultRow(engine, answer, paper, { tags, heading, compact }) {
  const { list, abstracts } = engine;
  const { ids, titles, summaries } = list.papers;
  const stems = matchedStems(answer);
  const mark = (/** @type {string} */ text) => highlightWords(text, stems);
  const line = detailParts(list, paper);
  const summary = compact ? "" : summaries[paper];
  const names = tags.map((tag) => list.terms[tag].name);
  const visible = [titles[paper], partsText(line), summary, ...names].join(" ; ");
  const why = compact ? [] : reasons(list, answer, paper, visible, abstracts[paper] ?? "");
  return element(
    "li",
    { "data-paper": ids[paper] },
    heading && element("h2", { class: "year" }, heading),
    element("a", { class: "work", href: paperAddress(ids[paper]) }, ...mark(titles[paper])),
    line.length > 0 && element("p", { class: "byline" }, ...line.flatMap((part) => partNodes(part, stems))),
    summary && element("p", { class: "summary" }, ...mark(summary)),
    !compact && engine.awaitsSummary(paper) && element("p", { class: "summary awaited" }),
    ...why.map(({ label, text, missing }) =>
      element("p", { class: "reason" }, element("b", {}, label), " ", ...highlightWords(text, missing ? NONE : stems)),
    ),
    fileAndTagLinks(list, paper, tags, stems),
  );
}

/**
 * Return who wrote a paper and when and where it was published, as one line.
 * @param {Engine["list"]} list
 * @param {number} paper
 */
export function details(list, paper) {
  return partsText(detailParts(list, paper));
}

/**
 * Return the parts of that line. A dot between two facts never begins a line.
 * @param {Engine["list"]} list
 * @param {number} paper
 * @returns {TextPart[]}
 */
function detailParts(list, paper) {
  const names = bylineParts(list, paper);
  const dates = publishedDates(list, paper);
  return [...names, ...dates.map((date, at) => ({ text: at || names.length ? `\u00a0· ${date}` : date }))];
}

/** @param {TextPart[]} parts */
function partsText(parts) {
  return parts.map(({ text }) => text).join("");
}

/**
 * Return the links to the paper's files and tags, or null if there are none.
 * @param {Engine["list"]} list
 * @param {number} paper
 * @param {number[]} tags
 * @param {Set<string>} stems
 */
function fileAndTagLinks(list, paper, tags, stems) {
  const links = (/** @type {TextPart[]} */ parts) => parts.flatMap((part) => [...partNodes(part, stems), " "]);
  const files = fileLinks(list, paper);
  const named = tags.map((tag) => ({ text: list.terms[tag].name, to: `tags/${list.terms[tag].id}/` }));
  if (!files.length && !named.length) return null;
  const tagged = named.length > 0 && element("span", {}, ...links(named));
  return element("p", { class: "marks" }, ...links(files), tagged);
}

/**
 * @param {TextPart} part
 * @param {Set<string>} stems
 * @returns {Node[]}
 */
function partNodes({ text, to }, stems) {
  const nodes = highlightWords(text, stems);
  return to ? [element("a", { href: siteAddress(to) }, ...nodes)] : nodes;
}
