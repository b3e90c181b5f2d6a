// @ts-check
// Finds what each word of a query matches in the index: its own stem, and the stems of its possible completions,
// corrections, and compounds.

import { editDistance, STOP_WORDS, stem } from "./text.js";

/**
 * @typedef {import("./inverted-index.js").InvertedIndex} InvertedIndex
 * @typedef {{word: string, stopWord: boolean, stems: Map<string, number>, synonyms: Set<string>, correction: string}} WordMatch
 *   A word of the query, whether it is a stop word, the stems to look up with their weights, and the word that it is
 *   taken to mean (itself, unless it is misspelled).
 */

const COMPLETION_WEIGHT = 0.7; // of a completion of an unfinished word
const COMPLETED_WORD_FACTOR = 0.6; // multiplies the former if the unfinished word is itself a word
const TYPO_WEIGHTS = [1, 0.8, 0.5]; // of a correction, by edit distance
const JOINED_WEIGHT = 0.8; // of a compound of adjacent words
const MOST_COMPLETIONS = 60; // of an unfinished word
const MOST_JOINED_WORDS = 3; // in a compound
const SHORTEST_MISSPELLED = 4; // letters, and also of a correction
const SHORTEST_WITH_ANY_TYPO = 8; // letters; in shorter words, see `slips`, and from here on there may be two
const SHORTEST_SPLIT_PART = 3; // letters in each half of a word that is split in two
const VOWELS = /[aeiouy]/g;
const ACRONYM = /^[b-df-hj-np-tv-xz]+$/; // a word without vowels
const DIGIT = /\d/;

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
    if (parts) return parts.map((part) => wordMatch(index, part, false, false));
    const besideName = [typed[at - 1], typed[at + 1]].some((other) => other && index.isOnlyName(other));
    return [wordMatch(index, word, at === last, besideName)];
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
 * @param {boolean} besideName whether the word stands beside a name, and so is probably one itself
 * @returns {WordMatch}
 */
function wordMatch(index, word, unfinished, besideName) {
  /** @type {Map<string, number>} */
  const stems = new Map(index.hasStem(stem(word)) ? [[stem(word), 1]] : []);
  if (unfinished && word.length > 1) addCompletions(index, word, stems);
  const corrections = isKnown(index, word, unfinished) ? [] : likelyCorrections(index, word, unfinished, besideName);
  for (const { other, typos } of corrections) raiseWeight(stems, stem(other), TYPO_WEIGHTS[Math.ceil(typos)]);
  const correction = corrections[0]?.other ?? word;
  return { word, stopWord: STOP_WORDS.has(word), stems, synonyms: new Set(), correction };
}

/**
 * Return whether a word is indexed, at least in another form, or, if it is unfinished, begins an indexed word.
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {boolean} unfinished
 */
function isKnown(index, word, unfinished) {
  const indexed = index.hasWord(word) || index.hasStem(stem(word));
  return indexed || (unfinished && completions(index.words, word).length > 0);
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
 * Give a stem a weight, unless it already has a higher one.
 * @param {Map<string, number>} stems
 * @param {string} key
 * @param {number} weight
 */
function raiseWeight(stems, key, weight) {
  stems.set(key, Math.max(stems.get(key) ?? 0, weight));
}

/**
 * Return the words with the fewest typing errors that a word may be a misspelling of, the most frequent first.
 * @param {InvertedIndex} index
 * @param {string} word
 * @param {boolean} unfinished
 * @param {boolean} besideName
 */
function likelyCorrections(index, word, unfinished, besideName) {
  if (word.length < SHORTEST_MISSPELLED || ACRONYM.test(word)) return [];
  let most = word.length < SHORTEST_WITH_ANY_TYPO ? 1 : 2;
  let found = [];
  for (const other of index.words) {
    if (!mayMean(word, other) || (besideName && !index.isName(other))) continue;
    const typos = typingErrors(word, other, most, unfinished, besideName);
    if (typos > most || (typos > 1 && word[0] !== other[0])) continue;
    if (Math.ceil(typos) < most) found = [];
    most = Math.ceil(typos);
    found.push({ other, typos, papers: index.postings(stem(other)).papers.length });
  }
  return found.sort((one, two) => one.typos - two.typos || two.papers - one.papers);
}

/**
 * Return whether a word may be a misspelling of another one: a number or year is never one of another, and the first
 * letter is rarely wrong (Pollock & Zamora, 1984, "Automatic spelling correction in scientific and scholarly text").
 * @param {string} word
 * @param {string} other
 */
function mayMean(word, other) {
  const swapped = word[0] === other[1] && word[1] === other[0];
  if (word.length < SHORTEST_WITH_ANY_TYPO && word[0] !== other[0] && !swapped) return false;
  return other.length >= SHORTEST_MISSPELLED && !STOP_WORDS.has(other) && digits(word) === digits(other);
}

/** @param {string} word */
function digits(word) {
  return DIGIT.test(word) ? word.replace(/\D+/g, " ") : "";
}

/**
 * Return the number of typing errors between two words, plus one half if `word` is only the beginning of `other`. Names
 * have so many spellings that any error counts in them; in other short words, only slips do.
 * @param {string} word
 * @param {string} other
 * @param {number} most
 * @param {boolean} unfinished
 * @param {boolean} isName
 */
function typingErrors(word, other, most, unfinished, isName) {
  const errors = isName || word.length >= SHORTEST_WITH_ANY_TYPO ? editDistance : slips;
  const whole = errors(word, other, most);
  return unfinished ? Math.min(whole, 0.5 + errors(word, other.slice(0, word.length), 1)) : whole;
}

/**
 * Return 1 if two letters of a short word are swapped or, from five letters on, one is missing or doubled or the wrong
 * vowel, and otherwise `most + 1`: any other word that is as near is usually meant ("toxic" is not "topic").
 * @param {string} word
 * @param {string} other
 * @param {number} most
 */
function slips(word, other, most) {
  const without = (/** @type {number} */ at) => word.slice(0, at) + word.slice(at + 1);
  const letters = [...word];
  const isSwapped = [...word].sort().join() === [...other].sort().join();
  const isMissed =
    word.length < other.length || letters.some((letter, at) => letter === word[at - 1] && without(at) === other);
  const isVowel = word.replace(VOWELS, "") === other.replace(VOWELS, "");
  const isSlip = isSwapped || (word.length > SHORTEST_MISSPELLED && (isMissed || isVowel));
  return isSlip ? editDistance(word, other, most) : most + 1;
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
