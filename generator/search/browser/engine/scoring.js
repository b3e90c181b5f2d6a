// @ts-check
// Scores papers for a query.
//
// The score of a paper is the sum of the weights of the words of the query. If words are a name of a term, papers with
// the term or a narrower one count as if they had the words more often. Scores are lowered for missing words, and raised
// for a title that is exactly the query and for tags in common with the best papers.

import { inheritedTerms } from "./columns.js";
import { inverseDocumentFrequency, saturated } from "./inverted-index.js";
import { stem } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {import("./thesaurus.js").TermMention} TermMention
 * @typedef {ReturnType<typeof paperKinds>} PaperKinds
 * @typedef {{frequencies: Float64Array, own: Uint8Array}} Evidence For each paper, how often it has a word, and whether
 *   it has the word itself: in its own texts, or as a name of one of its terms, but not only of what a term covers.
 * @typedef {{scores: Float64Array, complete: Uint8Array}} Scores For each paper, its score (without unit) and whether it
 *   has every word.
 */

const WEIGHTS = {
  stopWord: 0.4,
  term: 2, // occurrences that the mention of a term counts as, in a paper with the term
  narrowerTerm: 0.8, // multiplies the former, in a paper with a narrower term
  coveredName: 0.5, // multiplies it too, if the query has the name of something that the term covers
  title: 0.6, // of a title or alias that is exactly the query
  feedback: 0.4, // of the tags of the best papers
};
const FEEDBACK_PAPERS = 6; // the best papers, whose tags are used
const LEAST_WORTH = 0.3; // of a word that almost all papers have
const COMPLETE = 0.999; // the share of the total worth from which a paper has every word; below 1 because of rounding
const ENOUGH_PAPERS = 10; // papers that lack a word are added up to this number

/**
 * Return the scores of all papers.
 * @param {Engine} engine
 * @param {WordMatch[]} matches
 * @param {TermMention[]} mentions
 * @returns {Scores}
 */
export function scorePapers(engine, matches, mentions) {
  const count = engine.list.papers.ids.length;
  const scores = new Float64Array(count);
  const shares = new Float64Array(count); // of the total worth of the words
  const own = new Uint8Array(count);
  let total = 0;
  for (const [at, match] of matches.entries()) {
    const naming = mentions.filter((mention) => mention.matches.includes(at));
    const evidence = wordEvidence(engine, match, naming);
    const having = evidence.frequencies.reduce((some, frequency) => some + Number(frequency > 0), 0);
    const idf = inverseDocumentFrequency(having, count);
    const worth = match.stopWord ? 0 : Math.max(LEAST_WORTH, idf);
    total += worth;
    for (let paper = 0; paper < count; paper++) {
      if (!evidence.frequencies[paper]) continue;
      scores[paper] += idf * saturated(evidence.frequencies[paper]) * (match.stopWord ? WEIGHTS.stopWord : 1);
      shares[paper] += worth;
      if (worth) own[paper] |= evidence.own[paper];
    }
  }
  for (let paper = 0; paper < count; paper++) shares[paper] /= total || 1;
  favorCompleteAndTitled(engine, matches, scores, shares);
  applyRelevanceFeedback(engine.kinds, scores);
  return { scores, complete: own.map((has, paper) => has && Number(shares[paper] >= COMPLETE)) };
}

/**
 * Lower the scores of papers that lack words, and raise those of papers whose title or alias is the query.
 * @param {Engine} engine
 * @param {WordMatch[]} matches
 * @param {Float64Array} scores
 * @param {Float64Array} shares
 */
function favorCompleteAndTitled({ index, titles, aliases }, matches, scores, shares) {
  const asked = new Set(matches.filter((match) => !match.stopWord).map((match) => stem(match.correction)));
  const name = [...asked].join("");
  const numbers = index.stemNumbers(asked);
  for (let paper = 0; paper < scores.length; paper++) {
    if (!scores[paper]) continue;
    const coverage = aliases[paper].has(name) ? 1 : titleCoverage(titles[paper], numbers);
    scores[paper] *= shares[paper] * (1 + WEIGHTS.title * coverage ** 2);
  }
}

/**
 * Return how often papers have a word, by any of its stems or as a name of a term. All that a word stands for is counted
 * as if it were one word (Pirkola, 1998, "The effects of query structure and dictionary setups in dictionary-based
 * cross-language information retrieval"), so that a tag cannot outweigh a title that has the word.
 * @param {Engine} engine
 * @param {WordMatch} match
 * @param {TermMention[]} mentions the mentions of terms that the word is part of
 * @returns {Evidence}
 */
function wordEvidence({ list, index, kinds }, match, mentions) {
  const frequencies = new Float64Array(list.papers.ids.length);
  const own = new Uint8Array(frequencies.length);
  for (const [key, factor] of match.stems) {
    const postings = index.postings(key);
    const isSynonym = match.synonyms.has(key);
    for (let at = 0; at < postings.papers.length; at++) {
      const paper = postings.papers[at];
      frequencies[paper] = Math.max(frequencies[paper], factor * postings.frequencies[at]);
      if (postings.own[at] && !isSynonym) own[paper] = 1;
    }
  }
  const named = mentionFrequencies(list, kinds, mentions, own);
  for (let paper = 0; paper < frequencies.length; paper++) frequencies[paper] += named[paper];
  return { frequencies, own };
}

/**
 * Return, for each paper, the occurrences that the mention of its terms counts as; mark papers that have them by name.
 * @param {List} list
 * @param {PaperKinds} kinds
 * @param {TermMention[]} mentions
 * @param {Uint8Array} own
 */
function mentionFrequencies({ papers }, { papersByTerm }, mentions, own) {
  const named = new Float64Array(own.length);
  for (const { concepts, matches } of mentions) {
    for (const { term, covered } of concepts) {
      const most = (WEIGHTS.term * (covered ? WEIGHTS.coveredName : 1)) / Math.sqrt(matches.length);
      for (const paper of papersByTerm[term]) {
        const factor = papers.tags[paper].includes(term) ? 1 : WEIGHTS.narrowerTerm;
        named[paper] = Math.max(named[paper], most * factor);
        if (!covered) own[paper] = 1;
      }
    }
  }
  return named;
}

/**
 * Raise the scores of papers that have tags or the shelf in common with the best ones: pseudo-relevance feedback, which
 * assumes that the best papers are relevant (Rocchio, 1971, "Relevance feedback in information retrieval").
 * @param {PaperKinds} kinds
 * @param {Float64Array} scores
 */
function applyRelevanceFeedback(kinds, scores) {
  const best = highestScored(scores, FEEDBACK_PAPERS);
  const highest = scores[best[0]];
  const profile = relevanceProfile(kinds, best, scores);
  const length = Math.hypot(...profile.values()) || 1;
  for (let paper = 0; paper < scores.length; paper++) {
    if (!scores[paper]) continue;
    let shared = 0;
    let own = 0;
    for (const kind of kinds.byPaper[paper]) {
      shared += kinds.idf[kind] * (profile.get(kind) ?? 0);
      own += kinds.idf[kind] ** 2;
    }
    scores[paper] += (WEIGHTS.feedback * highest * shared) / (length * (Math.sqrt(own) || 1));
  }
}

/**
 * Return the weight of each kind among the best papers.
 * @param {PaperKinds} kinds
 * @param {number[]} best
 * @param {Float64Array} scores
 */
function relevanceProfile(kinds, best, scores) {
  /** @type {Map<number, number>} */
  const profile = new Map();
  for (const paper of best) {
    const relevance = scores[paper] / scores[best[0]];
    for (const kind of kinds.byPaper[paper]) profile.set(kind, (profile.get(kind) ?? 0) + relevance * kinds.idf[kind]);
  }
  return profile;
}

/**
 * Return the papers that have every word, best first, and then a few that come near, of which the set is also returned.
 * @param {number[]} papers
 * @param {Scores} scores
 */
export function bestPapers(papers, { scores, complete }) {
  const found = papers.filter((paper) => scores[paper] > 0);
  found.sort((one, other) => complete[other] - complete[one] || scores[other] - scores[one] || one - other);
  const count = found.reduce((some, paper) => some + complete[paper], 0);
  const best = found.slice(0, Math.max(count, ENOUGH_PAPERS));
  return { papers: best, near: new Set(best.slice(count)) };
}

/**
 * Return the kinds of papers, numbered with the terms first and then the shelves: the kinds of each paper, the inverse
 * document frequency of each kind, the terms of each paper with all broader ones, and the papers of each term, with and
 * without those of narrower terms, and of each shelf.
 * @param {List} list
 */
export function paperKinds({ papers, terms, categories }) {
  const all = papers.ids.length;
  const byPaper = papers.tags.map((tags, paper) => [...tags, terms.length + papers.categories[paper]]);
  const byKind = itemsByNumber(byPaper, terms.length + categories.length);
  const termsByPaper = inheritedTerms({ papers, terms });
  return {
    byPaper,
    idf: byKind.map((those) => inverseDocumentFrequency(those.length, all)),
    termsByPaper,
    papersByTerm: itemsByNumber(termsByPaper, terms.length),
    papersByTag: byKind.slice(0, terms.length),
    papersByCategory: byKind.slice(terms.length),
  };
}

/**
 * Return, for each of so many numbers, the items that have it.
 * @param {number[][]} numbers of each item
 * @param {number} count
 */
function itemsByNumber(numbers, count) {
  const items = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  for (let item = 0; item < numbers.length; item++) for (const number of numbers[item]) items[number].push(item);
  return items;
}

/**
 * Return the share of a title's words that are in the query, from 0 to 1.
 * @param {Set<number>} title
 * @param {Set<number>} asked
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
