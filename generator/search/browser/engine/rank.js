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
 * @typedef {{isOwn: boolean, order: string}} Scope What a page is about: all papers or those on the reader's list, and the
 *   order in which they are shown if nothing asks for another.
 * @typedef {{answer: Answer, selected: Selected, papers: number[]}} Ranking The answer to the query, the papers of
 *   it that pass the facets with the counts, and these papers in sorted order.
 */

/** All papers. @type {Scope} */
export const WHOLE = { isOwn: false, order: "newest" };

/**
 * Return the papers for a selection, in the order in which they are shown.
 * @param {Engine} engine
 * @param {Facet[]} facets
 * @param {Selection} selection
 * @param {Scope} scope
 * @returns {Ranking}
 */
export function rankPapers(engine, facets, selection, scope = WHOLE) {
  const answer = engine.search(selection.q);
  const sort = sortOrder(selection, answer, scope);
  const found = selection.sort ? answer.papers : defaultOrder(engine, answer);
  const named = new Set(selection.papers);
  const isAsked = (/** @type {number} */ paper) =>
    (!scope.isOwn || engine.list.own.places.has(paper)) && (!named.size || named.has(engine.list.papers.ids[paper]));
  const selected = selectPapers(engine.list, facets, found.filter(isAsked), selection);
  return { answer, selected, papers: sortPapers(engine.list, selected.papers, sort) };
}

/**
 * Return the order of the results: the chosen one, or that wished for in the query, or, by default, best match first if
 * the query has words.
 * @param {Selection} selection
 * @param {Answer} answer
 * @param {Scope} scope
 */
export function sortOrder({ sort }, { matches, wishes }, scope = WHOLE) {
  return sort || wishedOrder(wishes) || (matches.length || hasPreference(wishes) ? "relevance" : scope.order);
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
