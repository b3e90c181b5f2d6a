// @ts-check
// What the reader has selected, as it is stored in the query string, and the papers that it selects.
//
// `?q=faces&tag=gan,-image-editing&year=2015-2019&all=model&sort=title&view=compact`: values with a minus are excluded;
// `all` names the facets in which a paper must have all chosen values, not just one of them. `mine` and `mytag` are what
// the reader made of the papers, and `papers` names single papers, as in a link that shares a choice.

import { termAndAncestors, unitedNumbers } from "./columns.js";
import { SORTS } from "./orders.js";
import { yearRange } from "./query.js";
import { wellFormed } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {typeof KEYS[number]} Key
 * @typedef {{[key in Key]?: string[]}} ValuesByKey
 * @typedef {{id: string, name: string, depth: number}} Value
 * @typedef {{id: string, name: string, key: Key, many: boolean, values: Value[], byPaper: number[][]}} Facet
 *   Its key in the query string, whether a paper may have several values, and the values of each paper.
 * @typedef {{
 *   q: string, chosen: ValuesByKey, excluded: ValuesByKey, all: string[], from: number, to: number, papers: string[],
 *   sort: string, view: string,
 * }} Selection The chosen and excluded values by facet key; a year is 0 if it is not set, and no papers are all.
 * @typedef {{papers: number[], counts: Map<string, Uint32Array>, years: Map<number, number>}} Selected The papers
 *   that pass, and their number for each value of a facet and for each year.
 */

export const KEYS = /** @type {const} */ (["tag", "category", "kind", "venue", "author", "code", "mine", "mytag"]);

/** The keys of what the reader made of the papers. */
export const OWN_KEYS = /** @type {const} */ (["mine", "mytag"]);

/**
 * Return the selection that a query string encodes.
 * @param {string} address the query string, with the question mark
 * @returns {Selection}
 */
export function parseSelection(address) {
  const asked = new URLSearchParams(address);
  const [from, to] = yearRange(asked.get("year") ?? "") ?? [0, 0];
  /** @type {Selection} */
  const selection = {
    q: asked.get("q") ?? "",
    chosen: {},
    excluded: {},
    all: splitValues(asked.getAll("all")),
    from,
    to: to === 9999 ? 0 : to,
    papers: splitValues(asked.getAll("papers")),
    sort: asked.get("sort") ?? "",
    view: asked.get("view") === "compact" ? "compact" : "",
  };
  if (!Object.hasOwn(SORTS, selection.sort)) selection.sort = "";
  for (const key of KEYS) {
    const values = splitValues(asked.getAll(key));
    selection.chosen[key] = values.filter((value) => !value.startsWith("-"));
    selection.excluded[key] = values.flatMap((value) => (value.startsWith("-") ? [value.slice(1)] : []));
  }
  return selection;
}

/**
 * Return a selection with all renamed ids replaced by the new ones.
 * @param {Selection} selection
 * @param {import("./columns.js").Moved} moved
 * @returns {Selection}
 */
export function withNewIds(selection, moved) {
  const newIds = new Map(Object.entries(moved).map(([key, ids]) => [key, new Map(Object.entries(ids))]));
  const renew = (/** @type {ValuesByKey} */ values) =>
    Object.fromEntries(
      Object.entries(values).map(([key, ids]) => [key, [...new Set(ids.map((id) => newIds.get(key)?.get(id) ?? id))]]),
    );
  const papers = [...new Set(selection.papers.map((id) => newIds.get("paper")?.get(id) ?? id))];
  return { ...selection, papers, chosen: renew(selection.chosen), excluded: renew(selection.excluded) };
}

/** @param {string[]} values */
function splitValues(values) {
  return [...new Set(values.flatMap((value) => value.split(",")).filter(Boolean))];
}

/**
 * Return the query string for a selection, with the question mark; empty if nothing is selected. The inverse of
 * `parseSelection`.
 * @param {Selection} selection
 */
export function formatSelection(selection) {
  const { q, chosen, excluded, all, from, to, papers, sort, view } = selection;
  const pairs = [["q", q]];
  for (const key of KEYS)
    pairs.push([key, [...(chosen[key] ?? []), ...(excluded[key] ?? []).map((value) => `-${value}`)].join(",")]);
  const [first, last] = [from, to].map((year) => (year ? `${year}`.padStart(3, "0") : ""));
  pairs.push(["year", first && first === last ? first : first || last ? `${first}-${last}` : ""]);
  pairs.push(["all", all.join(",")], ["papers", papers.join(",")], ["sort", sort], ["view", view]);
  const given = pairs.filter(([, value]) => value).map(([key, value]) => `${key}=${encodeValue(value)}`);
  return given.length ? `?${given.join("&")}` : "";
}

/** @param {string} value */
function encodeValue(value) {
  return encodeURIComponent(wellFormed(value))
    .replace(/%20/g, "+")
    .replace(/%2C/g, ",")
    .replace(/%3A/g, ":")
    .replace(/%22/g, '"');
}

/**
 * Return the facets of a list: what the reader made of the papers, the shelves, the facets of the vocabulary, kinds of
 * works, venues, authors, and code. A paper with a term also counts for its broader terms.
 * @param {List} list
 * @returns {Facet[]}
 */
export function listFacets({ facets, terms, categories, kinds, venues, people, papers, own }) {
  const all = [
    ...ownFacets(own),
    plainFacet("category", "Shelf", categories, single(papers.categories)),
    ...facets.map(({ id, name }) => vocabularyFacet(id, name, terms, papers.tags)),
    plainFacet("kind", "Kind", kinds, single(papers.kinds)),
    plainFacet("venue", "Venue", venues, single(papers.venues)),
    { ...plainFacet("author", "Author", people, papers.authors), many: true },
    plainFacet(
      "code",
      "Code",
      [{ id: "yes", name: "Code is public" }],
      single(papers.code.map((code) => (code ? 0 : -1))),
    ),
  ];
  return all.filter((facet) => facet.values.length);
}

/**
 * Return the facets of what the reader made of the papers.
 * @param {List["own"]} own
 * @returns {Facet[]}
 */
function ownFacets({ values, states, tagNames, tags }) {
  const all = [plainFacet("mine", "My list", values, states), plainFacet("mytag", "My tags", tagNames, tags)];
  return all.map((facet) => ({ ...facet, many: true }));
}

/**
 * Let the facets of what the reader made of the papers follow a change of it. Return whether they can, which they cannot
 * if other values are needed.
 * @param {Facet[]} facets
 * @param {List} list
 */
export function updateOwnFacets(facets, { own }) {
  const before = facets.filter(({ key }) => isOwnKey(key));
  const now = ownFacets(own).filter(({ values }) => values.length);
  const texts = [before, now].map((some) => JSON.stringify(some.map(({ id, values }) => [id, values])));
  if (texts[0] !== texts[1]) return false;
  for (const [at, facet] of before.entries()) facet.byPaper = now[at].byPaper;
  return true;
}

/** @param {string} key */
function isOwnKey(key) {
  return OWN_KEYS.some((own) => own === key);
}

/**
 * Return the values of each paper, of which it has at most one; -1 is none.
 * @param {number[]} values
 */
function single(values) {
  return values.map((at) => (at < 0 ? [] : [at]));
}

/**
 * Return a facet whose values are not nested, with one value to a paper.
 * @param {Key} key
 * @param {string} name
 * @param {{id: string, name: string}[]} values
 * @param {number[][]} byPaper
 * @returns {Facet}
 */
function plainFacet(key, name, values, byPaper) {
  const flat = values.map((value) => ({ id: value.id, name: value.name, depth: 0 }));
  return { id: key, name, key, many: false, values: flat, byPaper };
}

/**
 * Return a facet of the vocabulary, with each term followed by its narrower terms.
 * @param {string} id
 * @param {string} name
 * @param {import("./columns.js").Term[]} terms
 * @param {number[][]} tags
 * @returns {Facet}
 */
function vocabularyFacet(id, name, terms, tags) {
  const paths = terms.map((_, at) => termAndAncestors(terms, at).reverse());
  const own = paths.flatMap((path, at) => (terms[at].facet === id ? [{ at, path }] : []));
  own.sort((one, other) => {
    const fork = one.path.findIndex((term, depth) => term !== other.path[depth]);
    return fork < 0 ? -1 : one.path[fork] - (other.path[fork] ?? -1);
  });
  const places = new Map(own.map(({ at }, place) => [at, place]));
  const values = own.map(({ at, path }) => ({ id: terms[at].id, name: terms[at].name, depth: path.length - 1 }));
  const placesByTerm = paths.map((path) => path.flatMap((term) => places.get(term) ?? []));
  const byPaper = tags.map((those) => unitedNumbers(those, placesByTerm));
  const isTaken = id === "year" || KEYS.slice(1).some((key) => key === id); // by another facet
  return { id: isTaken ? `tag:${id}` : id, name, key: "tag", many: true, values, byPaper };
}

/**
 * Return the papers that pass the facets and years, in the given order, and the counts.
 *
 * The count of a value is the number of papers with it that pass all other facets, and the other demands of its own
 * facet: what choosing it would leave or, where any of the chosen values is enough, add. Who keeps nothing has no facets
 * for it, and no papers that pass them.
 * @param {List} list
 * @param {Facet[]} all
 * @param {number[]} papers
 * @param {Selection} selection
 * @returns {Selected}
 */
export function selectPapers(list, all, papers, selection) {
  const asked = all.map((facet) => facetDemand(facet, selection));
  const lacks = OWN_KEYS.some((key) => selection.chosen[key]?.length && !all.some((facet) => facet.key === key));
  const counts = new Map(all.map((facet) => [facet.id, new Uint32Array(facet.values.length)]));
  const years = new Map();
  const left = [];
  for (const paper of lacks ? [] : papers) {
    const year = list.papers.years[paper];
    const timely = year >= selection.from && (!selection.to || year <= selection.to);
    let failed = timely ? 0 : 1;
    let failing = -1;
    for (let at = 0; at < all.length; at++) {
      if (!asked[at] || passesDemand(asked[at], all[at].byPaper[paper])) continue;
      failed += 1;
      failing = at;
    }
    if (!failed) left.push(paper);
    if (year && failed <= (timely ? 0 : 1)) years.set(year, (years.get(year) ?? 0) + 1);
    if (failed > 1 || !timely) continue;
    for (let at = 0; at < all.length; at++)
      if (failing < 0 || failing === at)
        countValues(/** @type {Uint32Array} */ (counts.get(all[at].id)), asked[at], all[at].byPaper[paper]);
  }
  return { papers: left, counts, years };
}

/**
 * @typedef {{chosen: Set<number>, excluded: Set<number>, every: boolean} | null} Demand
 */

/**
 * Return what a selection demands of a facet, or null if it demands nothing.
 * @param {Facet} facet
 * @param {Selection} selection
 * @returns {Demand}
 */
export function facetDemand(facet, selection) {
  const numbers = (/** @type {string[] | undefined} */ ids) =>
    new Set((ids ?? []).map((id) => facet.values.findIndex((value) => value.id === id)).filter((at) => at >= 0));
  const chosen = numbers(selection.chosen[facet.key]);
  const excluded = numbers(selection.excluded[facet.key]);
  if (!chosen.size && !excluded.size) return null;
  return { chosen, excluded, every: facet.many && selection.all.includes(facet.id) };
}

/**
 * @param {Demand} asked
 * @param {number[]} values
 */
function passesDemand(asked, values) {
  if (!asked) return true;
  if (values.some((value) => asked.excluded.has(value))) return false;
  return hasChosen(asked, values);
}

/**
 * @param {NonNullable<Demand>} asked
 * @param {number[]} values
 */
function hasChosen({ chosen, every }, values) {
  if (!chosen.size) return true;
  const hits = values.filter((value) => chosen.has(value)).length;
  return every ? hits === chosen.size : hits > 0;
}

/**
 * @param {Uint32Array} counts
 * @param {Demand} asked
 * @param {number[]} values
 */
function countValues(counts, asked, values) {
  const unwanted = asked ? values.filter((value) => asked.excluded.has(value)) : [];
  if (asked?.every && !hasChosen(asked, values)) return;
  for (const value of values)
    if (!unwanted.length || (unwanted.length === 1 && unwanted[0] === value)) counts[value] += 1;
}

/**
 * Return the change to a selection that chooses or excludes a value, or undoes this.
 * @param {Selection} selection
 * @param {Key} key the facet's key in the query string
 * @param {"chosen" | "excluded"} kind
 * @param {string} value
 * @returns {Partial<Selection>}
 */
export function toggleValue(selection, key, kind, value) {
  const other = kind === "chosen" ? "excluded" : "chosen";
  const held = selection[kind][key] ?? [];
  const toggled = held.includes(value) ? held.filter((one) => one !== value) : [...held, value];
  const left = (selection[other][key] ?? []).filter((one) => one !== value);
  return {
    [kind]: { ...selection[kind], [key]: toggled },
    [other]: { ...selection[other], [key]: left },
  };
}
