// @ts-check
// Small components that several parts share: buttons, links, dialogs, and the active option of a combobox.

import { element } from "./draw.js";

/**
 * @typedef {{input: HTMLInputElement, options: HTMLElement, active: number}} Combobox A field, its options, and the
 *   index of the active one, or -1.
 */

/**
 * Return a button.
 * @param {string} label
 * @param {Parameters<typeof element>[1]} attributes
 */
export function button(label, attributes) {
  return element("button", { type: "button", ...attributes }, label);
}

/**
 * Return a link that opens in a new tab, so that the state of the page is kept.
 * @param {string} address
 * @param {string} text
 * @param {string} rel
 */
export function newTabLink(address, text, rel) {
  const hint = element("span", { class: "unseen" }, " (in a new tab)");
  return element("a", { href: address, target: "_blank", rel }, text, hint);
}

/**
 * Return a new, closed dialog, and its title element.
 * @param {string} kind
 * @param {string} titleId
 * @param {...Node} content
 */
export function modalDialog(kind, titleId, ...content) {
  const title = element("h2", { id: titleId });
  const close = button("×", { class: "close", "aria-label": "Close", click: () => dialog.close() });
  const top = element("div", { class: "top" }, title, close);
  const dialog = element("dialog", { class: kind, "aria-labelledby": titleId }, top, ...content);
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // hides keys from the shortcuts of the page
  document.body.append(dialog);
  return { dialog, title };
}

/**
 * Return an error handler for copying a text: it selects the text, so that the reader can copy it, and throws the error.
 * @param {Node} node
 * @returns {(fault: unknown) => never}
 */
export function selectInstead(node) {
  return (fault) => {
    getSelection()?.selectAllChildren(node);
    throw fault;
  };
}

/**
 * Open a dialog. When it is closed, the browser returns the focus to the opener, at once: in the dialog's `close` event,
 * which comes later, the reader may already be typing elsewhere.
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} opener
 */
export function openDialog(dialog, opener) {
  opener.focus(); // which Safari doesn't do on a click
  dialog.showModal();
}

/**
 * Make an option the active one, which Enter chooses while the focus stays in the field.
 * @param {Combobox} box
 * @param {number} at -1 for none
 * @param {(option: Element, active: boolean) => void} mark
 */
export function activateOption(box, at, mark) {
  const { input, options } = box;
  const before = options.children[box.active];
  const option = options.children[at];
  if (before) mark(before, false);
  box.active = at;
  if (!option) return input.removeAttribute("aria-activedescendant");
  mark(option, true);
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}
