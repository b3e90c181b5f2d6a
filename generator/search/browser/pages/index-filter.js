// @ts-check
// Narrows an index while the reader types: to the entries that have all words, in their name or another one.

import { fold, plural } from "../engine/text.js";

/**
 * @typedef {{node: HTMLElement, text: string, parents: HTMLElement[]}} Entry An entry, its names, and the entries and
 *   the section that it is in.
 */

/**
 * Set up the filter of an index.
 * @param {HTMLElement} filter
 */
export function startFiltering(filter) {
  const field = /** @type {HTMLInputElement} */ (filter.querySelector("input"));
  const status = /** @type {HTMLElement} */ (filter.querySelector("[role=status]"));
  const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".index")]);
  const entries = sections.flatMap(sectionEntries);
  const many = filter.dataset.narrow ?? "";
  const update = () => {
    const asked = fold(field.value).split(/\s+/).filter(Boolean);
    const found = showEntries(sections, entries, asked);
    status.textContent = asked.length ? foundText(found, many) : "";
  };
  field.addEventListener("input", update);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !field.value) return;
    event.preventDefault();
    field.value = "";
    update();
  });
  filter.hidden = false;
  if (field.value) update(); // the browser restored it
}

/**
 * Return the number of entries found, in words.
 * @param {number} found
 * @param {string} many the plural of what the entries are
 */
function foundText(found, many) {
  return found ? plural(found, many.replace(/s$/, ""), many) : `No ${many} found.`;
}

/**
 * Return the entries of a section.
 * @param {HTMLElement} section
 * @returns {Entry[]}
 */
function sectionEntries(section) {
  const items = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(".entries > li")]);
  return items.map((node) => {
    const name = node.querySelector("a")?.textContent ?? "";
    return { node, text: ` ${fold(`${name} ${node.dataset.names ?? ""}`)}`, parents: [...surroundings(node, section)] };
  });
}

/**
 * Yield the entries that an entry is in, and the section.
 * @param {HTMLElement} node
 * @param {HTMLElement} section
 */
function* surroundings(node, section) {
  for (let at = node.parentElement; at && at !== section; at = at.parentElement) if (at.matches("li")) yield at;
  yield section;
}

/**
 * Show the entries that have all words and whatever they are in, and return how many there are.
 * @param {HTMLElement[]} sections
 * @param {Entry[]} entries
 * @param {string[]} asked
 */
function showEntries(sections, entries, asked) {
  const found = entries.filter(({ text }) => asked.every((word) => text.includes(word)));
  const shown = new Set(found.flatMap(({ node, parents }) => [node, ...parents]));
  for (const { node } of entries) node.hidden = !shown.has(node);
  for (const section of sections) section.hidden = asked.length > 0 && !shown.has(section);
  return found.length;
}
