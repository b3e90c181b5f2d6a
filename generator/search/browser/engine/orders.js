// @ts-check
// The orders of papers that readers can choose, here and on the pages that list papers.

/**
 * @typedef {{
 *   papers: {titles: string[], years: number[], added: string[]},
 *   own?: {places: Map<number, number>, keptAt: Map<number, number>},
 * }} Sortable The columns of a list that sort it.
 */

export const SORTS = {
  relevance: "Best match",
  newest: "Newest first",
  oldest: "Oldest first",
  added: "Date added",
  title: "Title",
  mine: "My order",
  kept: "Date kept",
};

/** @type {WeakMap<string[], Map<number, number>>} */
const ranksOfTitles = new WeakMap(); // titles are the slowest to compare

/** The orders that only papers on the reader's list have. */
export const OWN_SORTS = ["mine", "kept"];

/**
 * Return the papers in the given order.
 * @param {Sortable} list
 * @param {number[]} papers best first, or newest first
 * @param {string} sort
 */
export function sortPapers(list, papers, sort) {
  const { titles, added } = list.papers;
  if (sort === "newest") return papers.toSorted((one, other) => one - other);
  if (sort === "oldest")
    return papers.toSorted((one, other) => isUndated(list, one) - isUndated(list, other) || other - one);
  if (sort === "mine") return sortedByNumber(papers, list.own?.places, 1);
  if (sort === "kept") return sortedByNumber(papers, list.own?.keptAt, -1);
  if (sort === "title") return sortedByNumber(papers, titleRanks(titles), 1);
  if (sort !== "added") return papers;
  const { compare } = new Intl.Collator("en", { numeric: true });
  return papers.toSorted((one, other) => compare(added[other], added[one]) || one - other);
}

/**
 * Return the place of each paper in the order of the titles.
 * @param {string[]} titles
 */
function titleRanks(titles) {
  const known = ranksOfTitles.get(titles);
  if (known) return known;
  const { compare } = new Intl.Collator("en", { numeric: true });
  const sorted = [...titles.keys()].sort((one, other) => compare(titles[one], titles[other]));
  const ranks = new Map(sorted.map((paper, at) => [paper, at]));
  ranksOfTitles.set(titles, ranks);
  return ranks;
}

/**
 * Return papers sorted by their numbers; those without one come last.
 * @param {number[]} papers
 * @param {Map<number, number> | undefined} numbers
 * @param {1 | -1} direction
 */
function sortedByNumber(papers, numbers, direction) {
  const last = direction * Number.MAX_VALUE;
  const numbered = papers.map((paper) => ({ paper, number: direction * (numbers?.get(paper) ?? last) }));
  numbered.sort((one, other) => one.number - other.number || one.paper - other.paper);
  return numbered.map(({ paper }) => paper);
}

/**
 * @param {Sortable} list
 * @param {number} paper
 */
function isUndated(list, paper) {
  return Number(!list.papers.years[paper]);
}
