// @ts-check
// The link by which a reader suggests what search has not found: it opens an issue that is already filled in.

import { plainWords } from "../engine/query.js";
import { suggestionAddress } from "../engine/suggestion.js";
import { WORDS } from "./draw.js";
import { newTabLink } from "./widgets.js";

const REL = "nofollow noopener";

/**
 * Return the URL of an issue that suggests what a query names; empty if it names nothing, or the list takes none.
 * @param {string} query
 */
export function suggestionUrl(query) {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-named]"));
  const text = plainWords(query);
  return link && text ? suggestionAddress(link.href.replace(/\?.*/, "") + link.dataset.named, text) : "";
}

/** What the link says. */
export const SUGGEST = `Suggest this ${WORDS.one}`;

/**
 * Return the link, or null if there is none.
 * @param {string} query
 */
export function suggestionLink(query) {
  const to = suggestionUrl(query);
  return to ? newTabLink(to, SUGGEST, REL) : null;
}
