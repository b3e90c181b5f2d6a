// @ts-check
// What scripts add to the buttons and rows of any page: buttons briefly announce whether their action succeeded, for
// screen readers too, and rows have buttons that keep their papers and names for their links to files. The HTML has
// neither, as they would repeat each title three times in every list.

import { ROOT } from "./fetch.js";

/** The key of local storage for the size of the reader's own list; each list of an origin has its own. */
export const OWN_KEY = `reading-list.own ${ROOT.pathname}`;

/** The key of local storage for the paths in whose middle the reader is, set once one was begun; as in colors.js. */
export const CONTINUE_KEY = `reading-list.continue ${ROOT.pathname}`;

/** The event of the document when what the reader keeps has changed. */
export const OWN_EVENT = "own-changed";

/** The key of local storage with which the reader turns the keys off. */
export const KEYS_OFF = "reading-list.keys-off";

/** The event of the document when rows of papers have been drawn. */
export const ROWS_EVENT = "rows-drawn";

const ANNOUNCED_FOR = 2000; // milliseconds

/**
 * Return what local storage has, or nothing if the browser has none for the site.
 * @param {string} key
 */
export function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * Let a button perform an action and announce the outcome.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<unknown>} act
 * @param {string} success the button's text if the action succeeds
 * @param {string} failure its text if the action fails
 */
export function announceOutcome(button, act, success, failure) {
  const label = button.textContent;
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    if (!status.isConnected) button.after(status);
    button.textContent = status.textContent = await act().then(
      () => success,
      () => failure,
    );
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, ANNOUNCED_FOR);
  });
}

/**
 * Complete the rows of lists: name the links to files, and offer to keep the papers. Whatever shows what the reader keeps
 * hears of the new rows.
 * @param {ParentNode} place what contains the rows
 */
export function completeRows(place) {
  nameFileLinks(place);
  for (const work of place.querySelectorAll("ol.papers > li > .work")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "keep";
    button.setAttribute("aria-label", `Keep ${work.textContent}`);
    button.setAttribute("aria-pressed", "false");
    work.after(button);
  }
  document.dispatchEvent(new Event(ROWS_EVENT));
}

/**
 * Let the links to a paper's files say whose they are, to readers who hear a link without what is around it.
 * @param {ParentNode} place
 */
function nameFileLinks(place) {
  for (const link of place.querySelectorAll(".marks > a")) {
    const title = link.closest("li")?.querySelector(".work")?.textContent;
    link.setAttribute("aria-label", `${link.textContent} of ${title}`);
  }
}
