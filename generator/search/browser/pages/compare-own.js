// @ts-check
// What the reader made of the compared papers, as a row of the table. It is loaded only if the reader keeps any papers.

import { MARK_NAMES } from "../own/records.js";
import { OWN_KEY, stored } from "./controls.js";
import { element } from "./draw.js";

/**
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 * @typedef {import("../own/records.js").OwnRecord} OwnRecord
 */

/**
 * Return what the reader keeps, or null if there is nothing.
 * @returns {Promise<OwnPapers | null>}
 */
export async function loadOwn() {
  if (!stored(OWN_KEY)) return null;
  const { ownPapers } = await import("./own.js");
  return ownPapers();
}

/**
 * Return the mark, star, tags and note of a record; nothing if there is none.
 * @param {OwnRecord | undefined} record
 */
export function recordNodes(record) {
  if (!record) return [];
  const { mark, star, tags, note } = record;
  const facts = [mark ? MARK_NAMES.get(mark) : "Kept", star && "★ Starred", ...tags];
  const shown = facts.filter((fact) => typeof fact === "string").map((fact) => element("span", {}, fact));
  const said = element("p", { class: "own-facts" }, ...shown);
  if (!note) return [said];
  const place = element("div", { class: "own-note" }, note);
  void import("./note.js").then(({ showNote }) => showNote(place, note));
  return [said, place];
}
