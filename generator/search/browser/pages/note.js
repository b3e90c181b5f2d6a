// @ts-check
// Shows the Markdown of a note as elements. What reads it is loaded when the first note is shown.

import { element } from "./draw.js";
import { newTabLink } from "./widgets.js";

/**
 * @typedef {import("../own/note-markup.js").NoteNode} NoteNode
 */

/**
 * Show a note in an element.
 * @param {HTMLElement} place
 * @param {string} text
 */
export async function showNote(place, text) {
  place.textContent = text; // until it is read
  const { noteNodes } = await import("../own/note-markup.js");
  if (place.textContent === text) place.replaceChildren(...noteNodes(text).map(nodeOf));
}

/**
 * @param {NoteNode} node
 * @returns {Node}
 */
function nodeOf(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const { tag, href, children } = node;
  const inner = children.map(nodeOf);
  if (!href) return element(/** @type {"p"} */ (tag), {}, ...inner);
  const link = newTabLink(href, "", "noopener noreferrer nofollow");
  link.prepend(...inner);
  return link;
}
