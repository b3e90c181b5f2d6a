// @ts-check
// The list as `search/list.json` tells it, and what is worked out from it once.

/**
 * @typedef {{id: string, name: string}} Named
 * @typedef {Named & {facet: string, parent: number, aliases: string[]}} Term
 * @typedef {{
 *   ids: string[], titles: string[], otherTitles: string[], aliases: string[][], authors: number[][], when: string[],
 *   years: number[], categories: number[], tags: number[][], venues: number[], code: number[], summaries: string[],
 *   questions: string[][],
 * }} Papers One entry to a paper in each column; numbers refer to the entries of the list.
 * @typedef {{
 *   facets: Named[], terms: Term[], categories: Named[], venues: Named[], people: Named[], papers: Papers, parts: number,
 *   part: number, moved: Record<string, Record<string, string>>,
 * }} List `moved` has the ids that stand for replaced ones, by the key in the address.
 */

/**
 * The list as the file tells it: people there are names, with an id only where it is not the name in plain letters.
 * @param {any} file
 * @returns {List}
 */
export function unpacked(file) {
  const people = file.people.map((/** @type {string | [string, string]} */ person) =>
    typeof person === "string" ? { name: person, id: person.toLowerCase().replace(/[^a-z0-9]+/g, "-") } : { name: person[0], id: person[1] },
  );
  return { ...file, people };
}

/**
 * A term and those that are broader, the nearest first.
 * @param {Term[]} terms
 * @param {number} term
 */
export function line(terms, term) {
  const found = [];
  for (let at = term; at >= 0; at = terms[at].parent) found.push(at);
  return found;
}

/**
 * For each paper its terms and all that are broader than these.
 * @param {List} list
 */
export function broadened(list) {
  const lines = list.terms.map((_, term) => line(list.terms, term));
  return list.papers.tags.map((tags) => [...new Set(tags.flatMap((tag) => lines[tag]))]);
}

/**
 * Whether a paper has one of some terms or a narrower one.
 * @param {List} list
 * @param {number} paper
 * @param {Set<number>} asked
 */
export function carries({ terms, papers }, paper, asked) {
  return papers.tags[paper].some((tag) => line(terms, tag).some((term) => asked.has(term)));
}
