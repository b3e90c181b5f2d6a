// @ts-check
// The search engine: holds the list and its index, and answers queries with the papers that fit, best first.
//
// A word counts with its weight in the index; a name or alias of a term counts for all papers with the term or a narrower
// one. Papers that lack some of the words fall behind. Papers whose title is just what was asked move up, and so do those
// that share their tags with the best ones.

import { inheritedTerms } from "./columns.js";
import { queryFilter } from "./conditions.js";
import { InvertedIndex, inverseDocumentFrequency } from "./inverted-index.js";
import { wordMatches } from "./matches.js";
import { parseQuery } from "./query.js";
import { STOP_WORDS, stem, tokens, words } from "./text.js";
import { termMentions, thesaurus } from "./thesaurus.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {import("./thesaurus.js").TermMention} TermMention
 * @typedef {{
 *   papers: number[], matches: WordMatch[], mentions: TermMention[], completeCount: number, missingWords: string[],
 *   unknownConditions: string[], missingPhrases: string[],
 * }} Answer The number of papers that have every word, and the words that no paper has; for the rest see `QueryFilter`.
 */

const WEIGHTS = {
  stopWord: 0.1,
  term: 2.5, // of a term that is mentioned
  narrowerTerm: 0.8, // times that
  title: 0.6, // of a title or alias that has all that is asked and nothing else
  feedback: 0.4, // of the tags of the best papers
};
const FEEDBACK_PAPERS = 6; // best papers whose tags count
const LEAST_WORTH = 0.3; // of a word that nearly every paper has
const ENOUGH_PAPERS = 10; // from which papers with fewer words are left out
const REQUIRED_SHARES = [1, 0.75, 0.5, 0.25, 0]; // of the words' worth that a paper must have, tried in turn
const COMPLETE = 0.999; // the share that counts as all

export class Engine {
  /** @param {List} list */
  constructor(list) {
    this.list = list;
    this.index = new InvertedIndex();
    /** The abstracts added so far. @type {string[]} */
    this.abstracts = [];
    this.titles = list.papers.titles.map((title) => new Set(subjectStems(title)));
    /** Each paper's aliases, as their stems without spaces. */
    this.aliases = list.papers.aliases.map((aliases) => new Set(aliases.map(joinedStems)));
    this.names = thesaurus(list);
    this.kinds = paperKinds(list);
  }

  /**
   * Add papers with all that the list says about them.
   * @param {number} first
   * @param {number} end
   */
  addPapers(first, end) {
    const { papers, terms, categories, people } = this.list;
    for (let paper = first; paper < Math.min(end, papers.ids.length); paper++) {
      this.index.add(paper, "title", [papers.titles[paper], papers.otherTitles[paper]]);
      this.index.add(paper, "aliases", papers.aliases[paper]);
      this.index.add(paper, "people", [...papers.authors[paper].map((at) => people[at].name), papers.when[paper]]);
      this.index.add(paper, "summary", [papers.summaries[paper]]);
      this.index.add(paper, "questions", papers.questions[paper]);
      const tags = papers.tags[paper].flatMap((tag) => [terms[tag].name, ...terms[tag].aliases]);
      this.index.add(paper, "terms", [...tags, categories[papers.categories[paper]].name]);
    }
  }

  /**
   * Add the abstracts of the papers from the first one on.
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
   * Return the answer to a query as it was typed; without words, all papers that its conditions allow, newest first.
   * @param {string} text
   * @returns {Answer}
   */
  search(text) {
    const query = parseQuery(text);
    const { passes, ...problems } = queryFilter(this.list, this.index, this.abstracts, query);
    const quoted = query.phrases.flatMap((phrase) => (phrase.negated ? [] : phrase.words));
    const last = query.unfinished ? query.words.length - 1 : -1;
    const matches = wordMatches(this.index, [...query.words, ...quoted], last);
    const isWord = (/** @type {string} */ word) => this.index.hasWord(word);
    const mentions = termMentions(this.names, matches, isWord, query.unfinished && !quoted.length);
    const { scores, shares } = this.score(matches, mentions);
    const allowed = [...scores.keys()].filter((paper) => passes(paper) && (!matches.length || scores[paper] > 0));
    const papers = matches.length ? bestPapers(allowed, scores, shares) : allowed;
    const missing = matches.filter((match) => !match.stopWord && !match.stems.size);
    const completeCount = papers.filter((paper) => shares[paper] >= COMPLETE).length;
    return { papers, matches, mentions, completeCount, missingWords: missing.map(({ word }) => word), ...problems };
  }

  /**
   * Return each paper's score, without a unit, and the share of the words' worth that it has.
   * @param {WordMatch[]} matches
   * @param {TermMention[]} mentions
   */
  score(matches, mentions) {
    const count = this.list.papers.ids.length;
    const scores = new Float64Array(count);
    const shares = new Float64Array(count);
    let total = 0;
    for (const [at, match] of matches.entries()) {
      const weights = this.termWeights(mentions, at);
      for (const [paper, weight] of this.wordWeights(match).entries()) weights[paper] += weight;
      const having = weights.reduce((some, weight) => some + Number(weight > 0), 0);
      const worth = having && !match.stopWord ? Math.max(LEAST_WORTH, inverseDocumentFrequency(having, count)) : 0;
      total += worth;
      for (let paper = 0; paper < count; paper++) {
        if (!weights[paper]) continue;
        scores[paper] += weights[paper] * (match.stopWord ? WEIGHTS.stopWord : 1);
        shares[paper] += worth;
      }
    }
    for (let paper = 0; paper < count; paper++) if (scores[paper]) shares[paper] /= total || 1;
    this.favorCompleteAndTitled(matches, scores, shares);
    this.applyRelevanceFeedback(scores);
    return { scores, shares };
  }

  /**
   * Lower the scores of papers that lack words, and raise those of papers whose title or alias is what was asked.
   * @param {WordMatch[]} matches
   * @param {Float64Array} scores
   * @param {Float64Array} shares
   */
  favorCompleteAndTitled(matches, scores, shares) {
    const asked = new Set(matches.filter((match) => !match.stopWord).map((match) => stem(match.correction)));
    const name = [...asked].join("");
    for (let paper = 0; paper < scores.length; paper++) {
      if (!scores[paper]) continue;
      const coverage = this.aliases[paper].has(name) ? 1 : titleCoverage(this.titles[paper], asked);
      scores[paper] *= shares[paper] * (1 + WEIGHTS.title * coverage ** 2);
    }
  }

  /**
   * Return each paper's weight for a word: that of the stem which weighs most.
   * @param {WordMatch} match
   */
  wordWeights(match) {
    const best = new Float64Array(this.list.papers.ids.length);
    for (const [key, factor] of match.stems) {
      const { papers, weights } = this.index.postings(key);
      for (let at = 0; at < papers.length; at++) best[papers[at]] = Math.max(best[papers[at]], factor * weights[at]);
    }
    return best;
  }

  /**
   * Return each paper's weight for the terms that a word mentions, alone or with others.
   * @param {TermMention[]} mentions
   * @param {number} match the number of the word
   */
  termWeights(mentions, match) {
    const best = new Float64Array(this.list.papers.ids.length);
    for (const { concepts, matches } of mentions) {
      if (!matches.includes(match)) continue;
      for (const { term } of concepts) {
        const papers = this.kinds.papersByTerm[term];
        const worth = (WEIGHTS.term * inverseDocumentFrequency(papers.length, best.length)) / matches.length;
        for (const paper of papers) {
          const factor = this.list.papers.tags[paper].includes(term) ? 1 : WEIGHTS.narrowerTerm;
          best[paper] = Math.max(best[paper], worth * factor);
        }
      }
    }
    return best;
  }

  /**
   * Raise the scores of papers that share tags and shelf with the best ones (Rocchio, 1971, "Relevance feedback in
   * information retrieval", with the best papers taken for relevant).
   * @param {Float64Array} scores
   */
  applyRelevanceFeedback(scores) {
    const best = highestScored(scores, FEEDBACK_PAPERS);
    const highest = scores[best[0]];
    const profile = this.relevanceProfile(best, scores);
    const length = Math.hypot(...profile.values()) || 1;
    for (let paper = 0; paper < scores.length; paper++) {
      if (!scores[paper]) continue;
      let shared = 0;
      let own = 0;
      for (const kind of this.kinds.byPaper[paper]) {
        shared += this.kinds.idf[kind] * (profile.get(kind) ?? 0);
        own += this.kinds.idf[kind] ** 2;
      }
      scores[paper] += (WEIGHTS.feedback * highest * shared) / (length * (Math.sqrt(own) || 1));
    }
  }

  /**
   * Return the weight of each kind among the best papers.
   * @param {number[]} best
   * @param {Float64Array} scores
   */
  relevanceProfile(best, scores) {
    /** @type {Map<number, number>} */
    const profile = new Map();
    for (const paper of best) {
      const relevance = scores[paper] / scores[best[0]];
      for (const kind of this.kinds.byPaper[paper])
        profile.set(kind, (profile.get(kind) ?? 0) + relevance * this.kinds.idf[kind]);
    }
    return profile;
  }
}

/**
 * Return papers by score, without those that have too small a share of the words' worth when others have more.
 * @param {number[]} papers
 * @param {Float64Array} scores
 * @param {Float64Array} shares
 */
function bestPapers(papers, scores, shares) {
  const having = (/** @type {number} */ share) => papers.filter((paper) => shares[paper] >= share * COMPLETE);
  const required = REQUIRED_SHARES.find((share) => having(share).length >= ENOUGH_PAPERS) ?? 0;
  return having(required).sort((one, other) => scores[other] - scores[one] || one - other);
}

/**
 * Return the stems of a text's words other than stop words.
 * @param {string} text
 */
function subjectStems(text) {
  return tokens(text).flatMap(({ text: word, stems }) => (STOP_WORDS.has(word) ? [] : stems));
}

/**
 * Return the stems of a text's words, without spaces.
 * @param {string} text
 */
function joinedStems(text) {
  return words(text)
    .map((word) => stem(word.text))
    .join("");
}

/**
 * Return the kinds of papers, which are the terms and then the shelves: the kinds of each paper, the inverse document
 * frequency of each kind, and for each term the papers that have it or a narrower one.
 * @param {List} list
 */
function paperKinds(list) {
  const all = list.papers.ids.length;
  const byPaper = list.papers.tags.map((tags, paper) => [...tags, list.terms.length + list.papers.categories[paper]]);
  const counts = new Array(list.terms.length + list.categories.length).fill(0);
  for (const kind of byPaper.flat()) counts[kind] += 1;
  /** @type {number[][]} */
  const papersByTerm = list.terms.map(() => []);
  for (const [paper, terms] of inheritedTerms(list).entries()) for (const term of terms) papersByTerm[term].push(paper);
  return { byPaper, idf: counts.map((count) => inverseDocumentFrequency(count, all)), papersByTerm };
}

/**
 * Return how much of a title was asked for, from 0 to 1.
 * @param {Set<string>} title
 * @param {Set<string>} asked
 */
function titleCoverage(title, asked) {
  let hits = 0;
  for (const word of asked) hits += Number(title.has(word));
  return title.size ? hits / title.size : 0;
}

/**
 * Return the papers with the highest scores.
 * @param {Float64Array} scores
 * @param {number} count
 */
function highestScored(scores, count) {
  /** @type {number[]} */
  const best = [];
  for (let paper = 0; paper < scores.length; paper++) {
    if (!scores[paper] || (best.length === count && scores[paper] <= scores[best[count - 1]])) continue;
    const place = best.findIndex((other) => scores[other] < scores[paper]);
    best.splice(place < 0 ? best.length : place, 0, paper);
    best.length = Math.min(best.length, count);
  }
  return best;
}
