// @ts-check
// Finds what each word of a query matches in the index: its own stem, and the stems of words that it may be the
// beginning of, a misspelling of, or a part of.

import { editDistance, STOP_WORDS, stem } from "./text.js";

/**
 * @typedef {import("./inverted-index.js").InvertedIndex} InvertedIndex
 * @typedef {{word: string, stopWord: boolean, stems: Map<string, number>, correction: string}} WordMatch
 *   A word of the query, whether it is a stop word, the stems under which it is looked up with their weights, and the
 *   word that it is taken for (itself unless it is misspelled).
 */

const COMPLETION_WEIGHT = 0.7; // of a word that an unfinished one may become
const COMPLETED_WORD_FACTOR = 0.6; // times that if the unfinished word is a word itself
const TYPO_WEIGHTS = [1, 0.8, 0.5]; // of a word at this edit distance
const JOINED_WEIGHT = 0.8; // of words that are written as one elsewhere
const MOST_COMPLETIONS = 60; // of an unfinished word
const MOST_JOINED_WORDS = 3; // words that are written as one elsewhere
const SHORTEST_MISSPELLED = 4; // letters
const SHORTEST_WITH_TWO_TYPOS = 8; // letters
const SHORTEST_SPLIT_PART = 3; // letters of a word that was typed without a space

/**
 * Return a match for each word, and for both parts of a word that was typed without a space.
 * @param {InvertedIndex} index
 * @param {string[]} typed
 * @param {number} last the place of the word that may be unfinished, or -1
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
 * Let words also match the word that they make when written as one.
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
 * Whether a word is in the texts as it was typed, or is the beginning of one.
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {boolean} unfinished
 */
function isKnown(index, word, unfinished) {
  return index.hasWord(word) || (unfinished && completions(index.words, word).length > 0);
}

/**
 * Return the stems under which a word is looked up, with their weights.
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
 * Give a stem a weight unless it has a higher one.
 * @param {Map<string, number>} stems
 * @param {string} key
 * @param {number} weight
 */
function raiseWeight(stems, key, weight) {
  stems.set(key, Math.max(stems.get(key) ?? 0, weight));
}

/**
 * Return how many typing errors make one word of another; half of one more if the word is also unfinished.
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
 * Return the word of the texts that a misspelled one most likely is.
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {Map<string, number>} stems
 */
function nearestWord(index, word, stems) {
  const near = index.words.filter((other) => Math.abs(other.length - word.length) < 3 && stems.has(stem(other)));
  return near.sort((one, other) => editDistance(word, one, 3) - editDistance(word, other, 3))[0] ?? word;
}

/**
 * Return the two known words that a word consists of; null if there are none.
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
 * Return the longer words that begin with a text, out of words in alphabetical order.
 * @param {string[]} sorted
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
