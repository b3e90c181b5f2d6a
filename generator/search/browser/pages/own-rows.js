// @ts-check
// What rows of the reader's own list have besides those of other lists: a box to choose them, the mark, a star, tags and
// the note, and ways to move them in the order by hand.

import { MARK_NAMES, MARKS } from "../own/records.js";
import { element, paperAddress } from "./draw.js";
import { removePapers } from "./keeping.js";
import { openNotes } from "./own-dialog.js";
import { paperOf } from "./own-list.js";
import { saidParts } from "./own-said.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../own/records.js").Mark} Mark
 * @typedef {import("../own/records.js").OwnRecord} OwnRecord
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 * @typedef {{chosen: Set<string>, move: (id: string, step: number | string) => void}} RowActions The papers that are chosen,
 *   and a function that moves a paper by a number of places, or to the place of another one.
 */

const DRAGGED = "text/x-own-paper"; // the type of what is dragged

/**
 * Complete a row, or bring it up to date.
 * @param {HTMLElement} row
 * @param {OwnPapers} own
 * @param {RowActions} actions
 */
export function finishOwnRow(row, own, { chosen, move }) {
  const id = row.dataset.paper ?? "";
  const record = own.get(id);
  if (!record) return; // it is about to leave
  if (!row.querySelector(".own-row")) addControls(row, own, chosen, move);
  const mark = /** @type {HTMLSelectElement} */ (row.querySelector(".own-mark"));
  mark.value = record.mark;
  row.querySelector(".own-star")?.setAttribute("aria-pressed", String(record.star));
  const said = /** @type {HTMLElement} */ (row.querySelector(".own-said"));
  said.replaceChildren(...saidParts(record));
}

/**
 * @param {HTMLElement} row
 * @param {OwnPapers} own
 * @param {Set<string>} chosen
 * @param {RowActions["move"]} move
 */
function addControls(row, own, chosen, move) {
  const paper = paperOf(row);
  const { id, title } = paper;
  const named = (/** @type {string} */ text) => element("span", { class: "unseen" }, ` ${text} ${title}`);
  const choose = element("input", { type: "checkbox", class: "own-choose", "aria-label": `Choose ${title}` });
  choose.checked = chosen.has(id);
  const mark = element(
    "select",
    { class: "own-mark", "aria-label": `Mark of ${title}` },
    ...["", ...MARKS].map((value) => element("option", { value }, MARK_NAMES.get(value))),
  );
  mark.addEventListener("change", () => void own.change([paper], { mark: /** @type {Mark} */ (mark.value) }));
  const star = button("", { class: "own-star", "aria-pressed": "false", "aria-label": `Star ${title}`, title: "Star" });
  star.addEventListener("click", () => void own.change([paper], { star: !own.get(id)?.star }));
  const edit = button("Note and tags", { class: "link own-edit", click: () => void openNotes(row) });
  edit.append(named("of"));
  const moves = [
    { name: "Top", step: Number.NEGATIVE_INFINITY },
    { name: "Up", step: -1 },
    { name: "Down", step: 1 },
  ].map(({ name, step }) => {
    const made = button(name, { class: `link own-${name.toLowerCase()}`, click: () => move(id, step) });
    made.append(named(""));
    return made;
  });
  const order = element("span", { class: "own-moves", role: "group", "aria-label": `Move ${title}` }, ...moves);
  row.prepend(choose);
  row.append(element("div", { class: "own-said" }), element("div", { class: "own-row" }, mark, star, edit, order));
  enableDragging(row, id, move);
}

/**
 * Let a row be dragged to the place of another one.
 * @param {HTMLElement} row
 * @param {string} id
 * @param {RowActions["move"]} move
 */
function enableDragging(row, id, move) {
  const isByHand = () => row.parentElement?.classList.contains("by-hand");
  const handle = element("span", {
    class: "own-handle",
    draggable: "true",
    "aria-hidden": "true",
    title: "Drag to move",
  });
  handle.addEventListener("dragstart", ({ dataTransfer }) => {
    dataTransfer?.setData(DRAGGED, id);
    dataTransfer?.setDragImage(row, 0, 0);
  });
  row.append(handle);
  row.addEventListener("dragover", (event) => {
    if (!isByHand() || !event.dataTransfer?.types.includes(DRAGGED)) return;
    event.preventDefault();
    row.classList.add("dragged-over");
  });
  for (const end of ["dragleave", "drop"]) row.addEventListener(end, () => row.classList.remove("dragged-over"));
  row.addEventListener("drop", (event) => {
    const dragged = event.dataTransfer?.getData(DRAGGED);
    if (!isByHand() || !dragged || dragged === id) return;
    event.preventDefault();
    move(dragged, id);
  });
}

/**
 * Return the row of a paper that is no longer on the list.
 * @param {OwnRecord} record
 * @param {OwnPapers} own
 * @param {string | undefined} reason if the list gives one
 */
export function goneRow(record, own, reason) {
  const { id, title } = record;
  const named = reason ? element("a", { class: "work", href: paperAddress(id) }, title) : element("b", {}, title || id);
  const remove = button("Remove", { class: "link", click: () => void removePapers([id]) });
  remove.append(element("span", { class: "unseen" }, ` ${title}`));
  const why = reason ?? "The list no longer has this entry, and gives no reason.";
  return element("li", {}, named, element("p", { class: "reason" }, why), ...saidParts(own.get(id) ?? record), remove);
}
