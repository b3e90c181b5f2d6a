// @ts-check
// The citations of papers as text, in a citation style or in a file format, to be copied or downloaded. citeproc
// formats the styles; it is loaded when the first of them is shown.

import { citedItem, formatBibliography } from "../engine/bibliography.js";
import { element } from "./draw.js";
import { fetchJson, wholeArray } from "./fetch.js";

/**
 * @typedef {import("../engine/bibliography.js").Piece} Piece
 * @typedef {{name: string, count: number, file: (format: string) => Promise<string>}} Source What to cite: the base
 *   name of its files, the number of papers, and its text in a file format.
 * @typedef {{text: string, nodes: HTMLElement[], html: boolean, note: string}} CitationText A text to copy or
 *   download, the elements that show it, whether to copy it as HTML too, and a note to the reader.
 * @typedef {{name: string, extension: string, type: string}} FileFormat
 */

const URL_LIFETIME = 60_000; // milliseconds before the URL of a download is revoked
const MOST_SHOWN = 100_000; // characters of a file
const STYLE_FAILURE = "Citations could not be formatted in this style. The files are still available.";
const FILE_FAILURE = "The citations could not be loaded. Other files may still be available.";
const STYLED_FILE = { extension: "txt", type: "text/plain;charset=utf-8" };

/** The names of the citation styles, by style id. */
export const STYLES = new Map(
  Object.entries({ apa: "APA", ieee: "IEEE", acm: "ACM", mla: "MLA", chicago: "Chicago", harvard: "Harvard" }),
);

/** The formats of the files that the page links to, by format id. */
export const FILES = new Map(
  [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-format]"))].map((link) => [
    link.dataset.format ?? "",
    linkedFormat(link),
  ]),
);

/**
 * Return the format of a linked file. Its media type is taken from the head of the page.
 * @param {HTMLAnchorElement} link
 * @returns {FileFormat}
 */
function linkedFormat({ href, textContent }) {
  const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[rel=alternate]"));
  const type = [...links].find((link) => link.href === href)?.type ?? "";
  return { name: textContent ?? "", extension: href.split(".").pop() ?? "", type };
}

/**
 * Return the name of a citation style or file format.
 * @param {string} format
 */
export function formatName(format) {
  return STYLES.get(format) ?? FILES.get(format)?.name ?? "";
}

/**
 * Return the citations in a style or file format.
 * @param {Source} source
 * @param {string} format
 */
export function citationText(source, format) {
  return STYLES.has(format) ? styledText(source, format) : fileText(source, format);
}

/**
 * @param {Source} source
 * @param {string} style
 * @returns {Promise<CitationText>}
 */
async function styledText(source, style) {
  const tools = [
    import("citeproc"),
    fetchJson(`assets/scripts/styles/${style}.json`),
    fetchJson("assets/scripts/styles/locales.json"),
  ];
  const [items, [citeproc, rules, locales]] = await Promise.all([
    source
      .file("csl")
      .then((text) => wholeArray(JSON.parse(text), source.count))
      .then((found) => found.map((item) => citedItem(item, style)))
      .catch(failWith(FILE_FAILURE)),
    Promise.all(tools).catch(failWith(STYLE_FAILURE)),
  ]);
  const entries = await Promise.resolve()
    .then(() => formatBibliography(citeproc.default, rules, locales, items))
    .catch(failWith(STYLE_FAILURE));
  const lines = entries.map((pieces) => pieces.map(({ text }) => text).join(""));
  return {
    text: `${lines.join("\n")}\n`,
    nodes: entries.map((pieces) => element("p", {}, ...pieces.map(pieceNode))),
    html: true,
    note: "",
  };
}

/** @param {Piece} piece */
function pieceNode({ text, tags }) {
  const node = /** @type {Node} */ (document.createTextNode(text));
  return tags.reduceRight((inner, tag) => element(tag, {}, inner), node);
}

/**
 * @param {Source} source
 * @param {string} format
 * @returns {Promise<CitationText>}
 */
async function fileText(source, format) {
  const text = await source.file(format).then(citationFile).catch(failWith(FILE_FAILURE));
  const isLong = text.length > MOST_SHOWN;
  return {
    text,
    nodes: [element("pre", {}, isLong ? text.slice(0, MOST_SHOWN) : text)],
    html: false,
    note: isLong ? "Only the beginning is shown. Copying and downloading take the whole text." : "",
  };
}

/**
 * Return the text of a file, unless it is empty or the HTML of an error page: then, throw an error.
 * @param {string} text
 */
function citationFile(text) {
  if (/^\s*(?:<|$)/.test(text)) throw new Error("The file has no citations");
  return text;
}

/**
 * Return an error handler that throws an error with a message for the reader.
 * @param {string} message
 * @returns {(fault: unknown) => never}
 */
function failWith(message) {
  return (fault) => {
    console.warn(fault);
    throw new Error(message);
  };
}

/**
 * Copy a citation, with its formatting if it has any and the browser supports this.
 * @param {CitationText} citation
 * @param {HTMLElement} shown
 */
export async function copyCitation({ text, html }, shown) {
  const { clipboard } = navigator;
  if (!html || !window.ClipboardItem) return clipboard.writeText(text);
  const item = new ClipboardItem({
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([shown.innerHTML], { type: "text/html" }),
  });
  return clipboard.write([item]).catch(() => clipboard.writeText(text));
}

/**
 * Download a citation as a file.
 * @param {string} name
 * @param {string} format
 * @param {string} text
 */
export async function downloadCitation(name, format, text) {
  const { extension, type } = FILES.get(format) ?? STYLED_FILE;
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: `${name}.${extension}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), URL_LIFETIME);
}
