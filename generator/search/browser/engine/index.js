// @ts-check
// Texts in; for each word, the papers that have it and how much it weighs there out.
//
// The weight is that of BM25F (Robertson, Zaragoza & Taylor, 2004, "Simple BM25 extension to multiple weighted fields"):
// occurrences count by field, less in longer fields, more in fields that name things, and their sum is saturated.

import { indexed } from "./text.js";

/**
 * @typedef {keyof typeof FIELDS} Field
 * @typedef {{papers: number[], weights: number[]}} Found Papers, and a weight for each.
 */

/** Each field's weight, and how much its length lowers it (0 to 1). */
export const FIELDS = /** @type {const} */ ({
  title: { weight: 3, length: 0.3 },
  aliases: { weight: 3, length: 0.3 },
  terms: { weight: 1, length: 0.5 },
  people: { weight: 3, length: 0.2 },
  summary: { weight: 2, length: 0.5 },
  questions: { weight: 1, length: 0.5 },
  abstract: { weight: 1, length: 0.6 },
});
const NAMES = /** @type {Field[]} */ (Object.keys(FIELDS));
const SATURATION = 4; // BM25's k1
const MOST = 64; // occurrences that are told apart, and more than there are fields times eight

export class Index {
  papers = 0;
  /** Stem to occurrences, each (paper · fields + field) · MOST + count. @type {Map<string, number[]>} */
  #postings = new Map();
  /** Every word as it is written, folded. @type {Set<string>} */
  #spellings = new Set();
  /** @type {number[][]} */
  #lengths = NAMES.map(() => []);
  /** @type {number[]} */
  #totals = NAMES.map(() => 0);
  /** @type {Map<string, Found>} */
  #found = new Map();
  /** @type {string[] | null} */
  #words = null;

  /**
   * @param {number} paper
   * @param {Field} field
   * @param {string[]} texts
   */
  add(paper, field, texts) {
    const slot = NAMES.indexOf(field);
    /** @type {Map<string, number>} */
    const counts = new Map();
    let length = 0;
    for (const text of texts) {
      const found = indexed(text);
      length += found.length;
      for (const { forms, stems } of found) {
        for (const form of forms) this.#spellings.add(form);
        for (const known of stems) counts.set(known, (counts.get(known) ?? 0) + 1);
      }
    }
    for (const [word, count] of counts) {
      let postings = this.#postings.get(word);
      if (!postings) this.#postings.set(word, (postings = []));
      postings.push((paper * NAMES.length + slot) * MOST + Math.min(count, MOST - 1));
    }
    this.#lengths[slot][paper] = length;
    this.#totals[slot] += length;
    this.papers = Math.max(this.papers, paper + 1);
    this.#found.clear();
    this.#words = null;
  }

  /** Every word of the texts as it is written, folded, in alphabetical order. */
  get words() {
    return (this.#words ??= [...this.#spellings].sort());
  }

  /**
   * Whether a word is in the texts as it is written.
   * @param {string} word
   */
  knows(word) {
    return this.#spellings.has(word);
  }

  /** @param {string} word a stem */
  has(word) {
    return this.#postings.has(word);
  }

  /**
   * The papers that have a word, with its weight in each.
   * @param {string} word a stem
   * @returns {Found}
   */
  find(word) {
    let found = this.#found.get(word);
    if (!found) this.#found.set(word, (found = this.#weigh(word)));
    return found;
  }

  /**
   * @param {string} word
   * @returns {Found}
   */
  #weigh(word) {
    /** @type {Map<number, number>} */
    const sums = new Map();
    for (const posting of this.#postings.get(word) ?? []) {
      const place = Math.floor(posting / MOST);
      const slot = place % NAMES.length;
      const paper = (place - slot) / NAMES.length;
      const { weight, length } = FIELDS[NAMES[slot]];
      const mean = this.#totals[slot] / this.papers;
      const norm = 1 - length + (length * this.#lengths[slot][paper]) / mean;
      sums.set(paper, (sums.get(paper) ?? 0) + (weight * (posting % MOST)) / norm);
    }
    const rare = rarity(sums.size, this.papers);
    const papers = [...sums.keys()];
    return { papers, weights: papers.map((paper) => (rare * (sums.get(paper) ?? 0)) / (SATURATION + (sums.get(paper) ?? 0))) };
  }
}

/**
 * The inverse document frequency of BM25: what it tells of a paper that it is one of `some` among `all`.
 * @param {number} some
 * @param {number} all
 */
export function rarity(some, all) {
  return Math.log(1 + (all - some + 0.5) / (some + 0.5));
}
