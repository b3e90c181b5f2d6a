// @ts-check
// The search engine: holds the list and its index, and answers a query with the matching papers, best first.

import { queryFilter } from "./conditions.js";
import { Directory } from "./directory.js";
import { applyWishes, hasPreference, orderByWishes } from "./grants.js";
import { InvertedIndex } from "./inverted-index.js";
import { wordMatches } from "./matches.js";
import { parseQuery } from "./query.js";
import { bestPapers, paperKinds, scorePapers } from "./scoring.js";
import { stem, words } from "./text.js";
import { addSynonyms, termMentions, thesaurus } from "./thesaurus.js";
import { addVenueNames, joinedName, venueNames } from "./venue-names.js";
import { readWishes, subjectWords, wordsLeft } from "./wishes.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./inverted-index.js").Field} Field
 * @typedef {import("./inverted-index.js").IndexText} IndexText
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {import("./thesaurus.js").TermMention} TermMention
 * @typedef {import("./wishes.js").Wish} Wish
 * @typedef {{summaries?: string[], questions?: string[][], abstracts?: string[]}} Texts Of consecutive papers.
 * @typedef {{
 *   papers: number[], near: Set<number>, scores: Float64Array, wishes: Wish[], ignoredWishes: Wish[],
 *   matches: WordMatch[], mentions: TermMention[], missingWords: string[], unknownConditions: string[],
 *   missingPhrases: string[], unknownOperators: import("./conditions.js").AdvisedOperator[],
 *   unknownIdentifiers: boolean,
 * }} Answer The papers, best first; those of them that come near, as they lack a word; the scores of all papers; the
 *   wishes that were granted and those that were not, as they would leave no paper; and the words that no paper has. For
 *   the fields from `unknownConditions` on, see `QueryFilter`.
 */

const TEXT_COLUMNS = /** @type {const} */ (["summaries", "questions", "abstracts"]);
const NONE = /** @type {Set<string>} */ (new Set());

export class Engine {
  /** @param {List} list */
  constructor(list) {
    this.list = list;
    this.index = new InvertedIndex();
    /** The abstracts added so far, by paper. @type {string[]} */
    this.abstracts = [];
    /** For each paper, the numbers that the index has for the stems of its title. @type {Set<number>[]} */
    this.titles = [];
    /** For each paper, its aliases as stems without spaces. @type {Set<string>[]} */
    this.aliases = [];
    this.names = thesaurus(list);
    this.venueNames = venueNames(list);
    this.kinds = paperKinds(list);
    this.directory = new Directory(list);
    /** The number of times that texts were taken over. */
    this.texts = 0;
    /** @type {Map<number, IndexText[]>} */
    const names = new Map();
    this.readNames = (/** @type {number} */ person) => {
      const known = names.get(person) ?? list.people[person].names.map((name) => this.index.read(name, true));
      names.set(person, known);
      return known;
    };
  }

  /**
   * Index the list in small steps, after each of which others may work.
   * @returns {Generator<void, void, void>}
   */
  *indexList() {
    const { terms, categories, papers } = this.list;
    const { papersByTerm, papersByTag, papersByCategory } = this.kinds;
    for (const [at, { name, aliases, covers, definition, questions }] of terms.entries()) {
      this.#addShared(papersByTerm[at], "terms", [name, ...aliases]);
      this.#addShared(papersByTerm[at], "covers", covers);
      this.#addShared(papersByTag[at], "definitions", [definition, ...questions]);
      yield;
    }
    for (const [at, { name }] of categories.entries()) this.#addShared(papersByCategory[at], "terms", [name]);
    for (const paper of papers.ids.keys()) {
      this.#addPaper(paper);
      yield;
    }
  }

  /**
   * @param {number[]} papers
   * @param {Field} field
   * @param {string[]} texts
   */
  #addShared(papers, field, texts) {
    if (papers.length) this.index.addShared(papers, field, this.#read(texts));
  }

  /** @param {string[]} texts */
  #read(texts) {
    return texts.map((text) => this.index.read(text));
  }

  /** @param {number} paper */
  #addPaper(paper) {
    const { index } = this;
    const { papers, venues } = this.list;
    const titles = this.#read([papers.titles[paper], papers.otherTitles[paper]]);
    this.titles[paper] = new Set(titles[0].subject);
    this.aliases[paper] = papers.aliases[paper].length ? new Set(papers.aliases[paper].map(joinedStems)) : NONE;
    index.add(paper, "title", titles);
    index.add(paper, "people", papers.authors[paper].flatMap(this.readNames));
    const venue = venues[papers.venues[paper]];
    const joined = venue?.names && venue.name.includes(" ") ? [joinedName(venue.name)] : [];
    const texts = /** @type {[Field, string[]][]} */ ([
      ["aliases", papers.aliases[paper]],
      ["introduces", papers.introduces[paper]],
      ["published", [papers.when[paper].slice(papers.marks[paper].length), ...joined]],
      ["terms", [papers.marks[paper], papers.sources[paper]]],
    ]);
    for (const [field, some] of texts) index.add(paper, field, this.#read(some));
  }

  /**
   * Take over texts of consecutive papers, to be shown and searched for phrases.
   * @param {number} first the first of the papers
   * @param {Texts} texts
   */
  takeTexts(first, texts) {
    const { summaries, questions } = this.list.papers;
    const columns = { summaries, questions, abstracts: this.abstracts };
    for (const name of TEXT_COLUMNS)
      for (const [at, text] of (texts[name] ?? []).entries()) columns[name][first + at] = text;
    this.texts += 1;
  }

  /**
   * Return whether a paper has no summary, but may get one when more texts are taken over.
   * @param {number} paper
   */
  awaitsSummary(paper) {
    const { texts, papers } = this.list;
    return this.texts < texts.length && paper >= texts[0][1] && !papers.summaries[paper];
  }

  /**
   * Index texts of consecutive papers in small steps.
   * @param {number} first the first of the papers
   * @param {Texts} texts
   * @returns {Generator<void, void, void>}
   */
  *indexTexts(first, { summaries = [], questions = [], abstracts = [] }) {
    const { index } = this;
    for (let at = 0; at < Math.max(summaries.length, abstracts.length); at++) {
      if (at < summaries.length) index.add(first + at, "summary", this.#read([summaries[at]]));
      if (at < questions.length) index.add(first + at, "questions", this.#read(questions[at]));
      if (at < abstracts.length) index.add(first + at, "abstract", this.#read([abstracts[at]]));
      yield;
    }
  }

  /**
   * Return the answer to a query as typed. Without words, it has all papers that pass the conditions, newest first.
   * @param {string} text
   * @returns {Answer}
   */
  search(text) {
    const query = parseQuery(text);
    const wishes = readWishes(this, text, query);
    const { passes, ...problems } = queryFilter(this.list, this.index, this.abstracts, query);
    const quoted = query.phrases.flatMap((phrase) => (phrase.negated ? [] : phrase.words));
    const typed = wordsLeft(this, query.words, wishes);
    const isUsedUp = wishes.some(({ used }) => used.includes(query.words.length - 1));
    const { matches, mentions, ...scored } = this.#scored(typed, quoted, query.unfinished && !isUsedUp);
    const { scores } = scored;
    const isFound = (/** @type {number} */ paper) => !matches.length || scores[paper] > 0;
    const { left, ignored } = applyWishes(
      this,
      wishes,
      [...scores.keys()].filter((at) => isFound(at) && passes(at)),
    );
    const best = matches.length ? bestPapers(left, scored) : { papers: left, near: new Set() };
    const subject = hasPreference(wishes)
      ? this.#scored(subjectWords(query.words, wishes), quoted, false).scores
      : scores;
    const missing = matches.filter((match) => !match.stopWord && !match.stems.size);
    return {
      ...{ matches, mentions, missingWords: missing.map(({ word }) => word), ...problems },
      papers: orderByWishes(this, wishes, best, subject),
      near: best.near,
      scores,
      wishes: wishes.filter((wish) => !ignored.includes(wish)),
      ignoredWishes: ignored,
    };
  }

  /**
   * Return what the words of a query match and mention, and the scores of the papers.
   * @param {string[]} typed
   * @param {string[]} quoted
   * @param {boolean} unfinished whether the last typed word may be unfinished
   */
  #scored(typed, quoted, unfinished) {
    const matches = wordMatches(this.index, [...typed, ...quoted], unfinished ? typed.length - 1 : -1);
    addVenueNames(this.venueNames, matches);
    const isWord = (/** @type {string} */ word) => this.index.hasWord(word);
    const mentions = termMentions(this.names, matches, isWord, unfinished && !quoted.length);
    addSynonyms(this.list, this.index, matches, mentions);
    return { matches, mentions, ...scorePapers(this, matches, mentions) };
  }
}

/**
 * Return the stems of the words of a text, joined without spaces.
 * @param {string} text
 */
function joinedStems(text) {
  return words(text)
    .map((word) => stem(word.text))
    .join("");
}
