// @ts-check
// Formats items of CSL-JSON in a style as the entries of a bibliography: pieces of text with their typographic tags.
// The work is done by citeproc, which is passed in because it is large and fetched only when a style is asked for.
//
// To citeproc the fields of an item are rich text, with tags; here they are plain text. So the sign that begins a tag
// is masked on the way in, and the tags of the style itself are marked on the way out: masks and marks are
// noncharacters of Unicode, which no text contains.

/**
 * @typedef {"i" | "b" | "sup" | "sub"} Tag
 * @typedef {{text: string, tags: Tag[]}} Piece A text, and the elements around it, the outermost first.
 * @typedef {Record<string, unknown>} Item
 */

/** @type {Record<string, Tag>} */
const TAGS = {
  "@font-style/italic": "i",
  "@font-weight/bold": "b",
  "@vertical-align/sup": "sup",
  "@vertical-align/sub": "sub",
};
const MARKS = "\uFDD0\uFDD1\uFDD2\uFDD3\uFDD4\uFDD5\uFDD6\uFDD7"; // for each tag, one that opens and one that closes it
const TAG_BEGINS = "\uFDE0"; // a "<" of the item
const LONE_STOP = "\uFDE1"; // a "." of the item after a space
const APOSTROPHE = "\uFDE2"; // a "'" of an address, which is no quotation mark
const NONCHARACTERS = /[\uFDD0-\uFDEF]/g;

/**
 * Return the entries, in the style's order.
 * @param {import("citeproc").CSL} citeproc
 * @param {object} style
 * @param {Record<string, object>} locales
 * @param {Item[]} items
 * @returns {Piece[][]}
 */
export function formatBibliography(citeproc, style, locales, items) {
  const masked = items.map((item, at) => ({ ...maskItem(item), id: String(at) }));
  const system = {
    retrieveLocale: (/** @type {string} */ name) => locales[name] ?? locales["en-US"],
    retrieveItem: (/** @type {string} */ id) => masked[Number(id)],
  };
  const engine = new citeproc.Engine(system, style);
  citeproc.Output.Formats.marked = { ...citeproc.Output.Formats.text, ...markFormats() };
  engine.setOutputFormat("marked");
  engine.updateItems(masked.map(({ id }) => id));
  return engine.makeBibliography()[1].map(parsePieces);
}

/** What citeproc puts around a text for each setting of the style. */
function markFormats() {
  return Object.fromEntries(
    Object.keys(TAGS).map((setting, at) => [setting, `${MARKS[2 * at]}%%STRING%%${MARKS[2 * at + 1]}`]),
  );
}

/**
 * Return an item whose texts citeproc takes as plain text, without its abstract, which no bibliography shows.
 * @param {Item} item
 * @returns {Item}
 */
function maskItem({ abstract, ...item }) {
  const { URL: address, ...masked } = /** @type {Item} */ (maskValue(item));
  return typeof address === "string" ? { ...masked, URL: address.replaceAll("'", APOSTROPHE) } : masked;
}

/**
 * Return a value with every text in it masked.
 * @param {unknown} value
 * @returns {unknown}
 */
function maskValue(value) {
  if (typeof value === "string")
    return value.replace(NONCHARACTERS, "").replaceAll("<", TAG_BEGINS).replaceAll(" .", ` ${LONE_STOP}`);
  if (Array.isArray(value)) return value.map(maskValue);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValue(inner)]));
  return value;
}

/**
 * Return the pieces of a marked entry. If the data lack what a style puts between two periods, one of them is dropped.
 * @param {string} marked
 */
function parsePieces(marked) {
  const tags = Object.values(TAGS);
  const found = [];
  /** @type {Tag[]} */
  let open = [];
  for (const part of marked
    .trim()
    .replaceAll(". .", ".")
    .split(/([\uFDD0-\uFDD7])/)) {
    const mark = part ? MARKS.indexOf(part) : -1;
    if (mark < 0 && part) found.push({ text: unmaskText(part), tags: open });
    else if (mark >= 0) open = mark % 2 ? open.slice(0, -1) : [...open, tags[mark / 2]];
  }
  return found;
}

/** @param {string} text */
function unmaskText(text) {
  return text.replaceAll(TAG_BEGINS, "<").replaceAll(LONE_STOP, ".").replaceAll(APOSTROPHE, "'");
}
