// @ts-check
// An inverted index: for each stem, the papers that contain it and its frequency in each.
//
// The frequency is that of BM25F (Robertson, Zaragoza & Taylor, 2004, "Simple BM25 extension to multiple weighted
// fields"): the frequency in each field is normalized by the length of the field and multiplied by the field's weight,
// and these are added up. `saturated` turns it into a weight.

import { tokens } from "./text.js";

/**
 * @typedef {keyof typeof FIELDS} Field
 * @typedef {{papers: number[], frequencies: number[], own: boolean[]}} Postings Papers, how often a stem occurs in
 *   each, and whether it occurs in more than the definitions of the paper's terms and the names of what they cover.
 */

/** For each field, its weight and the strength of its length normalization (BM25F's b, 0 to 1). */
export const FIELDS = /** @type {const} */ ({
  title: { weight: 3, length: 0.3 },
  aliases: { weight: 3, length: 0.3 },
  introduces: { weight: 2, length: 0.3 },
  terms: { weight: 1, length: 0.5 },
  covers: { weight: 0.5, length: 0.5 },
  definitions: { weight: 1, length: 0.5 },
  people: { weight: 3, length: 0.2 },
  published: { weight: 3, length: 0.2 },
  summary: { weight: 1, length: 0.5 },
  questions: { weight: 1, length: 0.5 },
  abstract: { weight: 0.7, length: 0.6 },
});
const FIELD_NAMES = /** @type {Field[]} */ (Object.keys(FIELDS));
/** The fields that only describe the terms of a paper, rather than the paper. @type {Set<Field>} */
const INDIRECT_FIELDS = new Set(["covers", "definitions"]);
const SATURATION = 6; // BM25's k1
const MOST_OCCURRENCES = 64; // per field of a paper; any further ones are not counted

export class InvertedIndex {
  papers = 0;
  /** Occurrences by stem: (paper · fields + field) · MOST_OCCURRENCES + count. @type {Map<string, number[]>} */
  #occurrences = new Map();
  /** All words as written, folded but not stemmed. @type {Set<string>} */
  #spellings = new Set();
  /** Those in the names of people, and whether they occur nowhere else. @type {Map<string, boolean>} */
  #names = new Map();
  /** For each field, its length in each paper, in words. @type {number[][]} */
  #lengths = FIELD_NAMES.map(() => []);
  /** @type {number[]} */
  #totalLengths = FIELD_NAMES.map(() => 0);
  /** @type {Map<string, Postings>} */
  #postingsCache = new Map();
  /** @type {string[] | null} */
  #sortedWords = null;

  /**
   * Index the texts of one field of a paper.
   * @param {number} paper
   * @param {Field} field
   * @param {string[]} texts
   */
  add(paper, field, texts) {
    const slot = FIELD_NAMES.indexOf(field);
    /** @type {Map<string, number>} */
    const counts = new Map();
    let length = 0;
    for (const text of texts) {
      const found = tokens(text);
      length += found.length;
      for (const { forms, stems } of found) {
        for (const form of forms) {
          if (field === "people") this.#names.set(form, this.#names.get(form) ?? !this.#spellings.has(form));
          else if (this.#names.has(form)) this.#names.set(form, false);
          this.#spellings.add(form);
        }
        for (const key of stems) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    for (const [key, count] of counts) this.#addOccurrences(key, paper * FIELD_NAMES.length + slot, count);
    this.#lengths[slot][paper] = length;
    this.#totalLengths[slot] += length;
    this.papers = Math.max(this.papers, paper + 1);
    this.#postingsCache.clear();
    this.#sortedWords = null;
  }

  /**
   * @param {string} key a stem
   * @param {number} place paper · fields + field
   * @param {number} count
   */
  #addOccurrences(key, place, count) {
    let occurrences = this.#occurrences.get(key);
    if (!occurrences) {
      occurrences = [];
      this.#occurrences.set(key, occurrences);
    }
    occurrences.push(place * MOST_OCCURRENCES + Math.min(count, MOST_OCCURRENCES - 1));
  }

  /** Return all indexed words as written, folded but not stemmed, in alphabetical order. */
  get words() {
    this.#sortedWords ??= [...this.#spellings].sort();
    return this.#sortedWords;
  }

  /**
   * Return whether a word is indexed as written.
   * @param {string} word
   */
  hasWord(word) {
    return this.#spellings.has(word);
  }

  /**
   * Return whether a word occurs in the name of a person.
   * @param {string} word
   */
  isName(word) {
    return this.#names.has(word);
  }

  /**
   * Return whether a word occurs only in the names of people.
   * @param {string} word
   */
  isOnlyName(word) {
    return this.#names.get(word) === true;
  }

  /** @param {string} key a stem */
  hasStem(key) {
    return this.#occurrences.has(key);
  }

  /**
   * Return the papers that contain a stem, and its frequency in each.
   * @param {string} key a stem
   * @returns {Postings}
   */
  postings(key) {
    let postings = this.#postingsCache.get(key);
    if (!postings) {
      postings = this.#countOccurrences(key);
      this.#postingsCache.set(key, postings);
    }
    return postings;
  }

  /**
   * @param {string} key
   * @returns {Postings}
   */
  #countOccurrences(key) {
    /** @type {Map<number, number>} */
    const frequencies = new Map();
    const own = new Set();
    for (const occurrence of this.#occurrences.get(key) ?? []) {
      const place = Math.floor(occurrence / MOST_OCCURRENCES);
      const slot = place % FIELD_NAMES.length;
      const paper = (place - slot) / FIELD_NAMES.length;
      const { weight, length } = FIELDS[FIELD_NAMES[slot]];
      const mean = this.#totalLengths[slot] / this.papers;
      const norm = 1 - length + (length * this.#lengths[slot][paper]) / mean;
      frequencies.set(paper, (frequencies.get(paper) ?? 0) + (weight * (occurrence % MOST_OCCURRENCES)) / norm);
      if (!INDIRECT_FIELDS.has(FIELD_NAMES[slot])) own.add(paper);
    }
    const papers = [...frequencies.keys()];
    return { papers, frequencies: [...frequencies.values()], own: papers.map((paper) => own.has(paper)) };
  }
}

/**
 * Return the weight of a frequency, from 0 to 1: further occurrences add less and less.
 * @param {number} frequency
 */
export function saturated(frequency) {
  return frequency / (SATURATION + frequency);
}

/**
 * Return BM25's inverse document frequency of something that `some` of `all` papers have.
 * @param {number} some
 * @param {number} all
 */
export function inverseDocumentFrequency(some, all) {
  return Math.log(1 + (all - some + 0.5) / (some + 0.5));
}
