// @ts-check
// Shows how far the reader has come on reading paths: a step is done when its paper is marked as read, wherever that was.

import { CONTINUE_KEY } from "./controls.js";
import { element } from "./draw.js";

/**
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 * @typedef {{place: HTMLElement, steps: string[], read: string[], latest: number}} Progress The steps of a path as ids of
 *   papers, those that are read, and when the latest of them was marked.
 */

/**
 * Show the progress on all paths of the page, and where to go on.
 * @param {OwnPapers} own
 */
export function showSteps(own) {
  const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-steps]"));
  if (!places.length) return;
  const all = [...places].map((place) => pathProgress(place, own));
  for (const progress of all) showProgress(progress);
  const begun = all.filter(({ steps, read }) => read.length > 0 && read.length < steps.length);
  const current = begun.sort((one, other) => other.latest - one.latest)[0];
  for (const place of document.querySelectorAll("[data-continue]"))
    showNext(place, current, document.querySelector("ol.steps") !== null);
  rememberBegun(begun.length > 0);
}

/**
 * @param {HTMLElement} place
 * @param {OwnPapers} own
 * @returns {Progress}
 */
function pathProgress(place, own) {
  const steps = (place.dataset.steps ?? "").split(" ");
  const read = steps.filter((id) => own.get(id)?.mark === "read");
  return { place, steps, read, latest: Math.max(0, ...read.map((id) => own.get(id)?.times.mark ?? 0)) };
}

/** @param {Progress} progress */
function showProgress({ place, steps, read }) {
  const bar = element("progress", { max: String(steps.length), value: String(read.length), "aria-hidden": "true" });
  const text = read.length === steps.length ? "all read" : `${read.length} of ${steps.length} read`;
  place.replaceChildren(...(read.length ? [bar, text] : []));
}

/**
 * Show a link to the first step that is not read.
 * @param {Element} place
 * @param {Progress | undefined} current
 * @param {boolean} isHere whether the page is that of the path
 */
function showNext(place, current, isHere) {
  if (!current) return place.replaceChildren();
  const { steps, read } = current;
  const step = steps.findIndex((id) => !read.includes(id)) + 1;
  const path = /** @type {HTMLAnchorElement | null} */ (current.place.parentElement?.querySelector("a"));
  const title = document.querySelector(`#step-${step} .work`)?.textContent;
  const text = isHere
    ? `Continue with step ${step}: ${title}`
    : `Continue “${path?.textContent}” with step ${step} of ${steps.length}`;
  place.replaceChildren(element("a", { href: `${isHere ? "" : path?.href}#step-${step}` }, text));
}

/**
 * Remember whether there is a path to go on with, so that the next page keeps its place from the beginning.
 * @param {boolean} isBegun
 */
function rememberBegun(isBegun) {
  try {
    if (isBegun) localStorage.setItem(CONTINUE_KEY, "1");
    else localStorage.removeItem(CONTINUE_KEY);
  } catch {
    // Then the page may move a little.
  }
}
