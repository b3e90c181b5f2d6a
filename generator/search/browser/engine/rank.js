// @ts-check
// Ranks the papers for a selection: searches for its words, filters by its facets and years, and sorts the result.

import { selectPapers, sortPapers } from "./selection.js";

/**
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./selection.js").Facet} Facet
 * @typedef {import("./selection.js").Selected} Selected
 * @typedef {import("./selection.js").Selection} Selection
 * @typedef {{answer: Answer, selected: Selected, papers: number[]}} Ranking The answer to the query, the papers of
 *   it that pass the facets with the counts, and these papers in sorted order.
 */

/**
 * Return the papers for a selection, in the order in which they are shown.
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
 * Return the order of the results: the chosen one or, by default, best match first if the query has words.
 * @param {Selection} selection
 * @param {Answer} answer
 */
export function sortOrder({ sort }, { matches }) {
  return sort || (matches.length ? "relevance" : "newest");
}
