// @ts-check
// What the reader made of the papers of the list, in columns like those of the list itself, for facets, search and orders.

import { OWN_STATES } from "../engine/columns.js";

/**
 * @typedef {import("../engine/columns.js").OwnColumns} OwnColumns
 * @typedef {import("./records.js").OwnRecord} OwnRecord
 */

/** @type {number[]} */
const NONE = [];
/** @type {WeakMap<OwnRecord, number[]>} */
const statesOf = new WeakMap();

/**
 * Return the columns for the papers with these ids, in order.
 * @param {string[]} ids
 * @param {(id: string) => OwnRecord | undefined} recordOf the record of a paper on the reader's list
 * @returns {OwnColumns}
 */
export function ownColumns(ids, recordOf) {
  const records = ids.map(recordOf);
  const names = [...new Set(records.flatMap((record) => record?.tags ?? []))].sort();
  const numbers = new Map(names.map((name, at) => [name, at]));
  const places = new Map();
  const keptAt = new Map();
  for (const [paper, record] of records.entries()) {
    if (!record) continue;
    places.set(paper, record.place);
    keptAt.set(paper, record.times.kept);
  }
  return {
    values: places.size ? OWN_STATES : [],
    states: records.map((record) => (record ? recordStates(record) : NONE)),
    tagNames: names.map((name) => ({ id: tagId(name), name })),
    tags: records.map((record) => record?.tags.map((name) => /** @type {number} */ (numbers.get(name))) ?? NONE),
    ...{ places, keptAt },
  };
}

/**
 * Return the states of a paper on the reader's list, as indexes into `OWN_STATES`. They are remembered, as records never
 * change.
 * @param {OwnRecord} record
 */
function recordStates(record) {
  const known = statesOf.get(record);
  if (known) return known;
  const { mark, star, note } = record;
  const has = new Set(["kept", mark, star ? "starred" : "", note ? "note" : ""]);
  const states = OWN_STATES.flatMap(({ id }, at) => (has.has(id) ? [at] : []));
  statesOf.set(record, states);
  return states;
}

/**
 * Return a reader's tag as it stands in an address, where commas separate values and a minus excludes one.
 * @param {string} name
 */
function tagId(name) {
  return name.replace(/,/g, " ").replace(/^-+/, "");
}
