// @ts-check
// The controls that order a list of papers and make it compact: on the page of all papers and on every other list.

import { SORTS } from "../engine/orders.js";

/**
 * @typedef {keyof typeof SORTS} Sort
 * @typedef {{order: HTMLSelectElement, views: HTMLElement[]}} ArrangementElements
 */

/**
 * Return the controls inside an element.
 * @param {HTMLElement} parent
 * @returns {ArrangementElements}
 */
export function arrangementElements(parent) {
  return {
    order: /** @type {HTMLSelectElement} */ (parent.querySelector("[data-sort]")),
    views: /** @type {HTMLElement[]} */ ([...parent.querySelectorAll("[data-view]")]),
  };
}

/**
 * Let the reader choose one of these orders, and the view.
 * @param {ArrangementElements} elements
 * @param {string[]} sorts
 * @param {(change: {sort: string} | {view: string}) => void} go
 */
export function offerArrangement({ order, views }, sorts, go) {
  order.append(...sorts.map((sort) => new Option(SORTS[/** @type {Sort} */ (sort)], sort)));
  order.addEventListener("change", () => go({ sort: order.value }));
  for (const button of views) button.addEventListener("click", () => go({ view: button.dataset.view ?? "" }));
}

/**
 * Show which order and view are chosen.
 * @param {ArrangementElements} elements
 * @param {string} sort
 * @param {string} view
 */
export function showArrangement({ order, views }, sort, view) {
  order.value = sort;
  for (const button of views) button.setAttribute("aria-pressed", String((button.dataset.view ?? "") === view));
}
