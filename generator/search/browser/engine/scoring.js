// @ts-check
// Scores papers for a query.
//
// A word counts with its weight in the index; a name or alias of a term counts for all papers with the term or a
// narrower one. Papers that lack some of the words fall behind. Papers whose title is just what was asked move up, and
// so do those that share their tags with the best ones.

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
  term: 2.5, // of a term that is mentioned
  narrowerTerm: 0.8, // times that
  title: 0.6, // of a title or alias that has all that is asked and nothing else
  feedback: 0.4, // of the tags of the best papers
};
const FEEDBACK_PAPERS = 6; // best papers whose tags count
const LEAST_WORTH = 0.3; // of a word that nearly every paper has
const ENOUGH_PAPERS = 10; // from which papers with fewer words are left out
const REQUIRED_SHARES = [1, 0.75, 0.5, 0.25, 0]; // of the words' worth that a paper must have, tried in turn

/** The share of the words' worth that counts as all. */
export const COMPLETE = 0.999;

/**
 * Return each paper's score, without a unit, and the share of the words' worth that it has.
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
 * Lower the scores of papers that lack words, and raise those of papers whose title or alias is what was asked.
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
 * Return each paper's weight for a word: that of the stem which weighs most.
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
 * Return each paper's weight for the terms that a word mentions, alone or with others.
 * @param {Engine} engine
 * @param {TermMention[]} mentions
 * @param {number} match the number of the word
 */
function termWeights({ list, kinds }, mentions, match) {
  const best = new Float64Array(list.papers.ids.length);
  for (const { concepts, matches } of mentions) {
    if (!matches.includes(match)) continue;
    for (const { term } of concepts) {
      const papers = kinds.papersByTerm[term];
      const worth = (WEIGHTS.term * inverseDocumentFrequency(papers.length, best.length)) / matches.length;
      for (const paper of papers) {
        const factor = list.papers.tags[paper].includes(term) ? 1 : WEIGHTS.narrowerTerm;
        best[paper] = Math.max(best[paper], worth * factor);
      }
    }
  }
  return best;
}

/**
 * Raise the scores of papers that share tags and shelf with the best ones (Rocchio, 1971, "Relevance feedback in
 * information retrieval", with the best papers taken for relevant).
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
 * Return papers by score, without those that have too small a share of the words' worth when others have more.
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
 * Return the kinds of papers, which are the terms and then the shelves: the kinds of each paper, the inverse document
 * frequency of each kind, and for each term the papers that have it or a narrower one.
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
