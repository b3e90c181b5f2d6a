// @ts-check
// Ranks the papers for a selection: searches for its words, filters by its facets and years, and sorts the result.

import { goodPapers, hasPreference, wishedOrder } from "./grants.js";
import { sortPapers } from "./orders.js";
import { selectPapers } from "./selection.js";

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
  const sort = sortOrder(selection, answer);
  const found = selection.sort ? answer.papers : defaultOrder(engine, answer);
  const selected = selectPapers(engine.list, facets, found, selection);
  return { answer, selected, papers: sortPapers(engine.list, selected.papers, sort) };
}

/**
 * Return the order of the results: the chosen one, or that wished for in the query, or, by default, best match first if
 * the query has words.
 * @param {Selection} selection
 * @param {Answer} answer
 */
export function sortOrder({ sort }, { matches, wishes }) {
  return sort || wishedOrder(wishes) || (matches.length || hasPreference(wishes) ? "relevance" : "newest");
}

/**
 * Return the papers of an answer in the order in which they are shown unless the reader chooses another: if the query
 * asks for the newest or oldest papers, those that match well, by date.
 * @param {Engine} engine
 * @param {Answer} answer
 */
export function defaultOrder({ list }, answer) {
  const order = wishedOrder(answer.wishes);
  if (!order) return answer.papers;
  return sortPapers(list, answer.matches.length ? goodPapers(answer) : answer.papers, order);
}
