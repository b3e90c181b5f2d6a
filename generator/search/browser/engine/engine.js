// @ts-check
// The list and a query in; the papers that answer it, best first, out. No page is touched here.
//
// A word counts with its weight in the index; a name or alias of a term counts for all papers with the term or a narrower
// one. Papers that lack some of the words fall behind, those whose title says just what was asked move up, and so do those
// that share their tags with the best ones.

import { conditions } from "./conditions.js";
import { Index, rarity } from "./index.js";
import { broadened } from "./list.js";
import { parse } from "./query.js";
import { readings } from "./readings.js";
import { LIGHT, indexed, stem, words } from "./text.js";
import { named, thesaurus } from "./thesaurus.js";

/**
 * @typedef {import("./list.js").List} List
 * @typedef {import("./readings.js").Reading} Reading
 * @typedef {import("./thesaurus.js").Named} Named
 * @typedef {{
 *   papers: number[], readings: Reading[], named: Named[], whole: number, missing: string[], unknown: string[],
 *   scattered: string[],
 * }} Answer `whole` of the papers have every word; `missing` words are nowhere; for the rest see `Conditions`.
 */

const WEIGHTS = {
  light: 0.1, // of a word that only carries the sentence
  term: 2.5, // of a term that is named
  narrower: 0.8, // times that, of a narrower one
  title: 0.6, // of a title or alias that says all that is asked and nothing else
  company: 0.4, // of the tags of the best papers
};
const COMPANY = 6; // best papers whose tags count
const COMMON = 0.3; // what a word is worth at the least, of which an idf tells little
const ENOUGH = 10; // papers from which those with fewer words are left out
const SHARES = [1, 0.75, 0.5, 0.25, 0]; // of the words' worth that a paper must have, in turn
const NEARLY = 0.999; // the share that counts as all

export class Engine {
  /** @param {List} list */
  constructor(list) {
    this.list = list;
    this.index = new Index();
    /** Those that have been taken in. @type {string[]} */
    this.abstracts = [];
    this.titles = list.papers.titles.map((title) => new Set(heavy(title)));
    /** Each paper's aliases, as their stems without a blank. */
    this.aliases = list.papers.aliases.map((aliases) => new Set(aliases.map((alias) => words(alias).map(({ text }) => stem(text)).join(""))));
    this.names = thesaurus(list);
    this.kinds = kinds(list);
  }

  /**
   * Takes papers in, with all that the list says of them.
   * @param {number} first
   * @param {number} end
   */
  takeIn(first, end) {
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
   * Takes in the abstracts of the papers from the first one on.
   * @param {number} first
   * @param {string[]} abstracts
   */
  takeAbstracts(first, abstracts) {
    for (const [at, abstract] of abstracts.entries()) {
      this.index.add(first + at, "abstract", [abstract]);
      this.abstracts[first + at] = abstract;
    }
  }

  /**
   * The answer to a query as it was typed; without words, all papers that its conditions let pass, newest first.
   * @param {string} text
   * @returns {Answer}
   */
  search(text) {
    const query = parse(text);
    const { passes, unknown, scattered } = conditions(this.list, this.index, this.abstracts, query);
    const quoted = query.phrases.flatMap((phrase) => (phrase.not ? [] : phrase.words));
    const read = readings(this.index, [...query.words, ...quoted], query.unfinished ? query.words.length - 1 : -1);
    const names = named(this.names, read, (word) => this.index.knows(word), query.unfinished && !quoted.length);
    const { scores, shares } = this.scores(read, names);
    let papers = [...scores.keys()].filter((paper) => passes(paper) && (!read.length || scores[paper] > 0));
    if (read.length) {
      papers.sort((one, other) => scores[other] - scores[one] || one - other);
      const least = SHARES.find((share) => papers.filter((paper) => shares[paper] >= share * NEARLY).length >= ENOUGH) ?? 0;
      papers = papers.filter((paper) => shares[paper] >= least * NEARLY);
    }
    const missing = read.filter((reading) => !reading.light && !reading.forms.size).map((reading) => reading.word);
    const whole = papers.filter((paper) => shares[paper] >= NEARLY).length;
    return { papers, readings: read, named: names, whole, missing, unknown, scattered };
  }

  /**
   * Each paper's score, without a unit, and the share of what the words are worth that it has.
   * @param {Reading[]} read
   * @param {Named[]} names
   */
  scores(read, names) {
    const count = this.list.papers.ids.length;
    const scores = new Float64Array(count);
    const shares = new Float64Array(count);
    let total = 0;
    for (const [at, reading] of read.entries()) {
      const weights = this.byTerm(names, at);
      this.byWord(reading).forEach((weight, paper) => (weights[paper] += weight));
      const having = weights.reduce((some, weight) => some + Number(weight > 0), 0);
      const worth = having && !reading.light ? Math.max(COMMON, rarity(having, count)) : 0;
      total += worth;
      for (let paper = 0; paper < count; paper++) {
        if (!weights[paper]) continue;
        scores[paper] += weights[paper] * (reading.light ? WEIGHTS.light : 1);
        shares[paper] += worth;
      }
    }
    const asked = new Set(read.filter((reading) => !reading.light).map((reading) => stem(reading.meant)));
    const name = [...asked].join("");
    for (let paper = 0; paper < count; paper++) {
      if (!scores[paper]) continue;
      shares[paper] /= total || 1;
      const title = this.aliases[paper].has(name) ? 1 : said(this.titles[paper], asked);
      scores[paper] *= shares[paper] * (1 + WEIGHTS.title * title ** 2);
    }
    this.keepCompany(scores);
    return { scores, shares };
  }

  /**
   * Each paper's weight for a word: that of the form which weighs most.
   * @param {Reading} reading
   */
  byWord(reading) {
    const best = new Float64Array(this.list.papers.ids.length);
    for (const [form, factor] of reading.forms) {
      const { papers, weights } = this.index.find(form);
      for (let at = 0; at < papers.length; at++) best[papers[at]] = Math.max(best[papers[at]], factor * weights[at]);
    }
    return best;
  }

  /**
   * Each paper's weight for the terms that a word names, alone or with others.
   * @param {Named[]} names
   * @param {number} reading
   */
  byTerm(names, reading) {
    const best = new Float64Array(this.list.papers.ids.length);
    for (const { concepts, readings: part } of names) {
      if (!part.includes(reading)) continue;
      for (const { term } of concepts) {
        const papers = this.kinds.papers[term];
        const worth = (WEIGHTS.term * rarity(papers.length, best.length)) / part.length;
        for (const paper of papers) {
          const own = this.list.papers.tags[paper].includes(term) ? 1 : WEIGHTS.narrower;
          best[paper] = Math.max(best[paper], worth * own);
        }
      }
    }
    return best;
  }

  /**
   * Moves papers up that share tags and shelf with the best ones (Rocchio, 1971, "Relevance feedback in information
   * retrieval", with the best papers taken for relevant).
   * @param {Float64Array} scores
   */
  keepCompany(scores) {
    const best = top(scores, COMPANY);
    const highest = scores[best[0]];
    /** @type {Map<number, number>} */
    const profile = new Map();
    for (const paper of best)
      for (const kind of this.kinds.of[paper]) profile.set(kind, (profile.get(kind) ?? 0) + (scores[paper] / highest) * this.kinds.rarity[kind]);
    const length = Math.hypot(...profile.values()) || 1;
    for (let paper = 0; paper < scores.length; paper++) {
      if (!scores[paper]) continue;
      let shared = 0;
      let own = 0;
      for (const kind of this.kinds.of[paper]) {
        shared += this.kinds.rarity[kind] * (profile.get(kind) ?? 0);
        own += this.kinds.rarity[kind] ** 2;
      }
      scores[paper] += (WEIGHTS.company * highest * shared) / (length * (Math.sqrt(own) || 1));
    }
  }
}

/**
 * The stems of a text's words that carry its subject.
 * @param {string} text
 */
function heavy(text) {
  return indexed(text).flatMap(({ text: word, stems }) => (LIGHT.has(word) ? [] : stems));
}

/**
 * What kinds of paper there are, the terms and then the shelves: the kinds of each paper, how rare each is, and, of each
 * term, the papers that have it or a narrower one.
 * @param {List} list
 */
function kinds(list) {
  const all = list.papers.ids.length;
  const of = list.papers.tags.map((tags, paper) => [...tags, list.terms.length + list.papers.categories[paper]]);
  const counts = new Array(list.terms.length + list.categories.length).fill(0);
  for (const kind of of.flat()) counts[kind] += 1;
  /** @type {number[][]} */
  const papers = list.terms.map(() => []);
  for (const [paper, terms] of broadened(list).entries()) for (const term of terms) papers[term].push(paper);
  return { of, rarity: counts.map((count) => rarity(count, all)), papers };
}

/**
 * How much of a title is what was asked, from 0 to 1.
 * @param {Set<string>} title
 * @param {Set<string>} asked
 */
function said(title, asked) {
  let hits = 0;
  for (const word of asked) hits += Number(title.has(word));
  return title.size ? hits / title.size : 0;
}

/**
 * The papers with the highest scores.
 * @param {Float64Array} scores
 * @param {number} count
 */
function top(scores, count) {
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
