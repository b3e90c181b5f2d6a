// @ts-check
// Items of CSL-JSON and a style in; the entries of a bibliography out, as pieces of text with how they are set. The
// formatting is citeproc's, which is handed in because it is large and fetched only when a style is asked for.
//
// To citeproc the fields of an item are rich text, with tags; here they are text. So the sign that begins a tag is masked
// on the way in, and what the style itself sets is marked on the way out: masks and marks are noncharacters of Unicode,
// which no text holds.

/**
 * @typedef {"i" | "b" | "sup" | "sub"} Tag
 * @typedef {{text: string, tags: Tag[]}} Piece A text, and the elements that it stands in, the outermost first.
 * @typedef {Record<string, unknown>} Item
 */

/** @type {Record<string, Tag>} */
const TAGS = { "@font-style/italic": "i", "@font-weight/bold": "b", "@vertical-align/sup": "sup", "@vertical-align/sub": "sub" };
const MARKS = "\uFDD0\uFDD1\uFDD2\uFDD3\uFDD4\uFDD5\uFDD6\uFDD7"; // for each tag one that opens and one that closes it
const TAG_BEGINS = "\uFDE0"; // a "<" of the item
const LONE_STOP = "\uFDE1"; // a "." of the item after a blank
const APOSTROPHE = "\uFDE2"; // a "'" of an address, which is no quotation mark
const NONCHARACTERS = /[\uFDD0-\uFDEF]/g;

/**
 * The entries, in the style's order.
 * @param {import("citeproc").CSL} citeproc
 * @param {object} style
 * @param {Record<string, object>} locales
 * @param {Item[]} items
 * @returns {Piece[][]}
 */
export function bibliography(citeproc, style, locales, items) {
  const known = items.map((item, at) => ({ ...plain(item), id: String(at) }));
  const system = {
    retrieveLocale: (/** @type {string} */ name) => locales[name] ?? locales["en-US"],
    retrieveItem: (/** @type {string} */ id) => known[Number(id)],
  };
  const engine = new citeproc.Engine(system, style);
  citeproc.Output.Formats.marked = { ...citeproc.Output.Formats.text, ...marking() };
  engine.setOutputFormat("marked");
  engine.updateItems(known.map(({ id }) => id));
  return engine.makeBibliography()[1].map(pieces);
}

/** What a setting of the style puts around a text. */
function marking() {
  return Object.fromEntries(Object.keys(TAGS).map((setting, at) => [setting, `${MARKS[2 * at]}%%STRING%%${MARKS[2 * at + 1]}`]));
}

/**
 * An item whose texts citeproc takes for nothing but text; without its abstract, which no bibliography shows.
 * @param {Item} item
 * @returns {Item}
 */
function plain({ abstract, ...item }) {
  const { URL: address, ...masked } = /** @type {Item} */ (mask(item));
  return typeof address === "string" ? { ...masked, URL: address.replaceAll("'", APOSTROPHE) } : masked;
}

/**
 * A value with every text in it masked.
 * @param {unknown} value
 * @returns {unknown}
 */
function mask(value) {
  if (typeof value === "string") return value.replace(NONCHARACTERS, "").replaceAll("<", TAG_BEGINS).replaceAll(" .", ` ${LONE_STOP}`);
  if (Array.isArray(value)) return value.map(mask);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
  return value;
}

/**
 * An entry as it was marked, in pieces. Where the data lack what a style puts between two full stops, one of them goes.
 * @param {string} marked
 */
function pieces(marked) {
  const tags = Object.values(TAGS);
  const found = [];
  /** @type {Tag[]} */
  let open = [];
  for (const part of marked.trim().replaceAll(". .", ".").split(/([\uFDD0-\uFDD7])/)) {
    const mark = part ? MARKS.indexOf(part) : -1;
    if (mark < 0 && part) found.push({ text: unmasked(part), tags: open });
    else if (mark >= 0) open = mark % 2 ? open.slice(0, -1) : [...open, tags[mark / 2]];
  }
  return found;
}

/** @param {string} text */
function unmasked(text) {
  return text.replaceAll(TAG_BEGINS, "<").replaceAll(LONE_STOP, ".").replaceAll(APOSTROPHE, "'");
}
