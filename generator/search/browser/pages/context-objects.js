// @ts-check
// Puts a context object of COinS into each visible row, which is how reference managers such as Zotero take papers from
// a page, and says so. The list without script has those of its papers; others are fetched once the reader pauses.

import { element } from "./draw.js";
import { fetchJson, ROOT, wholeArray } from "./fetch.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {{texts: Map<string, string>, parts: Map<number, Promise<void>>, turn: number}} ContextObjects Those known so
 *   far, by the ids of papers; the parts of them that have been asked for; and a counter to discard outdated rows.
 */

const PAUSE = 400; // milliseconds without new rows before anything is fetched

/**
 * Return the context objects of a list.
 * @param {HTMLElement} list
 * @returns {ContextObjects}
 */
export function contextObjects(list) {
  const texts = new Map();
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-paper]")))
    texts.set(row.dataset.paper, /** @type {HTMLElement} */ (row.querySelector(".Z3988")).title);
  return { texts, parts: new Map(), turn: 0 };
}

/**
 * Put the context objects into the rows, as soon as they are known.
 * @param {ContextObjects} known
 * @param {HTMLElement} rows
 * @param {Engine["list"]} list
 * @param {number[]} papers those of the rows, in order
 */
export async function describeRows(known, rows, list, papers) {
  known.turn += 1;
  const mine = known.turn;
  const missing = papers.filter((paper) => !known.texts.has(list.papers.ids[paper]));
  if (missing.length) {
    await new Promise((done) => setTimeout(done, PAUSE));
    if (mine !== known.turn) return;
    const parts = new Set(missing.map((paper) => Math.floor(paper / list.contextPart)));
    await Promise.all([...parts].map((part) => loadPart(known, list, part)));
    if (mine !== known.turn) return;
  }
  for (const row of /** @type {HTMLElement[]} */ ([...rows.children])) {
    const title = known.texts.get(row.dataset.paper ?? "");
    if (title) row.prepend(element("span", { class: "Z3988", title }));
  }
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
}

/**
 * Fetch a part, unless it is there or on its way. Without it, its papers only lack their context objects.
 * @param {ContextObjects} known
 * @param {Engine["list"]} list
 * @param {number} part
 */
function loadPart({ texts, parts }, { papers, contextPart }, part) {
  const begun = parts.get(part);
  if (begun) return begun;
  const ids = papers.ids.slice(part * contextPart, (part + 1) * contextPart);
  const loading = availableJson(`search/contexts-${part}.json`)
    .then((all) => {
      for (const [at, text] of wholeArray(all, ids.length).entries()) texts.set(ids[at], text);
    })
    .catch(() => void parts.delete(part));
  parts.set(part, loading);
  return loading;
}

/**
 * Return a file of the site or, without a network, what is stored of it, as browsers report each request that fails.
 * @param {string} path
 */
async function availableJson(path) {
  return navigator.onLine ? fetchJson(path) : (await caches.match(new URL(path, ROOT)))?.json();
}
