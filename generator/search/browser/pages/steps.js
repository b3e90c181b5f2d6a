// @ts-check
// Shows how far the reader has come on reading paths: a step is done when its paper is marked as read, wherever that was.

import { CONTINUE_KEY, stored } from "./controls.js";
import { element } from "./draw.js";
import { ROOT } from "./fetch.js";

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
  const isBegun = all.some(({ read }) => read.length > 0);
  for (const progress of all) showProgress(progress, isBegun);
  const begun = all.filter(({ steps, read }) => read.length > 0 && read.length < steps.length);
  const current = begun.sort((one, other) => other.latest - one.latest)[0];
  for (const place of document.querySelectorAll("[data-continue]"))
    showNext(place, current, document.querySelector("ol.steps") !== null);
  rememberBegun(all, begun, isBegun);
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

/**
 * @param {Progress} progress
 * @param {boolean} isBegun whether any path of the page is begun; only then is there something to show
 */
function showProgress({ place, steps, read }, isBegun) {
  const bar = element("progress", { max: String(steps.length), value: String(read.length), "aria-hidden": "true" });
  const text = read.length === steps.length ? "all read" : `${read.length} of ${steps.length} read`;
  place.replaceChildren(...(isBegun ? [bar, text] : []));
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
 * Remember which paths there are to go on with, so that the next page keeps the places from the beginning.
 * @param {Progress[]} all the paths of the page
 * @param {Progress[]} begun those in whose middle the reader is
 * @param {boolean} isBegun whether any of them is begun or read
 */
function rememberBegun(all, begun, isBegun) {
  const known = stored(CONTINUE_KEY);
  const here = new Set(all.map(pathAddress));
  const others = known?.split(" ").filter((address) => address && !here.has(address)) ?? [];
  const now = [...others, ...begun.map(pathAddress)];
  try {
    if (now.length || isBegun) localStorage.setItem(CONTINUE_KEY, now.join(" "));
    else localStorage.removeItem(CONTINUE_KEY);
  } catch {
    // Then the page may move a little.
  }
}

/**
 * Return the address of a path relative to the root.
 * @param {Progress} progress
 */
function pathAddress({ place }) {
  return (place.parentElement?.querySelector("a") ?? location).pathname.slice(ROOT.pathname.length);
}
