// @ts-check
// Answers in; elements of the page out. Whatever a curator or a reader wrote goes in as text.

import { reasons } from "../engine/reasons.js";
import { stem, tokens } from "../engine/text.js";
import { ROOT } from "./data.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/engine.js").Answer} Answer
 * @typedef {string | Node | null | false | undefined} Child
 */

const MOST_AUTHORS = 4; // in a byline; of more, the first three and a count

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
export function matchedStems(answer) {
  const stems = new Set();
  for (const match of answer.matches) if (!match.stopWord) for (const stem of match.stems.keys()) stems.add(stem);
  return stems;
}

/**
 * A text with the words of these stems marked.
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
 * The authors of a paper in short.
 * @param {Engine} engine
 * @param {number} paper
 */
export function byline({ list }, paper) {
  const names = list.papers.authors[paper].map((at) => list.people[at].name);
  if (names.length > MOST_AUTHORS)
    names.splice(MOST_AUTHORS - 1, names.length, `${names.length - MOST_AUTHORS + 1} others`);
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
export function resultRow(engine, answer, paper, compact) {
  const { ids, titles, when, summaries } = engine.list.papers;
  const stems = matchedStems(answer);
  const authors = byline(engine, paper);
  const summary = compact ? "" : summaries[paper];
  const why = compact
    ? []
    : reasons(
        engine.list,
        answer,
        paper,
        `${titles[paper]} ; ${authors} ; ${when[paper]} ; ${summary}`,
        engine.abstracts[paper] ?? "",
      );
  return element(
    "li",
    { "data-paper": ids[paper] },
    element("a", { class: "work", href: paperAddress(ids[paper]) }, ...highlightWords(titles[paper], stems)),
    element(
      "p",
      { class: "byline" },
      ...highlightWords(authors, stems),
      when[paper] && " ",
      when[paper] && element("span", { class: "when" }, ...highlightWords(when[paper], stems)),
    ),
    summary && element("p", { class: "summary" }, ...highlightWords(summary, stems)),
    ...why.map(({ label, text }) =>
      element("p", { class: "reason" }, element("b", {}, label), " ", ...highlightWords(text, stems)),
    ),
  );
}

/**
 * What has to be said of an answer besides its papers: words that were read otherwise, or that nothing has.
 * @param {Answer} answer
 * @returns {string[]}
 */
export function answerRemarks({ matches, missingWords, unknownConditions, missingPhrases, completeCount, papers }) {
  const said = [];
  for (const { word, correction, stems } of matches)
    if (stems.size && stem(correction) !== stem(word)) said.push(`“${word}” was read as “${correction}”.`);
  const subject = matches.filter((match) => !match.stopWord).length;
  if (missingWords.length && missingWords.length < subject)
    said.push(`Nothing has ${missingWords.map((word) => `“${word}”`).join(" or ")}.`);
  else if (subject > 1 && completeCount && completeCount < papers.length)
    said.push(
      `${completeCount === 1 ? "The first has" : `The first ${completeCount} have`} every word, the others some.`,
    );
  else if (subject > 1 && !completeCount && papers.length) said.push("None has every word; these come near.");
  for (const phrase of missingPhrases) said.push(`“${phrase}” stands nowhere just so.`);
  for (const condition of unknownConditions) said.push(`${condition} means nothing here and was left out.`);
  return said;
}
