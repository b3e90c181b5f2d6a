// @ts-check
// Saves the reader's own list in files, and reads it from them.

import { backupText, FileFault, LARGEST, readBackup } from "../own/backup.js";
import { markdownList } from "../own/reading-list.js";
import { announceOutcome } from "./controls.js";
import { element, entryCount, paperAddress, siteAddress } from "./draw.js";
import { showNotice } from "./notice.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../engine/columns.js").List} List
 * @typedef {import("../own/records.js").OwnRecord} OwnRecord
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 * @typedef {{list: List, details: (list: List, paper: number) => string}} Described The list, and what it says of a paper
 *   on one line.
 * @typedef {Map<string, OwnRecord | undefined>} Before The records before a file was read, by the ids in the file.
 */

const URL_LIFETIME = 60_000; // milliseconds before the URL of a download is revoked
const STEP = 2000; // records that are merged between two pauses

/**
 * Offer the files.
 * @param {HTMLElement} place
 * @param {OwnPapers} own
 * @param {Described} described
 * @param {() => string[]} papers the ids of the chosen papers, or of all that are shown, in order
 */
export function offerFiles(place, own, described, papers) {
  const save = button("Save a backup", {});
  const markdown = button("Save as Markdown", {});
  const copy = button("Copy as Markdown", {});
  const print = button("Print", { click: () => window.print() });
  const input = element("input", { type: "file", accept: ".json,application/json", hidden: true });
  const open = button("Read a backup", { click: () => input.click() });
  const name = siteName();
  const text = () => markdownList(`My list · ${name}`, items(own, described, papers()));
  const saveBackup = async () => saveFile(backupName(name), "application/json", backup(own, name));
  announceOutcome(save, saveBackup, "Saved", "Could not save");
  announceOutcome(markdown, async () => saveFile("my-list.md", "text/markdown", text()), "Saved", "Could not save");
  announceOutcome(copy, () => navigator.clipboard.writeText(text()), "Copied", "Could not copy");
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = ""; // so that the same file can be chosen again
    if (file) void readFile(file, own, described.list);
  });
  place.replaceChildren(
    element(
      "details",
      {},
      element("summary", {}, "Save, move or print your list"),
      element(
        "p",
        {},
        "A backup has everything, and is merged with what another browser has. Markdown and print have what is chosen or shown.",
      ),
      element(
        "div",
        { class: "own-files", role: "group", "aria-label": "Files" },
        save,
        open,
        markdown,
        copy,
        print,
        input,
      ),
    ),
  );
  place.hidden = false;
}

function siteName() {
  return document.querySelector(".brand")?.textContent?.trim() ?? document.title;
}

/** @param {string} name */
function backupName(name) {
  const base =
    name
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "list";
  return `my-${base}-${new Date().toISOString().slice(0, 10)}.json`;
}

/**
 * @param {OwnPapers} own
 * @param {string} name
 */
function backup(own, name) {
  return backupText([...own.records.values()], { name, address: siteAddress("") }, new Date());
}

/**
 * Return the papers of these ids as Markdown shows them.
 * @param {OwnPapers} own
 * @param {Described} described
 * @param {string[]} ids
 */
function items(own, { list, details }, ids) {
  const numbers = new Map(list.papers.ids.map((id, at) => [id, at]));
  return ids.flatMap((id) => {
    const record = own.get(id);
    const at = numbers.get(id);
    if (!record) return [];
    const byline = at === undefined ? "" : details(list, at);
    return [
      { record, title: at === undefined ? record.title : list.papers.titles[at], byline, address: paperAddress(id) },
    ];
  });
}

/**
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), URL_LIFETIME);
}

/**
 * Merge the records of a file into the reader's list, and say what came of it. A file that is refused changes nothing.
 * @param {File} file
 * @param {OwnPapers} own
 * @param {List} list
 */
async function readFile(file, own, list) {
  try {
    if (file.size > LARGEST) throw new FileFault("This file is too large to be a saved list.");
    const moved = new Map(Object.entries(list.moved.paper));
    const read = readBackup(await file.text(), Date.now());
    const records = read.map((record) => ({ ...record, id: moved.get(record.id) ?? record.id }));
    const before = new Map(records.map(({ id }) => [id, own.records.get(id)]));
    for (let at = 0; at < records.length; at += STEP) {
      await own.merge(records.slice(at, at + STEP));
      await new Promise((done) => setTimeout(done)); // so that the page stays alive
    }
    const outcome = outcomeText(own, list, before);
    const undo = { label: "Undo", act: () => undoReading(own, before) };
    showNotice(outcome || "Everything in this file is in your list already.", outcome ? undo : undefined);
  } catch (fault) {
    if (!(fault instanceof FileFault)) console.warn(fault);
    showNotice(
      `${fault instanceof FileFault ? fault.message : "This file could not be read."} Your list is as it was.`,
    );
  }
}

/**
 * Let the records that a file has changed be as they were.
 * @param {OwnPapers} own
 * @param {Before} before
 */
function undoReading(own, before) {
  own.remove([...before].flatMap(([id, record]) => (record ? [] : [id])));
  void own.restore([...before.values()].flatMap((record) => record ?? []));
}

/**
 * Return what has come of reading a file, or nothing if it had nothing new.
 * @param {OwnPapers} own
 * @param {List} list
 * @param {Before} before
 */
function outcomeText(own, list, before) {
  const known = new Set(list.papers.ids);
  const ids = [...before.keys()].filter((id) => own.records.get(id) !== before.get(id));
  const added = ids.filter((id) => own.get(id) && !before.get(id)?.kept);
  const stayed = ids.filter((id) => before.get(id)?.kept);
  const changed = stayed.filter((id) => own.get(id)).length;
  const counts = [
    added.length && `${entryCount(added.length)} added`,
    changed && `${entryCount(changed)} changed`,
    stayed.length - changed && `${entryCount(stayed.length - changed)} removed`,
  ].filter(Boolean);
  if (!counts.length) return "";
  const strange = added.filter((id) => !known.has(id)).length;
  const rest = [
    strange && ` Not on this site, and at the end of your list: ${entryCount(strange)}.`,
    own.trouble && " This browser does not store them, so they last only until you leave this page.",
  ].filter(Boolean);
  return `Read: ${counts.join(", ")}.${rest.join("")}`;
}
