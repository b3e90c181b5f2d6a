// @ts-check
// The vocabulary in; the terms that a query names, by any of their names, out.

import { line } from "./list.js";
import { LIGHT, stem, words } from "./text.js";

/**
 * @typedef {import("./list.js").List} List
 * @typedef {import("./readings.js").Reading} Reading
 * @typedef {{term: number, alias: string}} Concept A term, and by which of its names it was found.
 * @typedef {{concepts: Concept[], readings: number[]}} Named Terms that some words of the query name together.
 * @typedef {Map<string, Concept[]>} Thesaurus Terms by the stems of their names.
 */

const LONGEST = 6; // words of a term's name
const SHORTEST_BEGUN = 3; // letters that may be a name's beginning
const MOST_BEGUN = 4; // terms whose names may begin so

/**
 * The terms by the stems of their names and aliases, each with and without the words that only carry the sentence.
 * @param {List} list
 * @returns {Thesaurus}
 */
export function thesaurus({ terms }) {
  /** @type {Thesaurus} */
  const names = new Map();
  for (const [term, { name, aliases }] of terms.entries()) {
    for (const alias of [name, ...aliases]) {
      const all = words(alias).map(({ text }) => text);
      const bare = all.filter((word) => !LIGHT.has(word));
      for (const key of new Set([all, ...(bare.length > 1 ? [bare] : [])].map((those) => those.map(stem).join(" ")))) {
        const known = names.get(key) ?? [];
        if (key && !known.some((concept) => concept.term === term)) names.set(key, [...known, { term, alias }]);
      }
    }
  }
  return names;
}

/**
 * The terms that a query names: the longest runs of its words that are a name or, at the end of an unfinished query, the
 * beginning of one.
 * @param {Thesaurus} names
 * @param {Reading[]} readings
 * @param {(word: string) => boolean} isWord
 * @param {boolean} unfinished
 * @returns {Named[]}
 */
export function named(names, readings, isWord, unfinished) {
  const found = [];
  for (let at = 0; at < readings.length; ) {
    let run = Math.min(LONGEST, readings.length - at);
    for (; run > 0; run--) {
      const part = readings.slice(at, at + run);
      const ending = unfinished && at + run === readings.length && !(run === 1 && isWord(part[0].word));
      const concepts = meaning(names, part) ?? (ending ? begun(names, part) : []);
      if (!concepts.length) continue;
      const heavy = part.flatMap((reading, step) => (reading.light ? [] : [at + step]));
      if (heavy.length) found.push({ concepts, readings: heavy });
      break;
    }
    at += Math.max(run, 1);
  }
  return found;
}

/**
 * @param {Thesaurus} names
 * @param {Reading[]} part
 */
function meaning(names, part) {
  const heavy = part.filter(({ light }) => !light);
  const joined = part.length === 2 ? stem(part[0].word + part[1].word) : "";
  return names.get(part.map(stemOf).join(" ")) ?? names.get(joined) ?? (heavy.length > 1 ? names.get(heavy.map(stemOf).join(" ")) : undefined);
}

/**
 * @param {Thesaurus} names
 * @param {Reading[]} part
 */
function begun(names, part) {
  const start = [...part.slice(0, -1).map(stemOf), part[part.length - 1].word].join(" ");
  if (start.length < SHORTEST_BEGUN) return [];
  return [...names].filter(([name]) => name.startsWith(start)).flatMap(([, concepts]) => concepts).slice(0, MOST_BEGUN);
}

/** @param {Reading} reading */
function stemOf(reading) {
  return stem(reading.meant);
}

/**
 * How a paper comes by a term that was asked for, in words.
 * @param {List} list
 * @param {Concept} concept
 * @param {number} paper
 */
export function told({ terms, papers }, { term, alias }, paper) {
  const own = papers.tags[paper].find((tag) => line(terms, tag).includes(term)) ?? term;
  const kind = own === term ? terms[term].name : `${terms[own].name}, a kind of ${terms[term].name}`;
  return alias === terms[term].name ? kind : `${kind}, also called ${alias}`;
}
