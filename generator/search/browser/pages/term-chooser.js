// @ts-check
// A field for finding terms of the vocabulary, and the list of matching terms, which can be chosen or removed.

import { findTerms } from "../engine/proposal.js";
import { plural } from "../engine/text.js";
import { element } from "./draw.js";
import { activateOption } from "./widgets.js";

/**
 * @typedef {import("../engine/proposal.js").VocabularyTerm} VocabularyTerm
 * @typedef {{toggle: (id: string) => void, takeBack: () => void, announce: (text: string) => void}} Actions Choose or
 *   remove a term, remove the last chosen term (Backspace in the empty field), and announce a message.
 * @typedef {ReturnType<typeof chooserElements>} ChooserElements
 * @typedef {ChooserElements & {
 *   terms: VocabularyTerm[], rows: Map<string, ReturnType<typeof termOption>>, actions: Actions, active: number,
 * }} Chooser
 */

/**
 * Return the elements of the chooser, and a function that marks the chosen terms in it.
 * @param {VocabularyTerm[]} terms
 * @param {Map<string, VocabularyTerm>} termsById
 * @param {Actions} actions
 */
export function termChooser(terms, termsById, actions) {
  const rows = new Map(terms.map((term) => [term.id, termOption(term, termsById.get(term.parent)?.name ?? "")]));
  /** @type {Chooser} */
  const chooser = { ...chooserElements(), terms, rows, actions, active: -1 };
  const { label, input, options, none } = chooser;
  showTerms(chooser);
  listenToInput(chooser);
  listenToOptions(chooser);
  const markChosen = (/** @type {string[]} */ chosen) => {
    for (const [id, { node }] of rows) node.setAttribute("aria-selected", String(chosen.includes(id)));
  };
  return { input, nodes: [label, input, options, none], markChosen };
}

function chooserElements() {
  const options = element("div", {
    ...{ id: "picker-terms", role: "listbox", "aria-label": "Tags" },
    ...{ "aria-multiselectable": "true", tabindex: "-1" },
  });
  const input = element("input", {
    ...{ id: "picker-input", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": options.id },
    ...{ "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "none", spellcheck: "false" },
    placeholder: "Name, other name or id",
  });
  const label = element("label", { for: input.id }, "Find a tag");
  const none = element("p", { class: "none", hidden: true }, "No tags found.");
  return { options, input, label, none };
}

/**
 * Show the terms that match the text in the field.
 * @param {Chooser} chooser
 */
function showTerms(chooser) {
  const { terms, rows, input, options, none, actions } = chooser;
  const hits = findTerms(terms, input.value);
  activateOption(chooser, -1, markActive);
  options.replaceChildren(
    ...hits.map(({ term, alias }) => {
      const { node, also } = /** @type {ReturnType<typeof termOption>} */ (rows.get(term.id));
      also.textContent = alias && ` ${term.covers.includes(alias) ? "covers" : "also called"} ${alias}`;
      return node;
    }),
  );
  options.scrollTop = 0;
  options.hidden = !hits.length;
  none.hidden = hits.length > 0;
  input.setAttribute("aria-expanded", String(hits.length > 0));
  if (input.value.trim() && hits.length) activateOption(chooser, 0, markActive);
  actions.announce(hits.length ? plural(hits.length, "term") : "No tags found");
}

/**
 * @param {Element} option
 * @param {boolean} active
 */
function markActive(option, active) {
  option.classList.toggle("active", active);
}

/** @param {Chooser} chooser */
function listenToInput(chooser) {
  const { input, label } = chooser;
  input.addEventListener("input", () => showTerms(chooser));
  input.addEventListener("focus", () => {
    const isSmall = matchMedia("(hover: none), (max-height: 40rem)").matches;
    if (isSmall) label.scrollIntoView(); // so that the list too is above an on-screen keyboard
  });
  input.addEventListener("keydown", (event) => {
    if (!event.isComposing && handleChooserKey(chooser, event)) event.preventDefault();
  });
}

/**
 * Handle a key in the field, and return whether it was handled.
 * @param {Chooser} chooser
 * @param {KeyboardEvent} event
 */
function handleChooserKey(chooser, { key, repeat }) {
  const { input, options, actions, active } = chooser;
  const count = options.hidden ? 0 : options.children.length;
  if (key === "ArrowDown" && count) activateOption(chooser, (active + 1) % count, markActive);
  else if (key === "ArrowUp" && count)
    activateOption(chooser, ((active < 0 ? count : active) - 1 + count) % count, markActive);
  else if (key === "Backspace" && !input.value && !repeat) actions.takeBack();
  else if (key === "Enter") chooseActive(chooser);
  else return false;
  return true;
}

/**
 * Choose or remove the active term, and show all terms again.
 * @param {Chooser} chooser
 */
function chooseActive(chooser) {
  const { input, options, actions, active } = chooser;
  const option = options.hidden ? null : options.children[active];
  if (!option) return;
  if (input.value) {
    input.value = "";
    showTerms(chooser);
  }
  actions.toggle(termId(option));
}

/** @param {Chooser} chooser */
function listenToOptions(chooser) {
  const { options, actions } = chooser;
  options.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the field
  options.addEventListener("click", (event) => {
    const option = /** @type {Element} */ (event.target).closest("[role=option]");
    if (!option) return;
    activateOption(chooser, Array.prototype.indexOf.call(options.children, option), markActive);
    actions.toggle(termId(option));
  });
}

/** @param {Element} option */
function termId(option) {
  return option.id.replace("term-", "");
}

/**
 * Return the option for a term, with an element for the alias that matched.
 * @param {VocabularyTerm} term
 * @param {string} parent
 */
function termOption({ id, name, facet, definition, scope }, parent) {
  const also = element("span", {});
  const node = element(
    "div",
    { role: "option", id: `term-${id}`, "aria-selected": "false" },
    element("span", { class: "name" }, element("b", {}, name), also),
    element("span", { class: "facet" }, parent ? `${facet} › ${parent}` : facet),
    ...definitionNodes(definition, scope),
  );
  return { node, also };
}

/**
 * Return the elements with the definition of a term and the note on when to use it.
 * @param {string} definition
 * @param {string} scope
 */
export function definitionNodes(definition, scope) {
  return [
    definition && element("span", { class: "definition" }, definition),
    scope && element("span", { class: "scope" }, scope),
  ];
}
