// @ts-check
// Keeps papers from any page: by the buttons of rows and of a paper's page, and by keys. Shows in every row what the
// reader has made of the paper, here or in another tab.

import { MARK_NAMES, MARKS, readChange } from "../own/records.js";
import { OWN_EVENT, ROWS_EVENT } from "./controls.js";
import { element, entryCount } from "./draw.js";
import { showNotice } from "./notice.js";
import { ownPapers, paperOf } from "./own-list.js";
import { showOnPage, stateText } from "./own-said.js";
import { showSteps } from "./steps.js";

/**
 * @typedef {import("../own/records.js").Mark} Mark
 * @typedef {import("../own/records.js").OwnRecord} OwnRecord
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 */

const PLACES = "ol.papers > [data-paper], [data-own-paper]";
/** @type {(Mark | undefined)[]} */
const NEXT_MARKS = ["", ...MARKS];

/** @type {Promise<OwnPapers> | undefined} */
let shown;

/** Show what the reader keeps, now and after each change. Return the list. */
export function showOwn() {
  shown ??= ownPapers().then((own) => {
    showAll(own);
    own.listen((ids) => showAll(own, ids));
    showSteps(own);
    own.listen(() => showSteps(own));
    document.addEventListener(ROWS_EVENT, () => showAll(own));
    void import("./offline.js").then(({ saveKept }) => saveKept(own));
    return own;
  });
  return shown;
}

/** Show the list on a page that was opened while there was none, as it has begun in another tab. */
export async function showBegun() {
  if (shown) return;
  await showOwn();
  document.dispatchEvent(new Event(OWN_EVENT));
}

/**
 * Keep the paper of a row or page, or take it off the reader's list.
 * @param {HTMLElement} place
 * @param {boolean} isSaid whether to say so in words, as where the button is out of sight
 */
export async function toggleKept(place, isSaid = false) {
  const own = await showOwn();
  const paper = paperOf(place);
  if (own.get(paper.id)) return removePapers([paper.id]);
  void own.change([paper], { kept: true });
  if (isSaid) showNotice(`Kept in your list: ${paper.title}`);
}

/**
 * Take papers off the reader's list, and let the reader undo this.
 * @param {string[]} ids
 */
export async function removePapers(ids) {
  const own = await showOwn();
  const removed = own.remove(ids);
  const what = removed.length === 1 ? removed[0].title : entryCount(removed.length);
  showNotice(`Removed from your list: ${what}`, { label: "Undo", act: () => void own.restore(removed) });
}

/**
 * Give the paper of a row or page the next mark: to read, reading, read, none.
 * @param {HTMLElement} place
 */
export async function advanceMark(place) {
  const own = await showOwn();
  const paper = paperOf(place);
  const mark = NEXT_MARKS[NEXT_MARKS.indexOf(own.get(paper.id)?.mark ?? "") + 1] ?? "";
  void own.change([paper], { mark });
  showNotice(`${MARK_NAMES.get(mark)}: ${paper.title}`);
}

/**
 * Mark the paper of a step as read, or take this back.
 * @param {HTMLElement} place
 * @param {boolean} read
 */
export async function tickStep(place, read) {
  const own = await showOwn();
  void own.change([paperOf(place)], (record) => readChange(record, read));
}

/**
 * Show what the reader keeps wherever a paper is on the page, or only where one of these papers is.
 * @param {OwnPapers} own
 * @param {Set<string>} [ids]
 */
function showAll(own, ids) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(PLACES))) {
    const { paper, ownPaper } = place.dataset;
    const id = paper ?? ownPaper ?? "";
    if (!ids || ids.has(id)) showState(place, own.get(id));
  }
  for (const count of document.querySelectorAll("[data-kept]")) count.textContent = keptNumber(own.kept().length);
}

/**
 * Return the number of papers on the reader's list as the header shows it; nothing for none.
 * @param {number} count
 */
function keptNumber(count) {
  return count ? count.toLocaleString("en") : "";
}

/**
 * @param {HTMLElement} place
 * @param {OwnRecord | undefined} record
 */
function showState(place, record) {
  const button = /** @type {HTMLElement | null} */ (place.querySelector("button.keep"));
  if (!button) return;
  const isRow = button.hasAttribute("aria-label");
  const said = stateText(record).toLowerCase();
  button.setAttribute("aria-pressed", String(Boolean(record)));
  button.dataset.mark = record?.mark ?? "";
  button.toggleAttribute("data-star", record?.star ?? false);
  button.title = record ? `On your list${said && `: ${said}`}` : "Keep in my list";
  const tick = /** @type {HTMLInputElement | null} */ (place.querySelector(".tick input"));
  if (tick) tick.checked = record?.mark === "read";
  if (!isRow) return showOnPage(record);
  place.classList.toggle("was-read", record?.mark === "read");
  place.querySelector(".own-state")?.remove();
  if (said) button.after(element("span", { class: "unseen own-state" }, ` ${said}`));
}
