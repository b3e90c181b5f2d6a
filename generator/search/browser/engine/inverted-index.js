// @ts-check
// An inverted index: for each stem, the papers that contain it and its frequency in each.
//
// The frequency is that of BM25F (Robertson, Zaragoza & Taylor, 2004, "Simple BM25 extension to multiple weighted
// fields"): the frequency in each field is normalized by the length of the field and multiplied by the field's weight,
// and these are added up. `saturated` turns it into a weight.

import { STOP_WORDS, stem, tokenize, writtenWords } from "./text.js";

/**
 * @typedef {keyof typeof FIELDS} Field
 * @typedef {{papers: number[], frequencies: number[], own: boolean[]}} Postings Papers, how often a stem occurs in
 *   each, and whether it occurs in more than the definitions of the paper's terms and the names of what they cover.
 * @typedef {{length: number, stems: number[], subject: number[]}} IndexText A text as it is indexed: how many words it
 *   has, the numbers of their stems, and those of the words other than stop words.
 * @typedef {{papers: number[], slot: number, count: number}} SharedOccurrence Papers, the number of the field, and how
 *   often a stem occurs in what they share there.
 * @typedef {{text: string, stems: number[], spellings: number[], isStopWord: boolean, isJoined: boolean}} IndexWord
 *   A word, folded, the numbers of its stems and forms, and whether a hyphen joins the next word to it.
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
const IN_NAMES = 1; // of people
const ELSEWHERE = 2;

export class InvertedIndex {
  papers = 0;
  /** The number of each stem. @type {Map<string, number>} */
  #stems = new Map();
  /** The occurrences of each stem: (paper · fields + field) · MOST_OCCURRENCES + count. @type {number[][]} */
  #occurrences = [];
  /** The occurrences of each stem in texts that papers share. @type {SharedOccurrence[][]} */
  #sharedOccurrences = [];
  /** How often each stem occurs in the field that is being added. @type {number[]} */
  #counts = [];
  /** The number of each word as written, folded but not stemmed. @type {Map<string, number>} */
  #spellings = new Map();
  /** Where each of these words occurs: in names of people, elsewhere, or both. @type {number[]} */
  #places = [];
  /** Words by how they stand in texts, and compounds by their two words. @type {Map<string, IndexWord>} */
  #words = new Map();
  /** For each field, its length in each paper, in words. @type {number[][]} */
  #lengths = FIELD_NAMES.map(() => []);
  /** @type {number[]} */
  #totalLengths = FIELD_NAMES.map(() => 0);
  /** @type {Map<string, Postings>} */
  #postingsCache = new Map();
  /** @type {string[] | null} */
  #sortedWords = null;

  /**
   * Return a text as it is indexed. It can be added to any number of papers, and so has to be read only once.
   * @param {string} text
   * @param {boolean} isName whether it is the name of a person
   * @returns {IndexText}
   */
  read(text, isName = false) {
    const found = /** @type {IndexText} */ ({ length: 0, stems: [], subject: [] });
    const place = isName ? IN_NAMES : ELSEWHERE;
    let before = /** @type {IndexWord | null} */ (null);
    for (const written of writtenWords(text)) {
      const word = this.#word(written);
      this.#take(word, place, found);
      if (before?.isJoined) this.#take(this.#compound(before, word), place, found);
      before = word;
      found.length += 1;
    }
    return found;
  }

  /**
   * @param {IndexWord} word
   * @param {number} place
   * @param {IndexText} found
   */
  #take({ stems, spellings, isStopWord }, place, found) {
    for (const spelling of spellings) this.#places[spelling] |= place;
    for (const key of stems) found.stems.push(key);
    if (!isStopWord) for (const key of stems) found.subject.push(key);
  }

  /** @param {string} written */
  #word(written) {
    let known = this.#words.get(written);
    if (!known) {
      const [{ text, end, ...token }] = tokenize(written);
      known = { text, ...this.#numbers(token), isStopWord: STOP_WORDS.has(text), isJoined: end < written.length };
      this.#words.set(written, known);
    }
    return known;
  }

  /**
   * Return two words as one. It counts as a form of the first word.
   * @param {IndexWord} one
   * @param {IndexWord} other
   */
  #compound(one, other) {
    const key = `${one.text} ${other.text}`;
    let known = this.#words.get(key);
    if (!known) {
      const text = one.text + other.text;
      known = { ...one, text, ...this.#numbers({ stems: [stem(text)], forms: [text] }) };
      this.#words.set(key, known);
    }
    return known;
  }

  /** @param {{stems: string[], forms: string[]}} word */
  #numbers({ stems, forms }) {
    return { stems: stems.map(this.#newStem), spellings: forms.map(this.#newSpelling) };
  }

  /**
   * Index the texts of one field of a paper.
   * @param {number} paper
   * @param {Field} field
   * @param {IndexText[]} texts
   */
  add(paper, field, texts) {
    const slot = FIELD_NAMES.indexOf(field);
    const start = (paper * FIELD_NAMES.length + slot) * MOST_OCCURRENCES;
    for (const [key, count] of this.#counted(texts))
      this.#occurrences[key].push(start + Math.min(count, MOST_OCCURRENCES - 1));
    this.#lengthen(slot, paper, texts);
    this.papers = Math.max(this.papers, paper + 1);
  }

  /**
   * Index texts of one field of several papers, in addition to what each of them has there.
   * @param {number[]} papers
   * @param {Field} field
   * @param {IndexText[]} texts
   */
  addShared(papers, field, texts) {
    const slot = FIELD_NAMES.indexOf(field);
    for (const [key, count] of this.#counted(texts)) this.#sharedOccurrences[key].push({ papers, slot, count });
    for (const paper of papers) this.#lengthen(slot, paper, texts);
  }

  /**
   * Return how often each stem occurs in some texts.
   * @param {IndexText[]} texts
   */
  #counted(texts) {
    const counts = this.#counts;
    const keys = [];
    for (const { stems } of texts) for (const key of stems) if (counts[key]++ === 0) keys.push(key);
    const found = keys.map((key) => /** @type {[number, number]} */ ([key, counts[key]]));
    for (const key of keys) counts[key] = 0;
    return found;
  }

  /**
   * @param {number} slot
   * @param {number} paper
   * @param {IndexText[]} texts
   */
  #lengthen(slot, paper, texts) {
    let length = 0;
    for (const text of texts) length += text.length;
    this.#lengths[slot][paper] = (this.#lengths[slot][paper] ?? 0) + length;
    this.#totalLengths[slot] += length;
    if (this.#postingsCache.size) this.#postingsCache.clear();
  }

  #newStem = (/** @type {string} */ key) => {
    let number = this.#stems.get(key);
    if (number === undefined) {
      number = this.#occurrences.push([]) - 1;
      this.#sharedOccurrences.push([]);
      this.#counts.push(0);
      this.#stems.set(key, number);
    }
    return number;
  };

  #newSpelling = (/** @type {string} */ form) => {
    let number = this.#spellings.get(form);
    if (number === undefined) {
      number = this.#places.push(0) - 1;
      this.#spellings.set(form, number);
      this.#sortedWords = null;
    }
    return number;
  };

  /** Return all indexed words as written, folded but not stemmed, in alphabetical order. */
  get words() {
    this.#sortedWords ??= [...this.#spellings.keys()].sort();
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
    return Boolean(this.#placesOf(word) & IN_NAMES);
  }

  /**
   * Return whether a word occurs only in the names of people.
   * @param {string} word
   */
  isOnlyName(word) {
    return this.#placesOf(word) === IN_NAMES;
  }

  /** @param {string} word */
  #placesOf(word) {
    return this.#places[this.#spellings.get(word) ?? -1] ?? 0;
  }

  /** @param {string} key a stem */
  hasStem(key) {
    return this.#stems.has(key);
  }

  /**
   * Return the numbers of those stems that are indexed.
   * @param {Iterable<string>} keys
   */
  stemNumbers(keys) {
    return new Set([...keys].flatMap((key) => this.#stems.get(key) ?? []));
  }

  /**
   * Return the papers that contain a stem, and its frequency in each.
   * @param {string} key a stem
   * @returns {Postings}
   */
  postings(key) {
    let postings = this.#postingsCache.get(key);
    if (!postings) {
      postings = this.#countOccurrences(this.#stems.get(key) ?? -1);
      this.#postingsCache.set(key, postings);
    }
    return postings;
  }

  /**
   * @param {number} key the number of a stem
   * @returns {Postings}
   */
  #countOccurrences(key) {
    const frequencies = new Float64Array(this.papers);
    const own = new Uint8Array(this.papers);
    const add = (/** @type {number} */ paper, /** @type {number} */ slot, /** @type {number} */ count) => {
      const { weight, length } = FIELDS[FIELD_NAMES[slot]];
      const mean = this.#totalLengths[slot] / this.papers;
      const norm = 1 - length + (length * this.#lengths[slot][paper]) / mean;
      frequencies[paper] += (weight * Math.min(count, MOST_OCCURRENCES - 1)) / norm;
      if (!INDIRECT_FIELDS.has(FIELD_NAMES[slot])) own[paper] = 1;
    };
    const shared = this.#sharedCounts(key);
    for (const occurrence of this.#occurrences[key] ?? []) {
      const place = Math.floor(occurrence / MOST_OCCURRENCES);
      const slot = place % FIELD_NAMES.length;
      const paper = (place - slot) / FIELD_NAMES.length;
      const counts = shared.get(slot);
      if (counts) counts[paper] += occurrence % MOST_OCCURRENCES;
      else add(paper, slot, occurrence % MOST_OCCURRENCES);
    }
    for (const [slot, counts] of shared)
      for (let paper = 0; paper < counts.length; paper++) if (counts[paper]) add(paper, slot, counts[paper]);
    const papers = [];
    for (let paper = 0; paper < frequencies.length; paper++) if (frequencies[paper]) papers.push(paper);
    return {
      papers,
      frequencies: papers.map((paper) => frequencies[paper]),
      own: papers.map((paper) => own[paper] === 1),
    };
  }

  /**
   * Return how often papers have a stem in what they share, by the number of the field.
   * @param {number} key the number of a stem
   */
  #sharedCounts(key) {
    /** @type {Map<number, Uint16Array>} */
    const shared = new Map();
    for (const { papers, slot, count } of this.#sharedOccurrences[key] ?? []) {
      const counts = shared.get(slot) ?? new Uint16Array(this.papers);
      for (const paper of papers) counts[paper] += count;
      shared.set(slot, counts);
    }
    return shared;
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
