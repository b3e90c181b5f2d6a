// @ts-check
// The dialog with the filters, where there is no room beside the results: a sheet from below on a phone, and from the
// side on a tablet. While it is open, it holds the same facets that a wide screen shows beside the results.

import { NO_FILTERS } from "./chips.js";
import { element, entryCount, WORDS } from "./draw.js";
import { button, modalDialog, openDialog } from "./widgets.js";

/** @typedef {import("./facets.js").Go} Go */

const WIDE = "(min-width: 64em)"; // as in the stylesheet

/**
 * Let a button open the dialog. Return a function that updates the counts.
 * @param {HTMLElement} place the element with the facets
 * @param {HTMLButtonElement} opener
 * @param {Go} go
 */
export function filterSheet(place, opener, go) {
  const home = /** @type {HTMLElement} */ (place.parentElement);
  const show = button("", { class: "show", click: () => dialog.close() });
  const clear = button("Clear filters", { class: "link" });
  const status = element("p", { class: "unseen", role: "status" });
  const body = element("div", { class: "body" });
  const foot = element("div", { class: "foot" }, clear, show);
  const { dialog, title } = modalDialog("sheet", "sheet-title", body, foot, status);
  title.textContent = "Filters";
  home.append(dialog);
  opener.addEventListener("click", () => {
    body.append(place);
    openDialog(dialog, opener);
  });
  clear.addEventListener("click", () => {
    show.focus(); // as the button disappears
    go(NO_FILTERS);
  });
  dialog.addEventListener("close", () => home.prepend(place));
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // on what is around it
  matchMedia(WIDE).addEventListener("change", () => dialog.close());
  return (/** @type {number} */ filters, /** @type {number} */ papers) => {
    opener.textContent = filters ? `Filters (${filters})` : "Filters";
    show.textContent = papers ? `Show ${entryCount(papers)}` : `No ${WORDS.many} found`;
    status.textContent = dialog.open ? entryCount(papers) : "";
    clear.hidden = !filters;
  };
}
