// @ts-check
// The search engine: holds the list and its index, and answers a query with the matching papers, best first.

import { queryFilter } from "./conditions.js";
import { InvertedIndex } from "./inverted-index.js";
import { wordMatches } from "./matches.js";
import { parseQuery } from "./query.js";
import { bestPapers, paperKinds, scorePapers } from "./scoring.js";
import { STOP_WORDS, stem, tokens, words } from "./text.js";
import { addSynonyms, termMentions, thesaurus } from "./thesaurus.js";
import { addVenueNames, joinedName, venueNames } from "./venue-names.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {import("./thesaurus.js").TermMention} TermMention
 * @typedef {{
 *   papers: number[], near: Set<number>, matches: WordMatch[], mentions: TermMention[], missingWords: string[],
 *   unknownConditions: string[], missingPhrases: string[],
 * }} Answer The papers, best first; those of them that come near, as they lack a word; and the words that no paper has.
 *   For the last two fields, see `QueryFilter`.
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
    const { passes, ...problems } = queryFilter(this.list, this.index, this.abstracts, query);
    const quoted = query.phrases.flatMap((phrase) => (phrase.negated ? [] : phrase.words));
    const last = query.unfinished ? query.words.length - 1 : -1;
    const matches = wordMatches(this.index, [...query.words, ...quoted], last);
    addVenueNames(this.venueNames, matches);
    const isWord = (/** @type {string} */ word) => this.index.hasWord(word);
    const mentions = termMentions(this.names, matches, isWord, query.unfinished && !quoted.length);
    addSynonyms(this.list, this.index, matches, mentions);
    const missing = matches.filter((match) => !match.stopWord && !match.stems.size);
    const answer = { matches, mentions, missingWords: missing.map(({ word }) => word), ...problems };
    const all = this.list.papers.ids.map((_, paper) => paper).filter(passes);
    if (!matches.length) return { ...answer, papers: all, near: new Set() };
    return { ...answer, ...bestPapers(all, scorePapers(this, matches, mentions)) };
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
