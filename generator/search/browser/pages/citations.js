// @ts-check
// The citations of chosen papers as the text of a file: a JSON array of items, or entries separated by blank lines.

import { fetchFile, fetchJson, wholeArray } from "./fetch.js";

const MOST_FILES = 20; // papers whose own files are fetched; more are taken from the file of the whole list

/**
 * Return the papers that the page lists, as a source of citations; its files are named as the page.
 * @returns {import("./citation-text.js").Source}
 */
export function listedPapers() {
  const rows = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".rest .papers > [data-paper]"));
  const ids = [...rows].map((row) => row.dataset.paper ?? "");
  const name = location.pathname.split("/").at(-2) ?? "";
  return { name, count: ids.length, file: (format) => namedCitations(format, ids) };
}

/**
 * Return the citations of papers, given by their ids, in a format: from their own files or, if these cannot be had, as
 * they are not saved for reading without a network, from that of the whole list. The page has to link to such files.
 * @param {string} format
 * @param {string[]} ids
 */
export async function namedCitations(format, ids) {
  const link = /** @type {HTMLAnchorElement} */ (document.querySelector(`a[data-format="${format}"]`)).href;
  const extension = link.replace(/^.*\/[^./]*/, "");
  const own = ids.length <= MOST_FILES && (await ownCitations(extension, ids).catch(() => null));
  const citations = own || (await wholeCitations(extension, ids));
  if (extension.endsWith(".json")) return `[\n${citations.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`;
  return citations.join(citations[0].endsWith("\r\n") ? "\r\n" : "\n"); // with the line ending of the entries
}

/**
 * @param {string} extension
 * @param {string[]} ids
 */
async function ownCitations(extension, ids) {
  const files = await Promise.all(ids.map((id) => fetchCitations(`papers/${id}${extension}`)));
  return files.flatMap((file) => wholeArray(file, 1));
}

/**
 * @param {string} extension
 * @param {string[]} ids
 */
async function wholeCitations(extension, ids) {
  const [all, { papers }] = await Promise.all([fetchCitations(`papers${extension}`), fetchJson("search/list.json")]);
  /** @type {Map<string, number>} */
  const numbers = new Map(papers.ids.map((/** @type {string} */ id, /** @type {number} */ at) => [id, at]));
  wholeArray(all, numbers.size); // both have the papers in the same order
  return ids.map((id) => all[numbers.get(id) ?? -1]);
}

/**
 * Return the citations in a file: items of CSL-JSON, or texts.
 * @param {string} path
 * @returns {Promise<any[]>}
 */
async function fetchCitations(path) {
  const text = await (await fetchFile(path)).text();
  if (path.endsWith(".json")) return JSON.parse(text);
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return text.split(end + end).map((entry) => (entry.endsWith(end) ? entry : entry + end));
}
