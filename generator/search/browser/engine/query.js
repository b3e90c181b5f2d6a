// @ts-check
// Parses a query: words, "phrases", -excluded words, +literal words, and the conditions tag:, author:, year:, and venue:.

import { words } from "./text.js";

/**
 * @typedef {"tag" | "author" | "year" | "venue"} Operator
 * @typedef {{operator: Operator, value: string, negated: boolean}} Condition
 * @typedef {{words: string[], negated: boolean, open: boolean}} Phrase An open phrase lacks its closing quote.
 * @typedef {{start: number, end: number, literal: boolean}} Place Where a word stands in the text as typed, and whether
 *   it is no part of a wish, as a plus before it says.
 * @typedef {{
 *   words: string[], places: Place[], unfinished: boolean, phrases: Phrase[], excluded: string[],
 *   conditions: Condition[],
 * }} Query The words have one place each. A query is unfinished if the reader may still be typing its last word.
 */

const LONGEST_QUERY = 1000; // characters; any further ones are ignored
const MOST_WORDS = 24; // any further ones are ignored
const QUERY_PART = /(?<!\S)([-+]?)(?:(tag|author|year|venue):)?(?:"([^"]*)("?)|([^\s"]+))/gi;

/**
 * Return a query, parsed.
 * @param {string} text
 * @returns {Query}
 */
export function parseQuery(text) {
  /** @type {Query} */
  const query = { words: [], places: [], unfinished: false, phrases: [], excluded: [], conditions: [] };
  const typed = text.slice(0, LONGEST_QUERY);
  for (const match of typed.matchAll(QUERY_PART)) {
    const [piece, sign, operator, quoted, close, bare] = match;
    const value = (quoted ?? bare).trim();
    const found = words(value).map((word) => word.text);
    const negated = sign === "-";
    if (!found.length) continue;
    query.unfinished = false;
    if (operator) query.conditions.push({ operator: /** @type {Operator} */ (operator.toLowerCase()), value, negated });
    else if (quoted !== undefined) query.phrases.push({ words: found, negated, open: !close });
    else if (negated) query.excluded.push(...found);
    else {
      const at = match.index + sign.length;
      query.words.push(...found);
      for (const { start, end } of words(bare))
        query.places.push({ start: at + start, end: at + end, literal: sign === "+" });
      query.unfinished = match.index + piece.length === typed.length;
    }
  }
  query.words.splice(MOST_WORDS);
  query.places.splice(MOST_WORDS);
  return query;
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
