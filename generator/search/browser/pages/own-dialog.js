// @ts-check
// The dialog in which a reader says what they made of a paper: its mark, a star, tags of their own, and a note. Each
// change is kept at once, the text of a note when the reader pauses.

import { MARK_NAMES, MARKS } from "../own/records.js";
import { cleanTags, MOST_NOTE } from "../own/written.js";
import { element } from "./draw.js";
import { removePapers, showOwn } from "./keeping.js";
import { showNote } from "./note.js";
import { paperOf } from "./own-list.js";
import { button, modalDialog, openDialog } from "./widgets.js";

/**
 * @typedef {import("../own/records.js").Fields} Fields
 * @typedef {import("../own/records.js").OwnRecord} OwnRecord
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 * @typedef {ReturnType<typeof dialogElements>} DialogElements
 * @typedef {{elements: DialogElements, own: OwnPapers, paper: {id: string, title: string}, typing: number}} NotesDialog
 */

const NEAR_LIMIT = 500; // characters left, from which on the dialog says how many
const PAUSE = 500; // milliseconds without typing, after which a note is kept

/** @type {NotesDialog | undefined} */
let notes;

/**
 * Open the dialog for the paper of a row or page.
 * @param {HTMLElement} place
 */
export async function openNotes(place) {
  const own = await showOwn();
  notes ??= createDialog(own);
  const { elements } = notes;
  if (elements.dialog.open) return;
  notes.paper = paperOf(place);
  const opener = place.querySelector("button.notes") ?? place.querySelector("button.keep");
  fillDialog(notes);
  openDialog(elements.dialog, /** @type {HTMLElement} */ (opener ?? place));
}

/**
 * Return the tags that a reader has typed, separated by commas.
 * @param {string} text
 */
export function typedTags(text) {
  return cleanTags(text.split(","));
}

/**
 * @param {OwnPapers} own
 * @returns {NotesDialog}
 */
function createDialog(own) {
  /** @type {NotesDialog} */
  const made = { elements: dialogElements(), own, paper: { id: "", title: "" }, typing: 0 };
  const { dialog, marks, star, tags, note, compare, remove } = made.elements;
  const change = (/** @type {Partial<Fields>} */ fields) => void own.change([made.paper], fields);
  marks.addEventListener("change", ({ target }) =>
    change({ mark: /** @type {import("../own/records.js").Mark} */ (/** @type {HTMLInputElement} */ (target).value) }),
  );
  star.addEventListener("change", () => change({ star: star.checked }));
  tags.addEventListener("change", () => change({ tags: typedTags(tags.value) }));
  note.addEventListener("input", () => {
    clearTimeout(made.typing);
    made.typing = setTimeout(() => keepNote(made), PAUSE);
    showRest(made.elements);
  });
  note.addEventListener("change", () => keepNote(made));
  dialog.addEventListener("close", () => keepNote(made));
  addEventListener("pagehide", () => dialog.open && keepNote(made));
  compare.addEventListener("click", async () => {
    dialog.close();
    const opener = /** @type {HTMLElement} */ (document.activeElement);
    (await import("./compare.js")).openCompareChooser(opener, made.paper.id);
  });
  remove.addEventListener("click", () => {
    dialog.close();
    void removePapers([made.paper.id]);
  });
  own.listen((ids) => dialog.open && ids.has(made.paper.id) && fillDialog(made));
  return made;
}

/** @param {NotesDialog} dialog */
function keepNote({ elements: { note, dialog }, own, paper, typing }) {
  clearTimeout(typing);
  const text = note.value.trim();
  if (text !== (own.get(paper.id)?.note ?? "") && (dialog.open || text)) void own.change([paper], { note: text });
}

function dialogElements() {
  const marks = element("div", { role: "group", "aria-label": "Mark" }, ...["", ...MARKS].map(markChoice));
  const star = element("input", { type: "checkbox" });
  const tags = element("input", { type: "text", list: "own-tags", autocomplete: "off", maxlength: "1000" });
  const known = element("datalist", { id: "own-tags" });
  const note = element("textarea", { rows: "6", maxlength: String(MOST_NOTE) });
  const rest = element("span", { class: "hint", role: "status" });
  const shown = element("div", { class: "own-note" });
  const compare = button("Compare with …", { class: "link" });
  const remove = button("Remove from my list", { class: "link" });
  const hint = "Only you can see this: it is stored in this browser. Markdown works in notes.";
  const { dialog, title } = modalDialog(
    "keeping",
    "notes-title",
    marks,
    element("label", { class: "star" }, star, " Star"),
    element("label", {}, element("span", {}, "My tags, separated by commas"), tags),
    known,
    element("label", {}, element("span", {}, "Note"), note),
    rest,
    shown,
    element("p", { class: "hint" }, hint),
    element("div", { class: "ways" }, compare, remove),
  );
  const inputs = [...marks.querySelectorAll("input")];
  return { dialog, title, marks, inputs, star, tags, known, note, rest, shown, compare, remove };
}

/** @param {string} value */
function markChoice(value) {
  const input = element("input", { type: "radio", name: "own-mark", value });
  return element("label", {}, input, MARK_NAMES.get(value));
}

/**
 * Show what is kept, except in the field in which the reader is typing.
 * @param {NotesDialog} dialog
 */
function fillDialog({ elements, own, paper }) {
  const { title, inputs, star, tags, known, note, shown, remove } = elements;
  const record = own.get(paper.id);
  title.textContent = paper.title;
  for (const input of inputs) input.checked = input.value === (record?.mark ?? "");
  star.checked = record?.star ?? false;
  if (document.activeElement !== tags) tags.value = record?.tags.join(", ") ?? "";
  if (document.activeElement !== note) note.value = record?.note ?? "";
  const names = new Set(own.kept().flatMap((one) => one.tags));
  known.replaceChildren(...[...names].sort().map((name) => element("option", { value: name })));
  shown.hidden = !record?.note;
  if (record?.note) void showNote(shown, record.note);
  remove.hidden = !record;
  showRest(elements);
}

/** @param {DialogElements} elements */
function showRest({ note, rest }) {
  const left = MOST_NOTE - note.value.length;
  rest.textContent = left < NEAR_LIMIT ? `${left} characters left` : "";
}
