// @ts-check
// The search engine: holds the list and its index, and answers a query with the matching papers, best first.

import { queryFilter } from "./conditions.js";
import { Directory } from "./directory.js";
import { applyWishes, hasPreference, orderByWishes } from "./grants.js";
import { InvertedIndex } from "./inverted-index.js";
import { wordMatches } from "./matches.js";
import { parseQuery } from "./query.js";
import { bestPapers, paperKinds, scorePapers } from "./scoring.js";
import { STOP_WORDS, stem, tokens, words } from "./text.js";
import { addSynonyms, termMentions, thesaurus } from "./thesaurus.js";
import { addVenueNames, joinedName, venueNames } from "./venue-names.js";
import { readWishes, subjectWords, wordsLeft } from "./wishes.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {import("./thesaurus.js").TermMention} TermMention
 * @typedef {import("./wishes.js").Wish} Wish
 * @typedef {{
 *   papers: number[], near: Set<number>, scores: Float64Array, wishes: Wish[], ignoredWishes: Wish[],
 *   matches: WordMatch[], mentions: TermMention[], missingWords: string[], unknownConditions: string[],
 *   missingPhrases: string[], unknownOperators: import("./conditions.js").AdvisedOperator[],
 *   unknownIdentifiers: boolean,
 * }} Answer The papers, best first; those of them that come near, as they lack a word; the scores of all papers; the
 *   wishes that were granted and those that were not, as they would leave no paper; and the words that no paper has. For
 *   the fields from `unknownConditions` on, see `QueryFilter`.
 */

export class Engine {
  /** @param {List} list */
  constructor(list) {
    this.list = list;
    this.index = new InvertedIndex();
    /** The abstracts added so far, by paper. @type {string[]} */
    this.abstracts = [];
    this.titles = list.papers.titles.map((title) => new Set(subjectStems(title)));
    /** For each paper, its aliases as stems without spaces. */
    this.aliases = list.papers.aliases.map((aliases) => new Set(aliases.map(joinedStems)));
    this.names = thesaurus(list);
    this.venueNames = venueNames(list);
    this.kinds = paperKinds(list);
    this.directory = new Directory(list);
  }

  /**
   * Index papers with everything that the list has about them.
   * @param {number} first
   * @param {number} end one past the last paper
   */
  addPapers(first, end) {
    const { papers, terms, categories, people, venues } = this.list;
    for (let paper = first; paper < Math.min(end, papers.ids.length); paper++) {
      this.index.add(paper, "title", [papers.titles[paper], papers.otherTitles[paper]]);
      this.index.add(paper, "aliases", papers.aliases[paper]);
      this.index.add(paper, "introduces", papers.introduces[paper]);
      const names = papers.authors[paper].flatMap((at) => people[at].names);
      this.index.add(paper, "people", names);
      const venue = venues[papers.venues[paper]];
      const joined = venue?.names && venue.name.includes(" ") ? [joinedName(venue.name)] : [];
      this.index.add(paper, "published", [papers.when[paper].slice(papers.marks[paper].length), ...joined]);
      this.index.add(paper, "summary", [papers.summaries[paper]]);
      this.index.add(paper, "questions", papers.questions[paper]);
      const tags = this.kinds.termsByPaper[paper].map((term) => terms[term]);
      const shelf = categories[papers.categories[paper]].name;
      this.index.add(paper, "terms", [
        ...tags.flatMap(({ name, aliases }) => [name, ...aliases]),
        shelf,
        papers.marks[paper],
        papers.sources[paper],
      ]);
      const covered = tags.flatMap(({ covers }) => covers);
      this.index.add(paper, "covers", covered);
      const definitions = papers.tags[paper].flatMap((term) => [terms[term].definition, ...terms[term].questions]);
      this.index.add(paper, "definitions", definitions);
    }
  }

  /**
   * Index the abstracts of consecutive papers, beginning with the paper `first`.
   * @param {number} first
   * @param {string[]} abstracts
   */
  addAbstracts(first, abstracts) {
    for (const [at, abstract] of abstracts.entries()) {
      this.index.add(first + at, "abstract", [abstract]);
      this.abstracts[first + at] = abstract;
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
 * Return the stems of the words of a text, without stop words.
 * @param {string} text
 */
function subjectStems(text) {
  return tokens(text).flatMap(({ text: word, stems }) => (STOP_WORDS.has(word) ? [] : stems));
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
