// @ts-check
// Scores papers for a query.
//
// The score of a paper is the sum of the weights of the words in the index. If words are a name or alias of a term, all
// papers with the term or a narrower one gain. Scores are lowered for missing words, and raised for a title that is
// exactly the query and for tags in common with the best papers.

import { inheritedTerms } from "./columns.js";
import { inverseDocumentFrequency } from "./inverted-index.js";
import { stem } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {import("./thesaurus.js").TermMention} TermMention
 * @typedef {ReturnType<typeof paperKinds>} PaperKinds
 */

const WEIGHTS = {
  stopWord: 0.1,
  term: 2.5, // of a term that the query mentions
  narrowerTerm: 0.8, // multiplies the former
  coveredName: 0.5, // multiplies it too, if the query has the name of something that the term covers
  title: 0.6, // of a title or alias that is exactly the query
  feedback: 0.4, // of the tags of the best papers
};
const FEEDBACK_PAPERS = 6; // the best papers, whose tags are used
const LEAST_WORTH = 0.3; // of a word that almost all papers have
const ENOUGH_PAPERS = 10; // if this many have more of the words, the others are left out
const REQUIRED_SHARES = [1, 0.75, 0.5, 0.25, 0]; // of the total worth of the words that papers must have; tried in turn

/** The share of the total worth from which a paper is considered to have all words; below 1 because of rounding. */
export const COMPLETE = 0.999;

/**
 * Return, for each paper, its score (without unit) and the share of the total worth of the words that it has (0 to 1).
 * @param {Engine} engine
 * @param {WordMatch[]} matches
 * @param {TermMention[]} mentions
 */
export function scorePapers(engine, matches, mentions) {
  const count = engine.list.papers.ids.length;
  const scores = new Float64Array(count);
  const shares = new Float64Array(count);
  let total = 0;
  for (const [at, match] of matches.entries()) {
    const weights = termWeights(engine, mentions, at);
    for (const [paper, weight] of wordWeights(engine, match).entries()) weights[paper] += weight;
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
  favorCompleteAndTitled(engine, matches, scores, shares);
  applyRelevanceFeedback(engine.kinds, scores);
  return { scores, shares };
}

/**
 * Lower the scores of papers that lack words, and raise those of papers whose title or alias is the query.
 * @param {Engine} engine
 * @param {WordMatch[]} matches
 * @param {Float64Array} scores
 * @param {Float64Array} shares
 */
function favorCompleteAndTitled({ titles, aliases }, matches, scores, shares) {
  const asked = new Set(matches.filter((match) => !match.stopWord).map((match) => stem(match.correction)));
  const name = [...asked].join("");
  for (let paper = 0; paper < scores.length; paper++) {
    if (!scores[paper]) continue;
    const coverage = aliases[paper].has(name) ? 1 : titleCoverage(titles[paper], asked);
    scores[paper] *= shares[paper] * (1 + WEIGHTS.title * coverage ** 2);
  }
}

/**
 * Return, for each paper, the weight of a word: the highest weight of any of its stems.
 * @param {Engine} engine
 * @param {WordMatch} match
 */
function wordWeights({ list, index }, match) {
  const best = new Float64Array(list.papers.ids.length);
  for (const [key, factor] of match.stems) {
    const { papers, weights } = index.postings(key);
    for (let at = 0; at < papers.length; at++) best[papers[at]] = Math.max(best[papers[at]], factor * weights[at]);
  }
  return best;
}

/**
 * Return, for each paper, the weight of the terms that a word mentions, alone or together with other words.
 * @param {Engine} engine
 * @param {TermMention[]} mentions
 * @param {number} match the index of the word in the query
 */
function termWeights({ list, kinds }, mentions, match) {
  const best = new Float64Array(list.papers.ids.length);
  for (const { concepts, matches } of mentions) {
    if (!matches.includes(match)) continue;
    for (const { term, covered } of concepts) {
      const papers = kinds.papersByTerm[term];
      const named = covered ? WEIGHTS.coveredName : 1;
      const worth = (WEIGHTS.term * named * inverseDocumentFrequency(papers.length, best.length)) / matches.length;
      for (const paper of papers) {
        const factor = list.papers.tags[paper].includes(term) ? 1 : WEIGHTS.narrowerTerm;
        best[paper] = Math.max(best[paper], worth * factor);
      }
    }
  }
  return best;
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
 * Return the papers by score, without those that have fewer of the words if enough papers have more of them.
 * @param {number[]} papers
 * @param {Float64Array} scores
 * @param {Float64Array} shares
 */
export function bestPapers(papers, scores, shares) {
  const having = (/** @type {number} */ share) => papers.filter((paper) => shares[paper] >= share * COMPLETE);
  const required = REQUIRED_SHARES.find((share) => having(share).length >= ENOUGH_PAPERS) ?? 0;
  return having(required).sort((one, other) => scores[other] - scores[one] || one - other);
}

/**
 * Return the kinds of papers, numbered with the terms first and then the shelves: the kinds of each paper, the inverse
 * document frequency of each kind, and for each term the papers that have it or a narrower one.
 * @param {List} list
 */
export function paperKinds(list) {
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
 * Return the share of a title's words that are in the query, from 0 to 1.
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
