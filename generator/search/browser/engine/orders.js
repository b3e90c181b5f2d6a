// @ts-check
// The orders of papers that readers can choose, here and on the pages that list papers.

/** @typedef {{papers: {titles: string[], years: number[], added: string[]}}} Sortable The columns of a list that sort it. */

export const SORTS = {
  relevance: "Best match",
  newest: "Newest first",
  oldest: "Oldest first",
  added: "Date added",
  title: "Title",
};

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
  const { compare } = new Intl.Collator("en", { numeric: true });
  if (sort === "added") return papers.toSorted((one, other) => compare(added[other], added[one]) || one - other);
  if (sort !== "title") return papers;
  return papers.toSorted((one, other) => compare(titles[one], titles[other]) || one - other);
}

/**
 * @param {Sortable} list
 * @param {number} paper
 */
function isUndated(list, paper) {
  return Number(!list.papers.years[paper]);
}
