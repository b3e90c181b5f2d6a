// @ts-check
// Formats CSL-JSON items as bibliography entries in a citation style: pieces of text with their typographic tags.
// citeproc does the work. It is passed in as an argument because it is large and is loaded only when it is needed.
//
// citeproc treats the fields of an item as rich text with tags, but our fields are plain text. So characters that it
// would interpret are masked in its input, and the formatting that the style applies is marked in its output. Masks and
// marks are Unicode noncharacters, which do not occur in text.

/**
 * @typedef {"i" | "b" | "sup" | "sub"} Tag
 * @typedef {{text: string, tags: Tag[]}} Piece A text and the tags around it, outermost first.
 * @typedef {Record<string, unknown>} Item
 */

/** @type {Record<string, Tag>} */
const TAGS = {
  "@font-style/italic": "i",
  "@font-weight/bold": "b",
  "@vertical-align/sup": "sup",
  "@vertical-align/sub": "sub",
};
const MARKS = "\uFDD0\uFDD1\uFDD2\uFDD3\uFDD4\uFDD5\uFDD6\uFDD7"; // an opening and a closing mark for each tag
const TAG_BEGINS = "\uFDE0"; // a "<" in a field
const LONE_STOP = "\uFDE1"; // a "." after a space in a field
const APOSTROPHE = "\uFDE2"; // a "'" in a URL, which is not a quotation mark
const NAME_ENDS = "\uFDE3"; // after a word that is also the name of a property of all objects
const NONCHARACTERS = /[\uFDD0-\uFDEF]/g;

/**
 * Return the bibliography entries, in the order that the style prescribes.
 * @param {import("citeproc").CSL} citeproc
 * @param {object} style
 * @param {Record<string, object>} locales
 * @param {Item[]} items
 * @returns {Piece[][]}
 */
export function formatBibliography(citeproc, style, locales, items) {
  const masked = items.map((item, at) => ({ ...maskItem(item), id: String(at) }));
  const localesByName = new Map(Object.entries(locales));
  const system = {
    retrieveLocale: (/** @type {string} */ name) => localesByName.get(name) ?? locales["en-US"],
    retrieveItem: (/** @type {string} */ id) => masked[Number(id)],
  };
  const engine = new citeproc.Engine(system, style);
  citeproc.Output.Formats.marked = { ...citeproc.Output.Formats.text, ...markFormats() };
  engine.setOutputFormat("marked");
  engine.updateItems(masked.map(({ id }) => id));
  return engine.makeBibliography()[1].map(parsePieces);
}

/**
 * Return an item as a style is to cite it. An acronym is no abbreviation of a title, so the title is given in full. APA's
 * style has "In" and the publisher only where proceedings have editors, whom our items mostly lack, but always for books.
 * @param {Item} item
 * @param {string} style
 * @returns {Item}
 */
export function citedItem({ "container-title-short": short, "event-title": event, ...item }, style) {
  const abbreviation = typeof short === "string" && short.includes(".") ? { "container-title-short": short } : {};
  if (style === "apa" && item.type === "paper-conference" && item["container-title"])
    return { ...item, ...abbreviation, type: "chapter" };
  return { ...item, ...abbreviation, ...(event ? { "event-title": event } : {}) };
}

/** Return what citeproc puts around a text, for each formatting attribute of a style. */
function markFormats() {
  return Object.fromEntries(
    Object.keys(TAGS).map((setting, at) => [setting, `${MARKS[2 * at]}%%STRING%%${MARKS[2 * at + 1]}`]),
  );
}

/**
 * Return an item masked so that citeproc treats it as plain text. The abstract is left out, as no style shows it.
 * @param {Item} item
 * @returns {Item}
 */
function maskItem({ abstract, ...item }) {
  const masked = /** @type {Item} */ (maskValue(item));
  const { URL: address, number } = masked;
  if (typeof address === "string") masked.URL = address.replaceAll("'", APOSTROPHE);
  if (typeof number === "string") masked.number = number.replaceAll("-", "\\-"); // not a range
  return masked;
}

/**
 * Return a value with all strings in it masked, at any depth.
 * @param {unknown} value
 * @returns {unknown}
 */
function maskValue(value) {
  if (typeof value === "string") return maskText(value.replace(NONCHARACTERS, ""));
  if (Array.isArray(value)) return value.map(maskValue);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValue(inner)]));
  return value;
}

/**
 * Return a text masked. citeproc uses names as keys of plain objects, where it would find the inherited property for an
 * author called `constructor`.
 * @param {string} text
 */
function maskText(text) {
  const isInherited = (/** @type {string} */ word) => Object.hasOwn(Object.prototype, word);
  return text
    .replace(/\w+/g, (word) => (isInherited(word) || isInherited(word.toLowerCase()) ? word + NAME_ENDS : word))
    .replaceAll("<", TAG_BEGINS)
    .replaceAll(" .", ` ${LONE_STOP}`);
}

/**
 * Return the pieces of a marked entry. Where a missing field leaves two periods in a row, one of them is dropped.
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
  return text
    .replaceAll(TAG_BEGINS, "<")
    .replaceAll(LONE_STOP, ".")
    .replaceAll(APOSTROPHE, "'")
    .replaceAll(NAME_ENDS, "");
}
