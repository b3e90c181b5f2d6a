// @ts-check
// The keys that act on any page: what they do to which paper, and the dialog that lists them.

import { KEYS_OFF } from "./controls.js";
import { element, WORDS } from "./draw.js";
import { advanceMark, toggleKept } from "./keeping.js";
import { showNotice } from "./notice.js";
import { openNotes } from "./own-dialog.js";
import { modalDialog, openDialog } from "./widgets.js";

const ROW = "ol.papers > [data-paper]";
const HEAD = "[data-own-paper]"; // of a paper's page, or of a column where papers are compared
const KEYS = [
  ["/ or s", "Go to the search box"],
  ["k", `Keep the ${WORDS.one}, or remove it from your list`],
  ["m", "Change its mark: to read, reading, read, none"],
  ["n", "Write a note about it"],
  ["↓ ↑", "Move through search results"],
  ["?", "Show these keys"],
];

/** @type {HTMLDialogElement | undefined} */
let help;

/**
 * Do what a key stands for.
 * @param {string} key `k`, `m`, `n`, or `?`
 */
export function followKey(key) {
  if (document.querySelector("dialog[open]")) return;
  if (key === "?") return openShortcuts();
  const place = paperPlace();
  if (!place) return showNotice(`First move to one of the ${WORDS.many}, with Tab or the pointer.`);
  if (key === "k") void toggleKept(place, true);
  else if (key === "m") void advanceMark(place);
  else void openNotes(place);
}

/**
 * Return the row with the focus, the row under the pointer, or what stands for the paper of the page.
 * @returns {HTMLElement | null}
 */
function paperPlace() {
  const focused = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest(`${ROW}, ${HEAD}`));
  const heads = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(HEAD));
  return focused ?? document.querySelector(`${ROW}:hover`) ?? (heads.length === 1 ? heads[0] : null);
}

/** Open the dialog that lists the keys. */
export function openShortcuts() {
  help ??= createHelp();
  openDialog(help, /** @type {HTMLElement} */ (document.activeElement));
}

function createHelp() {
  const rows = KEYS.map(([key, does]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, does)]);
  const off = element("input", { type: "checkbox", change: () => turnOff(off.checked) });
  off.checked = isOff();
  const { dialog, title } = modalDialog(
    "keeping",
    "shortcuts-title",
    element("dl", {}, ...rows.flat()),
    element("label", {}, off, " Turn these keys off, except ?"),
  );
  title.textContent = "Keyboard shortcuts";
  return dialog;
}

function isOff() {
  try {
    return localStorage.getItem(KEYS_OFF) !== null;
  } catch {
    return false;
  }
}

/** @param {boolean} off */
function turnOff(off) {
  try {
    if (off) localStorage.setItem(KEYS_OFF, "1");
    else localStorage.removeItem(KEYS_OFF);
  } catch {
    showNotice("This browser stores nothing for this site, so the keys stay on.");
  }
}
