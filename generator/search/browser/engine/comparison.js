// @ts-check
// What papers have in common and how they are related, as plain values. The address names the papers to compare.

/**
 * @typedef {{name: string, to: string}} NamedLink
 * @typedef {{facet: string, terms: NamedLink[]}} FacetTerms
 * @typedef {{id: string, title: string, to: string, byline: string, reasons: {label: string, text: string}[]}} RelatedPaper
 *   What a paper's page says of another paper.
 * @typedef {{id: string, name: string, tags: FacetTerms[], related: RelatedPaper[]}} Compared A paper with its short name, its
 *   tags, and the papers to which curators relate it.
 * @typedef {{from: string, label: string, to: string, because: string}} Relation The ids of two papers, and how they are
 *   related.
 */

export const MOST_COMPARED = 4;

/**
 * Return the ids of the papers that an address names, at most four.
 * @param {string} search the query string of the address
 */
export function comparedIds(search) {
  const ids = new URLSearchParams(search).getAll("papers").flatMap((value) => value.split(","));
  return [...new Set(ids.map((id) => id.trim()).filter((id) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)))].slice(
    0,
    MOST_COMPARED,
  );
}

/**
 * Return the address of a comparison, relative to the root of the site.
 * @param {string[]} ids
 */
export function comparisonPath(ids) {
  return ids.length ? `compare/?papers=${ids.join(",")}` : "compare/";
}

/**
 * Return names as a list in words.
 * @param {string[]} names
 */
export function joinedNames(names) {
  const last = names[names.length - 1] ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

/**
 * Return the tags that all papers have, by facet.
 * @param {Compared[]} papers
 */
export function commonTags(papers) {
  return keptTerms(papers[0]?.tags ?? [], (term) => papers.every((paper) => hasTerm(paper, term)));
}

/**
 * Return the tags of a paper that not all papers have, by facet.
 * @param {Compared[]} papers
 * @param {Compared} paper one of them
 */
export function differentTags(papers, paper) {
  return keptTerms(paper.tags, (term) => !papers.every((other) => hasTerm(other, term)));
}

/**
 * Return the names of the other papers that have a tag.
 * @param {Compared[]} papers
 * @param {Compared} paper
 * @param {NamedLink} term
 */
export function alsoIn(papers, paper, term) {
  return papers.filter((other) => other !== paper && hasTerm(other, term)).map(({ name }) => name);
}

/**
 * Return the relations between papers. Each has one direction on the page of each of its papers, such as “extends” and
 * “extended by”; the active one is returned if there is one.
 * @param {Compared[]} papers
 */
export function relationsBetween(papers) {
  const ids = new Set(papers.map(({ id }) => id));
  /** @type {Map<string, Relation>} */
  const found = new Map();
  for (const { id, related } of papers) {
    for (const { id: to, reasons } of related.filter((one) => ids.has(one.id))) {
      for (const { label, text: because } of reasons) {
        const key = JSON.stringify([[id, to].sort(), because]);
        const isBetter = / by$/.test(found.get(key)?.label ?? " by");
        if (isBetter) found.set(key, { from: id, label, to, because });
      }
    }
  }
  return [...found.values()];
}

/**
 * Return the papers that are related to at least two of these papers, with what the pages say: the name of one of them,
 * and the relation.
 * @param {Compared[]} papers
 */
export function commonRelations(papers) {
  const ids = new Set(papers.map(({ id }) => id));
  /** @type {Map<string, {title: string, to: string, said: {name: string, label: string}[]}>} */
  const found = new Map();
  for (const { name, related } of papers) {
    for (const { id, title, to, reasons } of related) {
      if (ids.has(id)) continue;
      const entry = found.get(id) ?? { title, to, said: [] };
      entry.said.push({ name, label: reasons[0]?.label ?? "" });
      found.set(id, entry);
    }
  }
  return [...found.values()].filter(({ said }) => said.length > 1);
}

/**
 * @param {FacetTerms[]} tags
 * @param {(term: NamedLink) => boolean} isKept
 */
function keptTerms(tags, isKept) {
  return tags
    .map(({ facet, terms }) => ({ facet, terms: terms.filter(isKept) }))
    .filter(({ terms }) => terms.length > 0);
}

/**
 * @param {Compared} paper
 * @param {NamedLink} term
 */
function hasTerm({ tags }, term) {
  return tags.some(({ terms }) => terms.some(({ to }) => to === term.to));
}
