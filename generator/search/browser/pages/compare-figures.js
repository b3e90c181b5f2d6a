// @ts-check
// The sentences of a paper's texts that quote figures, with their formulas.

import { figureSentences } from "../engine/figures.js";

/**
 * @typedef {{source: string, content: DocumentFragment}} Quote A sentence, and the text that it is from.
 * @typedef {{node: Text | Element, start: number, text: string}} Piece A text, or a formula, and where it begins.
 */

/**
 * Return the sentences that quote figures, each once.
 * @param {import("./paper-page.js").ComparedPaper} paper
 */
export function figureQuotes({ summary, why, abstract }) {
  const seen = new Set();
  return [
    ...quotesFrom("Summary", summary),
    ...quotesFrom("Why read it", why),
    ...quotesFrom("Abstract", abstract),
  ].filter(({ content: { textContent } }) => !seen.has(textContent) && seen.add(textContent));
}

/**
 * @param {string} source
 * @param {HTMLElement[]} paragraphs
 * @returns {Quote[]}
 */
function quotesFrom(source, paragraphs) {
  return paragraphs.flatMap((paragraph) => {
    const pieces = textPieces(paragraph);
    const text = pieces.map((piece) => piece.text).join("");
    return figureSentences(text).map(({ start, end }) => ({ source, content: contentBetween(pieces, start, end) }));
  });
}

/**
 * Return the texts and formulas of a paragraph, in order.
 * @param {HTMLElement} paragraph
 */
function textPieces(paragraph) {
  const accept = (/** @type {Node} */ node) => {
    if (node.nodeType === Node.TEXT_NODE || node.nodeName.toLowerCase() === "math") return NodeFilter.FILTER_ACCEPT;
    return NodeFilter.FILTER_SKIP;
  };
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, accept);
  /** @type {Piece[]} */
  const pieces = [];
  let start = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest("math")) continue;
    const piece = /** @type {Text | Element} */ (node);
    const text = piece instanceof Element ? formulaText(piece) : piece.data;
    pieces.push({ node: piece, start, text });
    start += text.length;
  }
  return pieces;
}

/**
 * Return a formula as text in which figures can be found: its source, with the usual signs in place of their names.
 * @param {Element} formula
 */
function formulaText(formula) {
  const source = formula.querySelector("annotation")?.textContent ?? formula.textContent ?? "";
  const signs = source
    .replace(/\\times/g, "×")
    .replace(/\\%/g, "%")
    .replace(/\\(?:approx|sim)/g, "≈");
  return signs.replace(/\\[a-zA-Z]+|[\\${}]/g, " ").replace(/[.!?](?=\s|$)/g, " ");
}

/**
 * Return a copy of what stands between two positions of the text. A formula is never divided.
 * @param {Piece[]} pieces
 * @param {number} start
 * @param {number} end
 */
function contentBetween(pieces, start, end) {
  const range = document.createRange();
  const first = pieces.findLast((piece) => piece.start <= start) ?? pieces[0];
  const last = pieces.findLast((piece) => piece.start < end) ?? first;
  if (first.node instanceof Element) range.setStartBefore(first.node);
  else range.setStart(first.node, start - first.start);
  if (last.node instanceof Element) range.setEndAfter(last.node);
  else range.setEnd(last.node, end - last.start);
  return range.cloneContents();
}
