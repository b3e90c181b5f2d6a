// @ts-check
// Finds the terms of the vocabulary that a query mentions by name or alias.

import { termAndAncestors } from "./columns.js";
import { STOP_WORDS, stem, words } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./inverted-index.js").InvertedIndex} InvertedIndex
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {{term: number, alias: string, covered: boolean}} Concept A term, which name matched, and whether that is
 *   the name of something that the term covers.
 * @typedef {{concepts: Concept[], matches: number[]}} TermMention Terms that a query mentions, and the indexes of the
 *   words that name them.
 * @typedef {Map<string, Concept[]>} Thesaurus Terms by the stems of their names.
 */

const LONGEST_NAME = 6; // words
const SHORTEST_NAME_START = 3; // letters
const MOST_UNFINISHED = 4; // terms for an unfinished name
const SYNONYM_WEIGHT = 0.6; // of the name of a term that the query names otherwise
const COVERED_SYNONYM_WEIGHT = 0.3; // of the name of a term that covers what the query names

/**
 * Return the terms by the stems of their names, aliases, and what they cover, each with and without stop words.
 * @param {List} list
 * @returns {Thesaurus}
 */
export function thesaurus({ terms }) {
  /** @type {Thesaurus} */
  const names = new Map();
  for (const [term, { name, aliases, covers }] of terms.entries()) {
    for (const [at, alias] of [name, ...aliases, ...covers].entries()) {
      const covered = at > aliases.length;
      for (const key of nameKeys(alias)) {
        const known = names.get(key) ?? [];
        if (key && !known.some((one) => one.term === term)) names.set(key, [...known, { term, alias, covered }]);
      }
    }
  }
  return names;
}

/** @param {string} name */
function nameKeys(name) {
  const all = words(name).map(({ text }) => text);
  const subject = all.filter((word) => !STOP_WORDS.has(word));
  return new Set([all, ...(subject.length > 1 ? [subject] : [])].map((those) => those.map(stem).join(" ")));
}

/**
 * Return the terms that a query mentions: for the longest possible runs of words, those with that name or, at the end
 * of an unfinished query, with a name that begins with it.
 * @param {Thesaurus} names
 * @param {WordMatch[]} matches
 * @param {(word: string) => boolean} isWord
 * @param {boolean} unfinished
 * @returns {TermMention[]}
 */
export function termMentions(names, matches, isWord, unfinished) {
  const mentions = [];
  for (let at = 0; at < matches.length; ) {
    let run = Math.min(LONGEST_NAME, matches.length - at);
    for (; run > 0; run--) {
      const part = matches.slice(at, at + run);
      const atEnd = unfinished && at + run === matches.length && !(run === 1 && isWord(part[0].word));
      const concepts = conceptsNamed(names, part) ?? (atEnd ? conceptsStarting(names, part) : []);
      if (!concepts.length) continue;
      const subject = part.flatMap((match, step) => (match.stopWord ? [] : [at + step]));
      if (subject.length) mentions.push({ concepts, matches: subject });
      break;
    }
    at += Math.max(run, 1);
  }
  return mentions;
}

/**
 * @param {Thesaurus} names
 * @param {WordMatch[]} part
 */
function conceptsNamed(names, part) {
  const subject = part.filter(({ stopWord }) => !stopWord);
  const joined = part.length === 2 ? stem(part[0].word + part[1].word) : "";
  const whole = names.get(part.map(correctedStem).join(" ")) ?? names.get(joined);
  return whole ?? (subject.length > 1 ? names.get(subject.map(correctedStem).join(" ")) : undefined);
}

/**
 * @param {Thesaurus} names
 * @param {WordMatch[]} part
 */
function conceptsStarting(names, part) {
  const start = [...part.slice(0, -1).map(correctedStem), part[part.length - 1].word].join(" ");
  if (start.length < SHORTEST_NAME_START) return [];
  const found = [...names].filter(([name]) => name.startsWith(start));
  return found.flatMap(([, concepts]) => concepts).slice(0, MOST_UNFINISHED);
}

/**
 * Let a word that names a term also match the term's name, if that is one word, wherever it is written: "picture" also
 * finds "image" in a title (query expansion; Voorhees, 1994, "Query expansion using lexical-semantic relations").
 * @param {List} list
 * @param {InvertedIndex} index
 * @param {WordMatch[]} matches
 * @param {TermMention[]} mentions
 */
export function addSynonyms({ terms }, index, matches, mentions) {
  for (const { concepts, matches: named } of mentions) {
    if (named.length > 1) continue;
    const { stems, synonyms } = matches[named[0]];
    for (const { term, covered } of concepts) {
      const [name, ...more] = words(terms[term].name);
      const key = stem(name?.text ?? "");
      if (more.length || stems.has(key) || !index.hasStem(key)) continue;
      stems.set(key, covered ? COVERED_SYNONYM_WEIGHT : SYNONYM_WEIGHT);
      synonyms.add(key);
    }
  }
}

/** @param {WordMatch} match */
function correctedStem(match) {
  return stem(match.correction);
}

/**
 * Return a phrase that says how a paper has a term of the query: as one of its tags, or through a narrower one.
 * @param {List} list
 * @param {Concept} concept
 * @param {number} paper
 */
export function tagReason({ terms, papers }, { term, alias, covered }, paper) {
  const own = papers.tags[paper].find((tag) => termAndAncestors(terms, tag).includes(term)) ?? term;
  const kind = own === term ? terms[term].name : `${terms[own].name}, a kind of ${terms[term].name}`;
  if (covered) return `${kind}, covers ${alias}`;
  return alias === terms[term].name ? kind : `${kind}, also called ${alias}`;
}

/**
 * Return a few words that say by which name of a tag a query finds papers.
 * @param {List} list
 * @param {Concept} concept
 */
export function briefTagReason({ terms }, { term, alias, covered }) {
  if (covered) return `tag covers ${alias}`;
  return alias === terms[term].name ? `tag ${alias}` : `tag also called ${alias}`;
}
