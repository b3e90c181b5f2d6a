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
  const markdown = button("Markdown", {});
  const print = button("Print", { click: () => window.print() });
  const input = element("input", { type: "file", accept: ".json,application/json", class: "unseen", tabindex: "-1" });
  const open = button("Read a backup", { click: () => input.click() });
  input.setAttribute("aria-label", "Read a backup");
  const name = siteName();
  announceOutcome(
    save,
    async () => saveFile(backupName(name), "application/json", backup(own, name)),
    "Saved",
    "Could not save",
  );
  announceOutcome(
    markdown,
    async () =>
      saveFile("my-list.md", "text/markdown", markdownList(`My list · ${name}`, items(own, described, papers()))),
    "Saved",
    "Could not save",
  );
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
      element("div", { class: "own-files", role: "group", "aria-label": "Files" }, save, open, markdown, print, input),
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
    const records = readBackup(await file.text(), Date.now());
    const before = new Set(own.kept().map(({ id }) => id));
    let changed = 0;
    for (let at = 0; at < records.length; at += STEP) {
      changed += await own.merge(records.slice(at, at + STEP));
      await new Promise((done) => setTimeout(done)); // so that the page stays alive
    }
    await own.follow(new Map(Object.entries(list.moved.paper)));
    showNotice(mergedText(own, list, before, changed));
  } catch (fault) {
    if (!(fault instanceof FileFault)) console.warn(fault);
    showNotice(
      `${fault instanceof FileFault ? fault.message : "This file could not be read."} Your list is as it was.`,
    );
  }
}

/**
 * Return what has come of reading a file.
 * @param {OwnPapers} own
 * @param {List} list
 * @param {Set<string>} before the ids of the papers kept before
 * @param {number} changed records
 */
function mergedText(own, list, before, changed) {
  const known = new Set(list.papers.ids);
  const added = own.kept().filter(({ id }) => !before.has(id));
  const strange = added.filter(({ id }) => !known.has(id)).length;
  if (!changed) return "Everything in this file is in your list already.";
  const rest = strange ? ` ${entryCount(strange)} of them are not on this site, and stand at the end.` : "";
  return `Read: ${entryCount(added.length)} added, ${entryCount(Math.max(0, changed - added.length))} changed.${rest}`;
}
