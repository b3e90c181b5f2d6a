// @ts-check
// The file in which a reader's own list is saved and read again, here or on another machine. Reading is strict: a file is
// taken as a whole or refused, with the reason in one line, and nothing of it is used but values of the known form.

import { emptyRecord, FIELDS, isSame, MARKS, mergedRecord } from "./records.js";
import { cleanNote, cleanTags, cleanTitle } from "./written.js";

/**
 * @typedef {import("./records.js").Field} Field
 * @typedef {import("./records.js").Fields} Fields
 * @typedef {import("./records.js").OwnRecord} OwnRecord
 * @typedef {{name: string, address: string}} ListName
 */

const FORMAT = "reading-list/mine";
const VERSION = 1;
export const LARGEST = 32 * 1024 * 1024; // characters of a file
const MOST_RECORDS = 100_000;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_ID = 200;
const FARTHEST = 1e9; // place in the order by hand; beyond, numbers are too coarse for places between others

/** What is wrong with a file, in the words for its reader. */
export class FileFault extends Error {}

/**
 * Return the text of a file with these records. Removed papers are in it, too, so that they are removed elsewhere.
 * @param {OwnRecord[]} records
 * @param {ListName} list
 * @param {Date} saved
 */
export function backupText(records, list, saved) {
  const papers = records.map(({ id, title, times, ...fields }) => ({ id, title, ...fields, times }));
  const head = { format: FORMAT, version: VERSION, list: list.name, address: list.address, saved: saved.toISOString() };
  const lines = papers.map((paper) => `    ${JSON.stringify(paper)}`);
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "papers": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/**
 * Return the records of a file, one for each paper. Times in the future become now, so that no file is newer than
 * whatever the reader does next.
 * @param {string} text
 * @param {number} now milliseconds since 1970
 * @returns {OwnRecord[]}
 */
export function readBackup(text, now) {
  if (text.length > LARGEST) throw new FileFault("This file is too large to be a saved list.");
  const file = parsed(text);
  if (!isObject(file) || file.format !== FORMAT) throw new FileFault("This file is not a saved list.");
  if (!Number.isInteger(file.version)) throw new FileFault("This file does not say which version it has.");
  if (Number(file.version) > VERSION)
    throw new FileFault("This file was saved by a newer version of this site. Reload the page and try again.");
  const { papers } = file;
  if (!Array.isArray(papers)) throw new FileFault("This file has no papers.");
  if (papers.length > MOST_RECORDS) throw new FileFault("This file has too many papers.");
  /** @type {Map<string, OwnRecord>} */
  const records = new Map();
  for (const [at, paper] of papers.entries()) {
    const record = readRecord(paper, at + 1, now);
    const known = records.get(record.id);
    records.set(record.id, known ? mergedRecord(known, record) : record);
  }
  return [...records.values()];
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new FileFault("This file is not a saved list, or it is broken.");
  }
}

/**
 * @param {unknown} value
 * @returns {value is {[key: string]: unknown}}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Return the record that a value of a file states.
 * @param {unknown} value
 * @param {number} number of the paper in the file, from 1
 * @param {number} now
 */
function readRecord(value, number, now) {
  const refuse = (/** @type {string} */ what) => new FileFault(`Paper ${number} of this file has ${what}.`);
  if (!isObject(value)) throw new FileFault(`Paper ${number} of this file is broken.`);
  const { id, title } = value;
  if (typeof id !== "string" || id.length > LONGEST_ID || !ID.test(id)) throw refuse("no valid id");
  if (typeof title !== "string" || cleanTitle(title) !== title) throw refuse("no valid title");
  const record = emptyRecord(id, title);
  const times = isObject(value.times) ? value.times : {};
  for (const field of FIELDS) {
    if (!Object.hasOwn(value, field)) continue;
    if (!isValid(field, value[field])) throw refuse(`no valid value of “${field}”`);
    Object.assign(record, { [field]: value[field] });
    record.times[field] = readTime(Object.hasOwn(times, field) ? times[field] : 0, now, refuse);
  }
  return record;
}

/**
 * Return a time of a file.
 * @param {unknown} time
 * @param {number} now
 * @param {(what: string) => FileFault} refuse
 */
function readTime(time, now, refuse) {
  if (typeof time !== "number" || !Number.isFinite(time) || time < 0) throw refuse("no valid time");
  return Math.min(Math.floor(time), now);
}

/**
 * Return whether a value of a file is one that the reader could have given a field.
 * @param {Field} field
 * @param {unknown} value
 */
function isValid(field, value) {
  if (field === "kept" || field === "star") return typeof value === "boolean";
  if (field === "mark") return value === "" || MARKS.some((mark) => mark === value);
  if (field === "place") return typeof value === "number" && Math.abs(value) <= FARTHEST;
  if (field === "note") return typeof value === "string" && cleanNote(value) === value;
  return Array.isArray(value) && value.every((tag) => typeof tag === "string") && isSame(cleanTags(value), value);
}
