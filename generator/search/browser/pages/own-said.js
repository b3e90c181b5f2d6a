// @ts-check
// Shows what the reader made of a paper: in rows of their own list, and on the paper's page.

import { MARK_NAMES } from "../own/records.js";
import { element } from "./draw.js";
import { showNote } from "./note.js";

/** @typedef {import("../own/records.js").OwnRecord} OwnRecord */

const DAY = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "short", year: "numeric" });
const TWO_COLUMNS = "(min-width: 64em)"; // as in the style sheet

/**
 * Return the reader's tags and note, and since when the paper is kept.
 * @param {OwnRecord} record
 */
export function saidParts({ note, tags, times }) {
  const shownTags = tags.flatMap((tag) => [element("span", {}, tag), " "]);
  const facts = element("p", { class: "own-facts" }, ...shownTags, `Kept ${DAY.format(times.kept)}`);
  if (!note) return [facts];
  const shown = element("div", { class: "own-note" });
  void showNote(shown, note);
  return [facts, shown];
}

/**
 * Return the mark and the star in words, or an empty text.
 * @param {OwnRecord | undefined} record
 */
export function stateText(record) {
  const mark = record?.mark && MARK_NAMES.get(record.mark);
  return [mark, record?.star && "Starred"].filter(Boolean).join(", ");
}

/**
 * Show on a paper's page what the reader made of it: at the end of the margin or, where that is above the text, at the end
 * of the page, so that nothing moves.
 * @param {OwnRecord | undefined} record none if the paper is not kept
 */
export function showOnPage(record) {
  const before = document.querySelector(".own-paper");
  if (!record) return before?.remove();
  const state = stateText(record);
  const made = element(
    "section",
    { class: "own-paper", "aria-labelledby": "own-paper" },
    element("h2", { id: "own-paper" }, "On my list"),
    ...(state ? [element("p", { class: "own-mark-said" }, state)] : []),
    ...saidParts(record),
  );
  if (before) return before.replaceWith(made);
  const margin = matchMedia(TWO_COLUMNS).matches ? document.querySelector(".layout > .margin") : null;
  (margin ?? document.querySelector(".layout > .rest"))?.append(made);
}
