// @ts-check
// Parses a query: words, "phrases", -excluded words, and the conditions tag:, author:, year:, and venue:.

import { words } from "./text.js";

/**
 * @typedef {"tag" | "author" | "year" | "venue"} Operator
 * @typedef {{operator: Operator, value: string, negated: boolean}} Condition
 * @typedef {{words: string[], negated: boolean, open: boolean}} Phrase An open phrase lacks its closing quote.
 * @typedef {{words: string[], unfinished: boolean, phrases: Phrase[], excluded: string[], conditions: Condition[]}}
 *   Query A query is unfinished if the reader may still be typing its last word.
 */

const LONGEST_QUERY = 1000; // characters; any further ones are ignored
const MOST_WORDS = 24; // any further ones are ignored
const QUERY_PART = /(?<!\S)(-?)(?:(tag|author|year|venue):)?(?:"([^"]*)("?)|([^\s"]+))/gi;

/**
 * Return a query, parsed.
 * @param {string} text
 * @returns {Query}
 */
export function parseQuery(text) {
  /** @type {Query} */
  const query = { words: [], unfinished: false, phrases: [], excluded: [], conditions: [] };
  const typed = text.slice(0, LONGEST_QUERY);
  for (const [piece, minus, operator, quoted, close, bare] of typed.matchAll(QUERY_PART)) {
    const value = (quoted ?? bare).trim();
    const found = words(value).map((word) => word.text);
    const negated = minus === "-";
    if (!found.length) continue;
    query.unfinished = false;
    if (operator) query.conditions.push({ operator: /** @type {Operator} */ (operator.toLowerCase()), value, negated });
    else if (quoted !== undefined) query.phrases.push({ words: found, negated, open: !close });
    else if (negated) query.excluded.push(...found);
    else {
      query.words.push(...found);
      query.unfinished = typed.endsWith(piece);
    }
  }
  query.words.splice(MOST_WORDS);
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
