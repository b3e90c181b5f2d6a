// @ts-check
// Says what search made of a query: corrected words, words that no paper has, filters that are none, and the pages that
// the query names.

import { OPERATORS } from "../engine/operators.js";
import { nameNote } from "../engine/places.js";
import { stem } from "../engine/text.js";
import { element, entryCount, highlightWords, WORDS } from "./draw.js";

/** @typedef {import("../engine/engine.js").Answer} Answer */

const MOST_ABSENT = 5; // named

/**
 * Return what a link to another page than a paper's says: its kind, its name and the number of its papers.
 * @param {import("../engine/places.js").NamedPlace} found
 * @param {Set<string>} stems of the words to highlight
 * @param {string[]} starts beginnings of other words to highlight
 */
export function placeContent(found, stems, starts) {
  const { kind, names, papers } = found.place;
  const note = nameNote(found);
  const mark = (/** @type {string} */ text) => highlightWords(text, stems, starts);
  const count = element("span", { class: "count" }, ...mark(note), `${note && "\u00a0· "}${entryCount(papers)}`);
  return [element("span", { class: "kind" }, kind), " ", ...mark(names[0].text), " ", count];
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
 * Return remarks on the papers that an address names and the list does not have.
 * @param {import("../engine/columns.js").List} list
 * @param {string[]} asked the ids in the address
 */
export function absentRemarks({ papers, retired }, asked) {
  if (!asked.length) return [];
  const known = new Set(papers.ids);
  const reasons = new Map(Object.entries(retired));
  const absent = asked.filter((id) => !known.has(id));
  const rest = absent.length - MOST_ABSENT;
  return [
    ...absent.slice(0, MOST_ABSENT).map((id) => {
      const reason = reasons.get(id);
      return reason ? `“${id}” is no longer on the list: ${reason}` : `“${id}” is not on the list.`;
    }),
    ...(rest > 0 ? [`Neither are ${rest} others.`] : []),
  ];
}

/**
 * Return a remark on a filter that is none here, with the nearest one.
 * @param {import("../engine/conditions.js").AdvisedOperator} unknown
 */
export function operatorRemark({ name, advice }) {
  const last = OPERATORS.length - 1;
  const all = OPERATORS.map((operator, at) => `${at === last ? "and " : ""}${operator}:`).join(", ");
  return `${name}: is not a filter here; ${advice ? `try ${advice}` : `the filters are ${all}`}.`;
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
