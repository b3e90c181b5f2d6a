// @ts-check
// Ranks the papers for a selection: the words it searches for, its facets and years, and its order.

import { selectPapers, sortPapers } from "./selection.js";

/**
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./selection.js").Facet} Facet
 * @typedef {import("./selection.js").Selected} Selected
 * @typedef {import("./selection.js").Selection} Selection
 * @typedef {{answer: Answer, selected: Selected, papers: number[]}} Ranking The answer to the words, what the facets
 *   leave of it with their counts, and the papers left in the order asked for.
 */

/**
 * Return the papers for a selection in the order in which a reader sees them.
 * @param {Engine} engine
 * @param {Facet[]} facets
 * @param {Selection} selection
 * @returns {Ranking}
 */
export function rankPapers(engine, facets, selection) {
  const answer = engine.search(selection.q);
  const selected = selectPapers(engine.list, facets, answer.papers, selection);
  return { answer, selected, papers: sortPapers(engine.list, selected.papers, sortOrder(selection, answer)) };
}

/**
 * Return the order of the results: the one chosen or, by default, best match first if there are words to match.
 * @param {Selection} selection
 * @param {Answer} answer
 */
export function sortOrder({ sort }, { matches }) {
  return sort || (matches.length ? "relevance" : "newest");
}
