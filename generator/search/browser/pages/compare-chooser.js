// @ts-check
// A field and a list for choosing one more paper to compare: papers of the reader's own list and related ones at first,
// and what search finds once the reader types.

import { comparisonPath } from "../engine/comparison.js";
import { plural } from "../engine/text.js";
import { OWN_KEY, stored } from "./controls.js";
import { element, siteAddress, WORDS } from "./draw.js";
import { loadPaper } from "./paper-page.js";
import { activateOption, modalDialog, openDialog } from "./widgets.js";

/**
 * @typedef {{id: string, title: string, byline: string, why: string}} Offer A paper that can be chosen, and why it is
 *   offered.
 * @typedef {ReturnType<typeof chooserElements>} ChooserElements
 * @typedef {ChooserElements & {active: number, turn: number, taken: Set<string>, offers: Promise<Offer[]>,
 *   choose: (id: string) => void, shown: Promise<unknown>}} Chooser
 */

const MOST_OFFERED = 12; // papers in the list
const MOST_OWN = 6; // of the reader's own list

/** @type {{dialog: HTMLDialogElement, title: HTMLElement, place: HTMLElement} | undefined} */
let opened;

let made = 0; // choosers, for the ids of their elements

/**
 * Return the elements of a chooser.
 * @param {string[]} taken the ids of the papers that cannot be chosen
 * @param {string[]} near the ids of those to which related papers are offered
 * @param {(id: string) => void} choose
 */
export function paperChooser(taken, near, choose) {
  const offers = offersNear(near);
  /** @type {Chooser} */
  const chooser = {
    ...chooserElements(),
    ...{ active: -1, turn: 0, taken: new Set(taken), offers, choose, shown: offers },
  };
  const { label, input, options, status } = chooser;
  listen(chooser);
  return { input, node: element("div", { class: "chooser" }, label, input, options, status) };
}

/**
 * Open a dialog that lets the reader choose a paper.
 * @param {HTMLElement} opener
 * @param {string} title
 * @param {string[]} taken
 * @param {string[]} near
 * @param {(id: string) => void} choose
 */
export function openChooser(opener, title, taken, near, choose) {
  opened ??= createDialog();
  const { dialog, place } = opened;
  if (dialog.open) return;
  const { input, node } = paperChooser(taken, near, (id) => {
    dialog.close();
    choose(id);
  });
  opened.title.textContent = title;
  place.replaceChildren(node);
  openDialog(dialog, opener);
  input.focus();
}

/**
 * Let the reader choose the paper to compare with another one, and open the comparison.
 * @param {HTMLElement} opener
 * @param {string} id of the paper to compare
 */
export function openCompareChooser(opener, id) {
  const choose = (/** @type {string} */ other) => location.assign(siteAddress(comparisonPath([id, other])));
  openChooser(opener, "Compare with …", [id], [id], choose);
}

function createDialog() {
  const place = element("div", {});
  return { ...modalDialog("keeping choosing", "chooser-title", place), place };
}

function chooserElements() {
  made += 1;
  const options = element("div", {
    id: `chooser-${made}-options`,
    role: "listbox",
    "aria-label": WORDS.many,
    tabindex: "-1",
  });
  const input = element("input", {
    ...{
      id: `chooser-${made}`,
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": options.id,
    },
    ...{
      "aria-autocomplete": "list",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      maxlength: "1000",
    },
    placeholder: "A name, a topic, a question",
  });
  const label = element("label", { for: input.id }, `Find ${WORDS.many}`);
  return { options, input, label, status: element("p", { class: "hint", role: "status" }) };
}

/** @param {Chooser} chooser */
function listen(chooser) {
  const { input, options, choose } = chooser;
  const show = () => {
    chooser.shown = showOptions(chooser);
  };
  show();
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.isComposing || !(step || event.key === "Enter")) return;
    event.preventDefault();
    void chooser.shown.then(() => takeStep(chooser, step)); // which is meant for what the text finds
  });
  options.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the field
  options.addEventListener("click", ({ target }) => {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[role=option]"));
    if (option) choose(option.dataset.paper ?? "");
  });
}

/**
 * Move to another option, or choose the active one.
 * @param {Chooser} chooser
 * @param {number} step 1 or -1, or 0 to choose
 */
function takeStep(chooser, step) {
  const { options, active } = chooser;
  const count = options.children.length;
  if (!step) /** @type {HTMLElement | undefined} */ (options.children[active])?.click();
  else if (count) activateOption(chooser, (Math.max(active, step < 0 ? 0 : -1) + step + count) % count, markActive);
}

/**
 * @param {Element} option
 * @param {boolean} active
 */
function markActive(option, active) {
  option.classList.toggle("active", active);
  option.setAttribute("aria-selected", String(active));
}

/**
 * Show the papers that the field's text finds, or those that are offered while it is empty.
 * @param {Chooser} chooser
 */
async function showOptions(chooser) {
  const { input, options, status, taken } = chooser;
  chooser.turn += 1;
  const mine = chooser.turn;
  const text = input.value.trim();
  const found = await (text ? foundPapers(text) : chooser.offers).catch(() => null);
  if (mine !== chooser.turn) return; // the reader has typed more
  const offers = (found ?? []).filter(({ id }) => !taken.has(id)).slice(0, MOST_OFFERED);
  activateOption(chooser, -1, markActive);
  options.replaceChildren(...offers.map((offer, at) => offerOption(offer, `${input.id}-${at}`)));
  options.scrollTop = 0;
  options.hidden = !offers.length;
  input.setAttribute("aria-expanded", String(offers.length > 0));
  if (text && offers.length) activateOption(chooser, 0, markActive);
  status.textContent = optionsStatus(offers.length, text, found !== null);
}

/**
 * @param {number} count
 * @param {string} text
 * @param {boolean} isLoaded
 */
function optionsStatus(count, text, isLoaded) {
  if (!isLoaded) return "Search is not available right now.";
  if (text) return count ? plural(count, WORDS.one, WORDS.many) : `No ${WORDS.many} found.`;
  return count ? "" : "Type a word of the title, a name, or a topic.";
}

/**
 * @param {Offer} offer
 * @param {string} id
 */
function offerOption({ id: paper, title, byline, why }, id) {
  return element(
    "div",
    { role: "option", id, "aria-selected": "false", "data-paper": paper },
    element("span", { class: "work" }, title),
    element("span", { class: "byline" }, [byline, why].filter(Boolean).join("\u00a0· ")),
  );
}

/**
 * Return what search finds.
 * @param {string} text
 * @returns {Promise<Offer[]>}
 */
async function foundPapers(text) {
  const { findPapers } = await import("./search.js");
  return (await findPapers(text, MOST_OFFERED + 4)).map((one) => ({ ...one, why: "" }));
}

/**
 * Return what is offered before the reader types: what is on the reader's list, and what is related to these papers.
 * @param {string[]} near
 * @returns {Promise<Offer[]>}
 */
async function offersNear(near) {
  const [own, ...papers] = await Promise.all([ownOffers(), ...near.map(loadPaper)]);
  const related = papers.flatMap((paper) => {
    if ("problem" in paper) return [];
    const why = near.length > 1 ? `Related to ${paper.name}` : "";
    return [...paper.related, ...paper.suggested].map(({ id, title, byline }) => ({ id, title, byline, why }));
  });
  return [
    ...new Map([...own.slice(0, MOST_OWN), ...related].reverse().map((offer) => [offer.id, offer])).values(),
  ].reverse();
}

/** @returns {Promise<Offer[]>} */
async function ownOffers() {
  if (!stored(OWN_KEY)) return [];
  const { ownPapers } = await import("./own.js");
  const kept = (await ownPapers()).kept().sort((one, other) => one.place - other.place);
  return kept.map(({ id, title }) => ({ id, title, byline: "", why: "On your list" }));
}
