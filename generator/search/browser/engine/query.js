// @ts-check
// Parses a query: words, "phrases", -excluded words, +literal words, conditions such as tag:gan, and addresses.

import { workIdentifier } from "./identifiers.js";
import { isUnknownOperator, operatorNamed } from "./operators.js";
import { words } from "./text.js";

/**
 * @typedef {import("./operators.js").Condition} Condition
 * @typedef {import("./operators.js").UnknownOperator} UnknownOperator
 * @typedef {{words: string[], negated: boolean, open: boolean}} Phrase An open phrase lacks its closing quote.
 * @typedef {{start: number, end: number, literal: boolean}} Place Where a word stands in the text as typed, and whether
 *   it is no part of a wish, as a plus before it says.
 * @typedef {{
 *   words: string[], places: Place[], unfinished: boolean, phrases: Phrase[], excluded: string[],
 *   conditions: Condition[], unknownOperators: UnknownOperator[], identifiers: string[],
 * }} Query The words have one place each. A query is unfinished if the reader may still be typing its last word.
 * @typedef {{start: number, end: number, sign: string, name: string, value: string, bare: string, isQuoted: boolean,
 *   open: boolean}} Piece A part of a query between spaces; `bare` is all of it but the sign.
 */

const LONGEST_QUERY = 1000; // characters; any further ones are ignored
const MOST_WORDS = 24; // any further ones are ignored
const QUERY_PART = /(?<!\S)([-+]?)(?:([a-z]{2,15}):)?(?:"([^"]*)("?)|([^\s"]+))/gi;

/**
 * Return a query, parsed.
 * @param {string} text
 * @returns {Query}
 */
export function parseQuery(text) {
  const typed = text.slice(0, LONGEST_QUERY);
  /** @type {Query} */
  const query = {
    ...{ words: [], places: [], unfinished: false, phrases: [], excluded: [], conditions: [] },
    ...{ unknownOperators: [], identifiers: [] },
  };
  for (const piece of queryPieces(typed)) {
    if (!words(piece.value).length) continue;
    query.unfinished = false;
    if (!addCondition(query, piece)) addWords(query, piece, typed.length);
  }
  query.words.splice(MOST_WORDS);
  query.places.splice(MOST_WORDS);
  return query;
}

/**
 * Yield the pieces of a query.
 * @param {string} typed
 * @returns {Iterable<Piece>}
 */
function* queryPieces(typed) {
  for (const match of typed.matchAll(QUERY_PART)) {
    const [piece, sign, name = "", quoted, close, value] = match;
    const span = { start: match.index, end: match.index + piece.length };
    const isQuoted = quoted !== undefined;
    yield {
      ...{ ...span, sign, name, value: (quoted ?? value).trim() },
      ...{ bare: piece.slice(sign.length), isQuoted, open: !close },
    };
  }
}

/**
 * Add a piece to the conditions of a query, if it is one, looks like one, or identifies a work. Return whether it does.
 * @param {Query} query
 * @param {Piece} piece
 */
function addCondition(query, { start, end, sign, name, value, bare }) {
  const operator = operatorNamed(name);
  const identifier = sign ? "" : workIdentifier(bare);
  const negated = sign === "-";
  if (operator) query.conditions.push({ operator, value, negated });
  else if (identifier) query.identifiers.push(identifier);
  else if (sign === "+" || !isUnknownOperator(name, value)) return false;
  else query.unknownOperators.push({ name, value, negated, start, end });
  return true;
}

/**
 * Add the words of a piece to those of a query.
 * @param {Query} query
 * @param {Piece} piece
 * @param {number} length of the query
 */
function addWords(query, { start, end, sign, name, bare, isQuoted, open }, length) {
  const found = words(bare);
  const texts = found.map((word) => word.text);
  const negated = sign === "-";
  if (isQuoted && !name) query.phrases.push({ words: texts, negated, open });
  else if (negated) query.excluded.push(...texts);
  else {
    const at = start + sign.length;
    query.words.push(...texts);
    for (const word of found) query.places.push({ start: at + word.start, end: at + word.end, literal: sign === "+" });
    query.unfinished = end === length;
  }
}

/**
 * Return a query as typed without the pieces that only a search understands: conditions, and what it excludes.
 * @param {string} text
 */
export function plainWords(text) {
  const kept = [...queryPieces(text)].filter(
    ({ sign, name, value }) =>
      sign !== "-" && !operatorNamed(name) && (sign === "+" || !isUnknownOperator(name, value)),
  );
  return kept.map(({ bare, name, value }) => (name ? bare : value)).join(" ");
}

/**
 * Return the first and last year of `2017`, `2015-2018`, `2019-`, or `-0380`, or null for anything else.
 * @param {string} value
 * @returns {[number, number] | null}
 */
export function yearRange(value) {
  const found = /^(\d{3,4})?(?:(-|–|\.\.)(\d{3,4})?)?$/.exec(value);
  if (!found || !(found[1] || found[3])) return null;
  const from = Number(found[1] ?? 0);
  return [from, found[2] ? Number(found[3] ?? 9999) : from];
}
