// @ts-check
// The citations of chosen papers as the text of a file: a JSON array of items, or entries separated by blank lines.

import { fetchFile, fetchJson, wholeArray } from "./fetch.js";

const MOST_FILES = 50; // papers whose own files are fetched; more are taken from the citations of the whole list

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
 * Return the citations of papers, given by their numbers, in a format.
 * @param {string} format
 * @param {number[]} papers
 */
export async function numberedCitations(format, papers) {
  const all = wholeArray(await fetchJson(`search/${format}.json`), Math.max(...papers) + 1);
  return joined(papers.map((paper) => all[paper]));
}

/**
 * Return the citations of papers, given by their ids, in a format. The page has to link to the files of the whole list.
 * @param {string} format
 * @param {string[]} ids
 */
export async function namedCitations(format, ids) {
  if (ids.length > MOST_FILES) {
    const { papers } = await fetchJson("search/list.json");
    const numbers = new Map(wholeArray(papers.ids, ids.length).map((id, at) => [id, at]));
    return numberedCitations(
      format,
      ids.map((id) => numbers.get(id) ?? Number.NaN),
    );
  }
  const whole = /** @type {HTMLAnchorElement} */ (document.querySelector(`a[data-format="${format}"]`)).href;
  const files = ids.map((id) => fetchFile(whole.replace(/papers\.(?=[^/]*$)/, `papers/${id}.`)));
  const texts = await Promise.all((await Promise.all(files)).map((file) => file.text()));
  return joined(format === "csl" ? texts.flatMap((text) => JSON.parse(text)) : texts);
}

/** @param {any[]} citations texts, or items of CSL-JSON */
function joined(citations) {
  if (typeof citations[0] !== "string") return `[\n${citations.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`;
  return citations.join(citations[0].endsWith("\r\n") ? "\r\n" : "\n"); // with the line ending of the entries
}
