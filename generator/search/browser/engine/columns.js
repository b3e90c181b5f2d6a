// @ts-check
// The list as `search/list.json` has it, column by column, and what is derived from it.

/**
 * @typedef {{id: string, name: string}} NamedItem
 * @typedef {NamedItem & {facet: string, parent: number, aliases: string[]}} Term
 * @typedef {{
 *   ids: string[], titles: string[], otherTitles: string[], aliases: string[][], authors: number[][], when: string[],
 *   years: number[], categories: number[], tags: number[][], venues: number[], code: number[], summaries: string[],
 *   questions: string[][],
 * }} PaperColumns Each column has one entry per paper; numbers refer to the entries of the list.
 * @typedef {{
 *   facets: NamedItem[], terms: Term[], categories: NamedItem[], venues: NamedItem[], people: NamedItem[],
 *   papers: PaperColumns, parts: number, part: number, moved: Record<string, Record<string, string>>,
 * }} List `moved` maps replaced ids to their new ids, by the key in the address.
 */

/**
 * Return the list that a file holds. In the file a person is a name, with an id only if it is not the name in plain
 * letters.
 * @param {any} file
 * @returns {List}
 */
export function unpackList(file) {
  const people = file.people.map((/** @type {string | [string, string]} */ person) =>
    typeof person === "string"
      ? { name: person, id: person.toLowerCase().replace(/[^a-z0-9]+/g, "-") }
      : { name: person[0], id: person[1] },
  );
  return { ...file, people };
}

/**
 * Return a term and its broader terms, the nearest first.
 * @param {Term[]} terms
 * @param {number} term
 */
export function termAndAncestors(terms, term) {
  const found = [];
  for (let at = term; at >= 0; at = terms[at].parent) found.push(at);
  return found;
}

/**
 * Return the terms of each paper, with all their broader terms.
 * @param {List} list
 */
export function inheritedTerms(list) {
  const ancestors = list.terms.map((_, term) => termAndAncestors(list.terms, term));
  return list.papers.tags.map((tags) => [...new Set(tags.flatMap((tag) => ancestors[tag]))]);
}

/**
 * Whether a paper has one of these terms or a narrower one.
 * @param {List} list
 * @param {number} paper
 * @param {Set<number>} asked
 */
export function hasAnyTerm({ terms, papers }, paper, asked) {
  return papers.tags[paper].some((tag) => termAndAncestors(terms, tag).some((term) => asked.has(term)));
}
