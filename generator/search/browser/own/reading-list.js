// @ts-check
// The reader's own list as a text in Markdown, to be read, sent or kept elsewhere.

import { MARK_NAMES } from "./records.js";

/**
 * @typedef {import("./records.js").OwnRecord} OwnRecord
 * @typedef {{record: OwnRecord, title: string, byline: string, address: string}} Item
 */

/**
 * Return the list as Markdown: for each paper its title as a link, who wrote it, and what the reader made of it. Notes are
 * quoted, so that nothing in them can end the list.
 * @param {string} heading
 * @param {Item[]} items
 */
export function markdownList(heading, items) {
  return `# ${escaped(heading)}\n\n${items.map(itemText).join("\n")}`;
}

/** @param {Item} item */
function itemText({ record, title, byline, address }) {
  const { mark, star, tags, note } = record;
  const facts = [mark && MARK_NAMES.get(mark), star && "starred", ...tags.map((tag) => `#${tag.replace(/\s+/g, "-")}`)];
  const line = [byline, ...facts.filter((fact) => typeof fact === "string" && fact)].join(" · ");
  const quoted = note
    ? `\n${note
        .replace(/\r\n?/g, "\n")
        .split("\n")
        .map((text) => `  > ${text}`.trimEnd())
        .join("\n")}\n`
    : "";
  return `- [${escaped(title)}](<${address}>)${line ? `  \n  ${escaped(line)}` : ""}\n${quoted}`;
}

/**
 * Return a text on one line in which no character means anything to Markdown, nor the beginning of the line.
 * @param {string} text
 */
function escaped(text) {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>#|~$&!]/g, "\\$&")
    .replace(/^([-+=])/, "\\$1")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}
