// @ts-check
// What a reader typed in; what is asked for out: words, "phrases", -words to be left out, and tag: author: year: venue:.

import { words } from "./text.js";

/**
 * @typedef {"tag" | "author" | "year" | "venue"} Operator
 * @typedef {{operator: Operator, value: string, not: boolean}} Condition
 * @typedef {{words: string[], not: boolean, open: boolean}} Phrase Open is one without its closing quote.
 * @typedef {{words: string[], unfinished: boolean, phrases: Phrase[], without: string[], conditions: Condition[]}} Query
 *   Unfinished is one whose last word may go on.
 */

const LONGEST = 1000; // characters of a query that count
const MOST = 24; // words of a query that count
const PIECE = /(?<!\S)(-?)(?:(tag|author|year|venue):)?(?:"([^"]*)("?)|([^\s"]+))/gi;

/**
 * @param {string} text
 * @returns {Query}
 */
export function parse(text) {
  /** @type {Query} */
  const query = { words: [], unfinished: false, phrases: [], without: [], conditions: [] };
  const typed = text.slice(0, LONGEST);
  for (const [piece, minus, operator, quoted, close, bare] of typed.matchAll(PIECE)) {
    const value = (quoted ?? bare).trim();
    const found = words(value).map((word) => word.text);
    const not = minus === "-";
    if (!found.length) continue;
    query.unfinished = false;
    if (operator) query.conditions.push({ operator: /** @type {Operator} */ (operator.toLowerCase()), value, not });
    else if (quoted !== undefined) query.phrases.push({ words: found, not, open: !close });
    else if (not) query.without.push(...found);
    else {
      query.words.push(...found);
      query.unfinished = typed.endsWith(piece);
    }
  }
  query.words.splice(MOST);
  return query;
}

/**
 * The first and the last year of `2017`, `2015-2018`, `2019-` or `-2016`; nothing where it is none of these.
 * @param {string} value
 * @returns {[number, number] | null}
 */
export function years(value) {
  const found = /^(\d{4})?(?:(-|–|\.\.)(\d{4})?)?$/.exec(value);
  if (!found || !(found[1] || found[3])) return null;
  const from = Number(found[1] ?? 0);
  return [from, found[2] ? Number(found[3] ?? 9999) : from];
}
