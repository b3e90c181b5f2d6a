// @ts-check
// Lets readers order the list of papers on a page and make it compact. The query string is the only state, with the
// same keys as that of the page of all papers.

import { sortPapers } from "../engine/orders.js";
import { arrangementElements, offerArrangement, showArrangement } from "./arrangement.js";

/**
 * @typedef {import("./arrangement.js").ArrangementElements} ArrangementElements
 * @typedef {{sort: string, view: string}} Arrangement
 * @typedef {{node: Element, heading: Element | null}} Row A row and, if the page has them, the heading of its year.
 * @typedef {{
 *   elements: ArrangementElements, list: HTMLElement, rows: Row[], columns: import("../engine/orders.js").Sortable,
 *   stated: HTMLElement | null, shown: string,
 * }} ArrangedList The last are what the page says about its order, and the order that it has now.
 */

const LIST_SORTS = ["newest", "oldest", "title"]; // the first is the order of the page

/**
 * Set up the controls of a list of papers.
 * @param {HTMLElement} tools
 */
export function startOrdering(tools) {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("ol.papers"));
  if (!list) return;
  const rows = listRows(list);
  const stated = /** @type {HTMLElement | null} */ (document.querySelector("[data-order]"));
  const columns = rowColumns(rows);
  const arranged = { elements: arrangementElements(tools), list, rows, columns, stated, shown: LIST_SORTS[0] };
  offerArrangement(arranged.elements, LIST_SORTS, (change) => {
    history.pushState(null, "", arrangementAddress({ ...parseArrangement(), ...change }));
    arrange(arranged, parseArrangement());
  });
  addEventListener("popstate", () => arrange(arranged, parseArrangement()));
  arrange(arranged, parseArrangement());
  tools.hidden = false;
}

/**
 * Return the arrangement that the query string asks for.
 * @returns {Arrangement}
 */
function parseArrangement() {
  const asked = new URLSearchParams(location.search);
  const sort = asked.get("sort") ?? "";
  return {
    sort: LIST_SORTS.includes(sort) ? sort : LIST_SORTS[0],
    view: asked.get("view") === "compact" ? "compact" : "",
  };
}

/**
 * Return the address of the page in an arrangement.
 * @param {Arrangement} arrangement
 */
function arrangementAddress({ sort, view }) {
  const asked = new URLSearchParams();
  if (sort !== LIST_SORTS[0]) asked.set("sort", sort);
  if (view) asked.set("view", view);
  return location.pathname + (asked.size ? `?${asked}` : "") + location.hash;
}

/**
 * Return the rows of a list.
 * @param {HTMLElement} list
 * @returns {Row[]}
 */
function listRows(list) {
  /** @type {Element | null} */
  let heading = null;
  return [...list.children].map((node) => {
    heading = node.querySelector(".year") ?? heading;
    return { node, heading };
  });
}

/**
 * Return the columns that sort the rows of a list, whose dates end with a year.
 * @param {Row[]} rows
 * @returns {import("../engine/orders.js").Sortable}
 */
function rowColumns(rows) {
  const texts = (/** @type {string} */ part) =>
    rows.map(({ node }) => node.querySelector(part)?.textContent?.trim() ?? "");
  const years = texts(".byline").map((line) => Number(/\d+$/.exec(line)?.[0] ?? 0));
  return { papers: { titles: texts(".work"), years, added: [] } };
}

/**
 * Show the rows of a list in an arrangement.
 * @param {ArrangedList} arranged
 * @param {Arrangement} arrangement
 */
function arrange(arranged, { sort, view }) {
  if (sort !== arranged.shown) reorder(arranged, sort);
  arranged.list.classList.toggle("compact", view === "compact");
  if (arranged.stated) arranged.stated.hidden = sort !== LIST_SORTS[0];
  showArrangement(arranged.elements, sort, view);
}

/**
 * Put the rows of a list in an order, under the headings of their years if it is by date. A row that is moved loses the
 * focus, so this is only for another order than the one that is shown.
 * @param {ArrangedList} arranged
 * @param {string} sort
 */
function reorder(arranged, sort) {
  const { list, rows, columns } = arranged;
  const order = sortPapers(columns, [...rows.keys()], sort);
  /** @type {Element | null} */
  let above = null;
  for (const { heading } of rows) heading?.remove();
  for (const { node, heading } of order.map((at) => rows[at])) {
    if (sort !== "title" && heading && heading !== above) node.prepend(heading);
    above = heading;
  }
  list.replaceChildren(...order.map((at) => rows[at].node));
  arranged.shown = sort;
}
