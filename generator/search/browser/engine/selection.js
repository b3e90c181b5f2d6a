// @ts-check
// What a reader has chosen, as the address says it, and which of some papers it leaves. No page is touched here.
//
// `?q=faces&tag=gan,-image-editing&year=2015-2019&all=model&sort=title&view=compact`: several values are wanted, those with
// a minus are not; `all` names the facets whose values a paper must have all of.

import { line } from "./list.js";
import { years } from "./query.js";

/**
 * @typedef {import("./list.js").List} List
 * @typedef {{id: string, name: string, depth: number}} Value
 * @typedef {{id: string, name: string, key: string, many: boolean, values: Value[], of: number[][]}} Facet
 *   A question that values answer: its key in the address, whether a paper may have several, and each paper's values.
 * @typedef {{
 *   q: string, chosen: Record<string, string[]>, without: Record<string, string[]>, all: string[], from: number, to: number,
 *   sort: string, view: string,
 * }} Selection Chosen and unwanted values by the key in the address; years are 0 where they are open.
 * @typedef {{papers: number[], counts: Map<string, Uint32Array>, years: Map<number, number>}} Selected The papers left, and how
 *   many there would be with each value chosen.
 */

export const KEYS = ["tag", "category", "venue", "author", "code"];
export const SORTS = { relevance: "Best match", newest: "Newest first", oldest: "Oldest first", title: "Title" };

/**
 * @param {string} address the part from the question mark on
 * @returns {Selection}
 */
export function read(address) {
  const asked = new URLSearchParams(address);
  const [from, to] = years(asked.get("year") ?? "") ?? [0, 0];
  /** @type {Selection} */
  const selection = {
    q: asked.get("q") ?? "",
    chosen: {},
    without: {},
    all: list(asked.getAll("all")),
    from,
    to: to === 9999 ? 0 : to,
    sort: asked.get("sort") ?? "",
    view: asked.get("view") === "compact" ? "compact" : "",
  };
  if (!(selection.sort in SORTS)) selection.sort = "";
  for (const key of KEYS) {
    const values = list(asked.getAll(key));
    selection.chosen[key] = values.filter((value) => !value.startsWith("-"));
    selection.without[key] = values.flatMap((value) => (value.startsWith("-") ? [value.slice(1)] : []));
  }
  return selection;
}

/**
 * A selection with the ids of today in place of those that have been replaced since its address was written.
 * @param {Selection} selection
 * @param {Record<string, Record<string, string>>} moved for each key of the address, the new ids by the old ones
 * @returns {Selection}
 */
export function current(selection, moved) {
  const today = (/** @type {Record<string, string[]>} */ values) =>
    Object.fromEntries(Object.entries(values).map(([key, ids]) => [key, [...new Set(ids.map((id) => moved[key]?.[id] ?? id))]]));
  return { ...selection, chosen: today(selection.chosen), without: today(selection.without) };
}

/** @param {string[]} values */
function list(values) {
  return [...new Set(values.flatMap((value) => value.split(",")).filter(Boolean))];
}

/**
 * The selection as an address, from the question mark on; empty where nothing is chosen. `read` and this are inverse.
 * @param {Selection} selection
 */
export function write(selection) {
  const { q, chosen, without, all, from, to, sort, view } = selection;
  const pairs = [["q", q]];
  for (const key of KEYS) pairs.push([key, [...(chosen[key] ?? []), ...(without[key] ?? []).map((value) => `-${value}`)].join(",")]);
  pairs.push(["year", from && from === to ? `${from}` : from || to ? `${from || ""}-${to || ""}` : ""]);
  pairs.push(["all", all.join(",")], ["sort", sort], ["view", view]);
  const said = pairs.filter(([, value]) => value).map(([key, value]) => `${key}=${encoded(value)}`);
  return said.length ? `?${said.join("&")}` : "";
}

/** @param {string} value */
function encoded(value) {
  const wellFormed = value.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  return encodeURIComponent(wellFormed).replace(/%20/g, "+").replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%22/g, '"');
}

/**
 * The facets of a list: the shelves, those of the vocabulary, then who, where and whether there is code. A paper with a term
 * also counts for those that are broader.
 * @param {List} list
 * @returns {Facet[]}
 */
export function facets({ facets: kinds, terms, categories, venues, people, papers }) {
  const flat = (/** @type {{id: string, name: string}[]} */ values) => values.map(({ id, name }) => ({ id, name, depth: 0 }));
  return [
    { id: "category", name: "Shelf", key: "category", many: false, values: flat(categories), of: papers.categories.map((at) => [at]) },
    ...kinds.map(({ id, name }) => vocabulary(id, name, terms, papers.tags)),
    { id: "venue", name: "Venue", key: "venue", many: false, values: flat(venues), of: papers.venues.map((at) => (at < 0 ? [] : [at])) },
    { id: "author", name: "Author", key: "author", many: true, values: flat(people), of: papers.authors },
    { id: "code", name: "Code", key: "code", many: false, values: [{ id: "yes", name: "Code is public", depth: 0 }], of: papers.code.map((code) => (code ? [0] : [])) },
  ].filter((facet) => facet.values.length);
}

/**
 * A facet of the vocabulary, each term followed by those that are narrower.
 * @param {string} id
 * @param {string} name
 * @param {import("./list.js").Term[]} terms
 * @param {number[][]} tags
 * @returns {Facet}
 */
function vocabulary(id, name, terms, tags) {
  const paths = terms.map((_, at) => line(terms, at).reverse());
  const own = paths.flatMap((path, at) => (terms[at].facet === id ? [{ at, path }] : []));
  own.sort((one, other) => {
    const fork = one.path.findIndex((term, depth) => term !== other.path[depth]);
    return fork < 0 ? -1 : one.path[fork] - (other.path[fork] ?? -1);
  });
  const places = new Map(own.map(({ at }, place) => [at, place]));
  const values = own.map(({ at, path }) => ({ id: terms[at].id, name: terms[at].name, depth: path.length - 1 }));
  const of = tags.map((those) => [...new Set(those.flatMap((tag) => paths[tag]).flatMap((term) => places.get(term) ?? []))]);
  return { id, name, key: "tag", many: true, values, of };
}

/**
 * The papers that the facets and years leave of some, in their order, and the counts.
 *
 * The count of a value is the number of papers that it would leave or, where any of several values will do, add: those that
 * pass all other facets, and the rest of its own.
 * @param {List} list
 * @param {Facet[]} all
 * @param {number[]} papers
 * @param {Selection} selection
 * @returns {Selected}
 */
export function select(list, all, papers, selection) {
  const asked = all.map((facet) => demand(facet, selection));
  const counts = new Map(all.map((facet) => [facet.id, new Uint32Array(facet.values.length)]));
  const years = new Map();
  const left = [];
  for (const paper of papers) {
    const year = list.papers.years[paper];
    const timely = year >= selection.from && (!selection.to || year <= selection.to);
    let failed = timely ? 0 : 1;
    let failing = -1;
    for (let at = 0; at < all.length; at++) {
      if (!asked[at] || passes(asked[at], all[at].of[paper])) continue;
      failed += 1;
      failing = at;
    }
    if (!failed) left.push(paper);
    if (year && failed <= (timely ? 0 : 1)) years.set(year, (years.get(year) ?? 0) + 1);
    if (failed > 1 || !timely) continue;
    for (let at = 0; at < all.length; at++)
      if (failing < 0 || failing === at) tally(/** @type {Uint32Array} */ (counts.get(all[at].id)), asked[at], all[at].of[paper]);
  }
  return { papers: left, counts, years };
}

/**
 * @typedef {{chosen: Set<number>, without: Set<number>, every: boolean} | null} Demand
 */

/**
 * What a selection asks of a facet; nothing where it is open.
 * @param {Facet} facet
 * @param {Selection} selection
 * @returns {Demand}
 */
export function demand(facet, selection) {
  const numbers = (/** @type {string[] | undefined} */ ids) =>
    new Set((ids ?? []).map((id) => facet.values.findIndex((value) => value.id === id)).filter((at) => at >= 0));
  const chosen = numbers(selection.chosen[facet.key]);
  const without = numbers(selection.without[facet.key]);
  if (!chosen.size && !without.size) return null;
  return { chosen, without, every: facet.many && selection.all.includes(facet.id) };
}

/**
 * @param {Demand} asked
 * @param {number[]} values
 */
function passes(asked, values) {
  if (!asked) return true;
  if (values.some((value) => asked.without.has(value))) return false;
  return wanted(asked, values);
}

/**
 * @param {NonNullable<Demand>} asked
 * @param {number[]} values
 */
function wanted({ chosen, every }, values) {
  if (!chosen.size) return true;
  const hits = values.filter((value) => chosen.has(value)).length;
  return every ? hits === chosen.size : hits > 0;
}

/**
 * @param {Uint32Array} counts
 * @param {Demand} asked
 * @param {number[]} values
 */
function tally(counts, asked, values) {
  const unwanted = asked ? values.filter((value) => asked.without.has(value)) : [];
  if (asked?.every && !wanted(asked, values)) return;
  for (const value of values) if (!unwanted.length || (unwanted.length === 1 && unwanted[0] === value)) counts[value] += 1;
}

/**
 * The papers in the order that was asked for; best first and, without words to match, newest first unless said otherwise.
 * @param {List} list
 * @param {number[]} papers best first, or newest first
 * @param {string} sort
 */
export function sorted(list, papers, sort) {
  const { titles } = list.papers;
  if (sort === "newest") return papers.toSorted((one, other) => one - other);
  if (sort === "oldest") return papers.toSorted((one, other) => undated(list, one) - undated(list, other) || other - one);
  if (sort !== "title") return papers;
  const { compare } = new Intl.Collator("en", { numeric: true });
  return papers.toSorted((one, other) => compare(titles[one], titles[other]) || one - other);
}

/**
 * @param {List} list
 * @param {number} paper
 */
function undated(list, paper) {
  return Number(!list.papers.years[paper]);
}
