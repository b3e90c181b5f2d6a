// @ts-check
// Answers in; elements of the page out. Whatever a curator or a reader wrote goes in as text.

import { reasons } from "../engine/reasons.js";
import { ROOT } from "./source.js";
import { indexed, stem } from "../engine/text.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/engine.js").Answer} Answer
 * @typedef {string | Node | null | false | undefined} Child
 */

const NAMED = 4; // authors named in a row; of more, the first three and a count

/**
 * An element with attributes and children.
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
 * The stems to be marked for an answer.
 * @param {Answer} answer
 */
export function marking(answer) {
  const stems = new Set();
  for (const reading of answer.readings) if (!reading.light) for (const form of reading.forms.keys()) stems.add(form);
  return stems;
}

/**
 * A text with the words of these stems marked.
 * @param {string} text
 * @param {Set<string>} stems
 * @returns {Node[]}
 */
export function marked(text, stems) {
  if (!stems.size) return [document.createTextNode(text)];
  const nodes = [];
  let end = 0;
  for (const word of indexed(text)) {
    if (!word.stems.some((one) => stems.has(one))) continue;
    nodes.push(document.createTextNode(text.slice(end, word.start)), element("mark", {}, text.slice(word.start, word.end)));
    end = word.end;
  }
  return [...nodes, document.createTextNode(text.slice(end))];
}

/**
 * The authors of a paper in short.
 * @param {Engine} engine
 * @param {number} paper
 */
export function byline({ list }, paper) {
  const names = list.papers.authors[paper].map((at) => list.people[at].name);
  if (names.length > NAMED) names.splice(NAMED - 1, names.length, `${names.length - NAMED + 1} others`);
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");
}

/**
 * A paper's address.
 * @param {string} id
 */
export function paperAddress(id) {
  return new URL(`papers/${id}/`, ROOT).href;
}

/**
 * A row of the results: the paper as it stands in every list, and why it is here.
 * @param {Engine} engine
 * @param {Answer} answer
 * @param {number} paper
 * @param {boolean} compact
 */
export function row(engine, answer, paper, compact) {
  const { ids, titles, when, summaries } = engine.list.papers;
  const stems = marking(answer);
  const authors = byline(engine, paper);
  const summary = compact ? "" : summaries[paper];
  const why = compact ? [] : reasons(engine.list, answer, paper, `${titles[paper]} ; ${authors} ; ${when[paper]} ; ${summary}`, engine.abstracts[paper] ?? "");
  return element(
    "li",
    { "data-paper": ids[paper] },
    element("a", { class: "work", href: paperAddress(ids[paper]) }, ...marked(titles[paper], stems)),
    element(
      "p",
      { class: "byline" },
      ...marked(authors, stems),
      when[paper] && " ",
      when[paper] && element("span", { class: "when" }, ...marked(when[paper], stems)),
    ),
    summary && element("p", { class: "summary" }, ...marked(summary, stems)),
    ...why.map(({ label, text }) => element("p", { class: "reason" }, element("b", {}, label), " ", ...marked(text, stems))),
  );
}

/**
 * What has to be said of an answer besides its papers: words that were read otherwise, or that nothing has.
 * @param {Answer} answer
 * @returns {string[]}
 */
export function remarks({ readings, missing, unknown, scattered, whole, papers }) {
  const said = [];
  for (const { word, meant, forms } of readings) if (forms.size && stem(meant) !== stem(word)) said.push(`“${word}” was read as “${meant}”.`);
  const heavy = readings.filter((reading) => !reading.light).length;
  if (missing.length && missing.length < heavy) said.push(`Nothing has ${missing.map((word) => `“${word}”`).join(" or ")}.`);
  else if (heavy > 1 && whole && whole < papers.length) said.push(`${whole === 1 ? "The first has" : `The first ${whole} have`} every word, the others some.`);
  else if (heavy > 1 && !whole && papers.length) said.push("None has every word; these come near.");
  for (const phrase of scattered) said.push(`“${phrase}” stands nowhere just so.`);
  for (const condition of unknown) said.push(`${condition} means nothing here and was left out.`);
  return said;
}
