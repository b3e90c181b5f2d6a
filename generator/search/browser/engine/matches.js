// @ts-check
// Finds what each word of a query matches in the index: its own stem, and the stems of its possible completions,
// corrections, and compounds.

import { editDistance, STOP_WORDS, stem } from "./text.js";

/**
 * @typedef {import("./inverted-index.js").InvertedIndex} InvertedIndex
 * @typedef {{word: string, stopWord: boolean, stems: Map<string, number>, correction: string}} WordMatch
 *   A word of the query, whether it is a stop word, the stems to look up with their weights, and the word that it is
 *   taken to mean (itself, unless it is misspelled).
 */

const COMPLETION_WEIGHT = 0.7; // of a completion of an unfinished word
const COMPLETED_WORD_FACTOR = 0.6; // multiplies the former if the unfinished word is itself a word
const TYPO_WEIGHTS = [1, 0.8, 0.5]; // of a correction, by edit distance
const JOINED_WEIGHT = 0.8; // of a compound of adjacent words
const MOST_COMPLETIONS = 60; // of an unfinished word
const MOST_JOINED_WORDS = 3; // in a compound
const SHORTEST_MISSPELLED = 4; // letters
const SHORTEST_WITH_TWO_TYPOS = 8; // letters
const SHORTEST_SPLIT_PART = 3; // letters in each half of a word that is split in two

/**
 * Return a match for each word. A word that lacks a space gives two matches, one for each half.
 * @param {InvertedIndex} index
 * @param {string[]} typed
 * @param {number} last the index of the word that may be unfinished, or -1
 * @returns {WordMatch[]}
 */
export function wordMatches(index, typed, last) {
  const matches = typed.flatMap((word, at) => {
    const parts = isKnown(index, word, at === last) ? null : splitWord(index, word);
    return parts ? parts.map((part) => wordMatch(index, part, false)) : [wordMatch(index, word, at === last)];
  });
  addJoinedWords(index, matches);
  const onlyStopWords = matches.every(({ stopWord }) => stopWord);
  return onlyStopWords ? matches.map((match) => ({ ...match, stopWord: false })) : matches;
}

/**
 * Let adjacent words also match their compound, written as one word.
 * @param {InvertedIndex} index
 * @param {WordMatch[]} matches
 */
function addJoinedWords(index, matches) {
  for (const at of matches.keys()) {
    for (let run = 2; run <= Math.min(MOST_JOINED_WORDS, matches.length - at); run++) {
      const parts = matches.slice(at, at + run);
      const joined = stem(parts.map(({ word }) => word).join(""));
      if (index.hasStem(joined)) for (const { stems } of parts) raiseWeight(stems, joined, JOINED_WEIGHT);
    }
  }
}

/**
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {boolean} unfinished
 * @returns {WordMatch}
 */
function wordMatch(index, word, unfinished) {
  const stems = weightedStems(index, word, unfinished);
  const correction = stems.size && !isKnown(index, word, unfinished) ? nearestWord(index, word, stems) : word;
  return { word, stopWord: STOP_WORDS.has(word), stems, correction };
}

/**
 * Return whether a word is indexed as typed or, if it is unfinished, begins an indexed word.
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {boolean} unfinished
 */
function isKnown(index, word, unfinished) {
  return index.hasWord(word) || (unfinished && completions(index.words, word).length > 0);
}

/**
 * Return the stems to look up for a word, with their weights.
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {boolean} unfinished
 */
function weightedStems(index, word, unfinished) {
  /** @type {Map<string, number>} */
  const stems = new Map(index.hasStem(stem(word)) ? [[stem(word), 1]] : []);
  if (unfinished && word.length > 1) addCompletions(index, word, stems);
  if (word.length >= SHORTEST_MISSPELLED && !isKnown(index, word, unfinished))
    addCorrections(index, word, unfinished, stems);
  return stems;
}

/**
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {Map<string, number>} stems
 */
function addCompletions(index, word, stems) {
  const weight = COMPLETION_WEIGHT * (stems.size ? COMPLETED_WORD_FACTOR : 1);
  for (const other of completions(index.words, word).slice(0, MOST_COMPLETIONS))
    raiseWeight(stems, stem(other), weight * (0.55 + (0.45 * word.length) / other.length));
}

/**
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {boolean} unfinished
 * @param {Map<string, number>} stems
 */
function addCorrections(index, word, unfinished, stems) {
  const most = word.length < SHORTEST_WITH_TWO_TYPOS || stems.size ? 1 : 2;
  for (const other of index.words) {
    const typos = typingErrors(word, other, most, unfinished);
    if (typos <= most && (typos <= 1 || word[0] === other[0]))
      raiseWeight(stems, stem(other), TYPO_WEIGHTS[Math.ceil(typos)]);
  }
}

/**
 * Give a stem a weight, unless it already has a higher one.
 * @param {Map<string, number>} stems
 * @param {string} key
 * @param {number} weight
 */
function raiseWeight(stems, key, weight) {
  stems.set(key, Math.max(stems.get(key) ?? 0, weight));
}

/**
 * Return the number of typing errors between two words, plus one half if `word` is only the beginning of `other`.
 * @param {string} word
 * @param {string} other
 * @param {number} most
 * @param {boolean} unfinished
 */
function typingErrors(word, other, most, unfinished) {
  const whole = editDistance(word, other, most);
  return unfinished ? Math.min(whole, 0.5 + editDistance(word, other.slice(0, word.length), 1)) : whole;
}

/**
 * Return the most likely correction of a misspelled word.
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {Map<string, number>} stems
 */
function nearestWord(index, word, stems) {
  const near = index.words.filter((other) => Math.abs(other.length - word.length) < 3 && stems.has(stem(other)));
  return near.sort((one, other) => editDistance(word, one, 3) - editDistance(word, other, 3))[0] ?? word;
}

/**
 * Return the two indexed words that a word consists of, or null.
 * @param {InvertedIndex} index
 * @param {string} word
 */
function splitWord(index, word) {
  for (let at = word.length - SHORTEST_SPLIT_PART; at >= SHORTEST_SPLIT_PART; at--) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (parts.every((part) => index.hasWord(part))) return parts;
  }
  return null;
}

/**
 * Return the longer words that begin with the given letters.
 * @param {string[]} sorted words in alphabetical order
 * @param {string} start
 */
function completions(sorted, start) {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < sorted.length && sorted[end].startsWith(start)) end += 1;
  return sorted.slice(low, end);
}
