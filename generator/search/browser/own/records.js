// @ts-check
// What a reader keeps of the list, as plain values: a record for each paper, with the time of the last change of each
// field, so that records of two devices can be merged field by field. Nothing here changes a record; all return new ones.

import { cleanNote, cleanTags } from "./written.js";

/**
 * @typedef {"" | "to-read" | "reading" | "read"} Mark
 * @typedef {{kept: boolean, mark: Mark, star: boolean, note: string, tags: string[], place: number}} Fields Whether the
 *   paper is on the reader's list, and what the reader made of it. The place is that in the order by hand, lowest first.
 * @typedef {keyof Fields} Field
 * @typedef {Fields & {id: string, title: string, times: {[field in Field]: number}}} OwnRecord The title is that when
 *   the paper was kept, for papers that leave the list; the times are in milliseconds since 1970, 0 if never changed.
 */

/** The marks that a paper can have, in the order in which readers give them. */
export const MARKS = /** @type {const} */ (["to-read", "reading", "read"]);

/** How readers see the marks. */
export const MARK_NAMES = new Map([
  ["", "No mark"],
  ["to-read", "To read"],
  ["reading", "Reading"],
  ["read", "Read"],
]);

/** @type {Fields} */
const EMPTY = { kept: false, mark: "", star: false, note: "", tags: [], place: 0 };
export const FIELDS = /** @type {Field[]} */ (Object.keys(EMPTY));

/**
 * Return the record of a paper about which the reader has said nothing.
 * @param {string} id
 * @param {string} title
 * @returns {OwnRecord}
 */
export function emptyRecord(id, title) {
  return { id, title, ...EMPTY, times: { kept: 0, mark: 0, star: 0, note: 0, tags: 0, place: 0 } };
}

/**
 * Return a record with some fields changed. A paper that gets a mark, a star, a note, or a tag is kept with it. What is
 * changed now is newer than what was there, even if a clock was wrong.
 * @param {OwnRecord} record
 * @param {Partial<Fields>} change
 * @param {number} now milliseconds since 1970
 * @returns {OwnRecord}
 */
export function changedRecord(record, change, now) {
  const says = change.mark || change.star || change.note || change.tags?.length;
  const whole = { ...(says && !record.kept && { kept: true }), ...change };
  if (whole.note !== undefined) whole.note = cleanNote(whole.note);
  if (whole.tags) whole.tags = cleanTags(whole.tags);
  const names = FIELDS.filter((field) => Object.hasOwn(whole, field) && !isSame(whole[field], record[field]));
  const latest = Math.max(now, ...names.map((field) => record.times[field] + 1));
  const times = Object.fromEntries(names.map((field) => [field, latest]));
  return { ...record, ...whole, times: { ...record.times, ...times } };
}

/**
 * Return a record without anything that the reader made of the paper.
 * @param {OwnRecord} record
 * @param {number} now
 */
export function clearedRecord(record, now) {
  return changedRecord(record, EMPTY, now);
}

/**
 * Return the change that marks a paper as read or takes this back. A paper that is only on the reader's list because it
 * was marked as read leaves it again.
 * @param {OwnRecord} record
 * @param {boolean} read
 * @returns {Partial<Fields>}
 */
export function readChange(record, read) {
  if (read) return { mark: "read" };
  const { kept, mark } = record.times;
  const isByMark = kept === mark && !record.star && !record.note && !record.tags.length;
  return isByMark ? { mark: "", kept: false } : { mark: "" };
}

/**
 * Return one record from two of the same paper: of each field the newer value and, of values with the same time, always
 * the same one, so that the order in which records are merged does not matter.
 * @param {OwnRecord} one
 * @param {OwnRecord} other
 * @returns {OwnRecord}
 */
export function mergedRecord(one, other) {
  const merged = { ...one, times: { ...one.times } };
  for (const field of FIELDS) {
    const later = other.times[field] - one.times[field];
    const isNewer = later > 0 || (later === 0 && JSON.stringify(other[field]) > JSON.stringify(one[field]));
    if (!isNewer) continue;
    Object.assign(merged, { [field]: other[field] });
    merged.times[field] = other.times[field];
  }
  return merged;
}

/**
 * Return whether two records, or two values, say the same.
 * @param {unknown} one
 * @param {unknown} other
 */
export function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
