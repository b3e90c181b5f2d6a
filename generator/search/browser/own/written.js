// @ts-check
// What a reader writes: notes and tags. They have limits and no characters that nobody can see, so that whatever is kept
// can be saved in a file and read again.

export const MOST_NOTE = 10_000; // characters
const MOST_TAGS = 20; // of one paper
const MOST_TAG = 50; // characters
const MOST_TITLE = 2000; // characters
const UNSEEN = /[^\P{Cc}\n\t]|[\p{Cs}\u202A-\u202E\u2066-\u2069]/gu;
const UNSEEN_OR_LINES = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Return a note as it is kept.
 * @param {string} text
 */
export function cleanNote(text) {
  const clean = text.replace(/\r\n?/g, "\n").replace(UNSEEN, "");
  return clean.slice(0, MOST_NOTE).replace(UNSEEN, ""); // again, as the cut may have parted a pair
}

/**
 * Return a title as it is kept.
 * @param {string} text
 */
export function cleanTitle(text) {
  return cleanLine(text, MOST_TITLE);
}

/**
 * Return tags as they are kept, each of them once.
 * @param {string[]} names
 */
export function cleanTags(names) {
  const clean = names.map((name) => cleanLine(name.replaceAll(",", " "), MOST_TAG));
  return [...new Set(clean.filter(Boolean))].slice(0, MOST_TAGS);
}

/**
 * @param {string} text
 * @param {number} longest
 */
function cleanLine(text, longest) {
  const clean = text.replace(/\s/g, " ").replace(UNSEEN_OR_LINES, "").replace(/ +/g, " ").trim();
  return clean.slice(0, longest).replace(UNSEEN_OR_LINES, "").trim();
}
