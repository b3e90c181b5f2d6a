// @ts-check
// Turns a search that found nothing into the URL of a prefilled issue that suggests what was searched for.

import { workIdentifier } from "./identifiers.js";
import { filledTemplate } from "./text.js";

const LONGEST_SUGGESTED = 300; // characters of a title or address

/**
 * Return the URL that opens a prefilled issue suggesting the paper that a reader has searched for.
 * @param {string} form URL template with `{issue}`, `{title}` and `{identifier}`
 * @param {string} text the title of the paper, its address or identifier, or both
 */
export function suggestionAddress(form, text) {
  const typed = text.slice(0, LONGEST_SUGGESTED).split(/\s+/).filter(Boolean);
  const identifier = typed.find(workIdentifier) ?? "";
  const title = typed.filter((part) => part !== identifier).join(" ");
  return filledTemplate(form, { issue: `Entry: ${title || identifier}`, title, identifier });
}
