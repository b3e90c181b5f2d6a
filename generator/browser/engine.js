// @ts-check
// The list and a query in; the papers that answer it, best first, and why each does, out. No page is touched here.
//
// A word counts with its weight in the index; a name or alias of a term counts for all papers with the term or a narrower
// one. Papers that lack some of the words fall behind, those whose title says just what was asked move up, and so do those
// that share their tags with the best ones.

import { Index, rarity } from "./index.js";
import { broadened, line } from "./list.js";
import { parse, years } from "./query.js";
import { LIGHT, distance, indexed, stem, words } from "./text.js";

/**
 * @typedef {import("./list.js").List} List
 * @typedef {import("./query.js").Query} Query
 * @typedef {{word: string, light: boolean, forms: Map<string, number>, meant: string}} Reading
 *   A word of the query: the stems under which it is looked up, each with a weight, and the word it is taken for.
 * @typedef {{term: number, alias: string}} Concept A term, and by which of its names it was found.
 * @typedef {{concepts: Concept[], readings: number[]}} Named Terms that some words of the query name together.
 * @typedef {{
 *   papers: number[], query: Query, readings: Reading[], named: Named[], whole: number, missing: string[], unknown: string[],
 *   scattered: string[],
 * }} Answer `whole` of the papers, the first, have every word; `missing` words are nowhere, `unknown` conditions mean nothing,
 *   `scattered` phrases stand nowhere in this order.
 * @typedef {{label: string, text: string}} Reason
 */

const WEIGHTS = {
  light: 0.1, // of a word that only carries the sentence
  begun: 0.7, // of a word that the last one may become
  mistyped: [1, 0.8, 0.5], // of a word at this distance
  joined: 0.8, // of two words written as one
  term: 2.5, // of a term that is named
  narrower: 0.8, // of a narrower one
  title: 0.6, // of a title that says all that is asked and nothing else
  company: 0.4, // of the tags of the best papers
};
const COMMON = 0.3; // what a word is worth at the least, of which an idf tells little
const COMPANY = 6; // best papers whose tags count
const SHORTEST_MISTYPED = 4; // letters
const MOST_JOINED = 3; // words that are written as one elsewhere
const BEGUN = 60; // words that the last one may become
const LONGEST_NAME = 6; // words of a term's name
const ENOUGH = 10; // papers from which those with fewer words are left out
const SHARES = [1, 0.75, 0.5, 0.25, 0]; // of the words' worth that a paper must have, in turn
const SNIPPET = 180; // characters
const REASONS = 3; // told of a paper

export class Engine {
  /** @param {List} list */
  constructor(list) {
    this.list = list;
    this.index = new Index();
    /** @type {string[]} */
    this.abstracts = [];
    this.terms = broadened(list);
    this.titles = list.papers.titles.map((title) => new Set(heavy(title)));
    this.names = named(list);
    this.kinds = kinds(list);
    /** @type {Map<string, Map<string, number>>} */
    this.near = new Map();
  }

  /**
   * Takes some papers in; at first with all that the list says of them, without their abstracts.
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
    this.near.clear();
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
    this.near.clear();
  }

  /**
   * @param {string} text
   * @returns {Answer}
   */
  search(text) {
    const query = parse(text);
    const { passes, unknown, scattered } = this.conditions(query);
    const typed = [...query.words, ...query.phrases.filter((phrase) => !phrase.not).flatMap((phrase) => phrase.words)];
    const readings = this.readings(typed, query.unfinished ? query.words.length - 1 : -1);
    const named = this.named(readings, query.unfinished && typed.length === query.words.length);
    const { scores, shares } = this.scores(readings, named);
    /** @type {number[]} */
    let papers = [];
    for (let paper = 0; paper < this.list.papers.ids.length; paper++)
      if (passes(paper) && (!readings.length || scores[paper] > 0)) papers.push(paper);
    if (readings.length) {
      papers.sort((one, other) => scores[other] - scores[one] || one - other);
      const least = SHARES.find((share) => papers.filter((paper) => shares[paper] >= share).length >= ENOUGH) ?? 0;
      papers = papers.filter((paper) => shares[paper] >= least);
    }
    const missing = readings.filter((reading) => !reading.light && !reading.forms.size).map((reading) => reading.word);
    const whole = papers.filter((paper) => shares[paper] > 0.999).length;
    return { papers, query, readings, named, whole, missing, unknown, scattered };
  }

  /**
   * Which papers the conditions, quotes and words to be left out let pass.
   * @param {Query} query
   */
  conditions(query) {
    /** @type {((paper: number) => boolean)[]} */
    const tests = [];
    const unknown = [];
    const scattered = [];
    for (const { operator, value, not } of query.conditions) {
      const test = this[operator](value);
      if (test) tests.push(not ? (paper) => !test(paper) : test);
      else unknown.push(`${operator}:${value}`);
    }
    for (const word of query.without) {
      const having = new Set(this.index.find(stem(word)).papers);
      tests.push((paper) => !having.has(paper));
    }
    for (const { words: asked, not, open } of query.phrases) {
      const having = new Set(this.having(asked, open));
      if (not) tests.push((paper) => !having.has(paper));
      else if (having.size) tests.push((paper) => having.has(paper));
      else if (asked.length > 1) scattered.push(asked.join(" "));
    }
    return { passes: (/** @type {number} */ paper) => tests.every((test) => test(paper)), unknown, scattered };
  }

  /**
   * @param {string} value
   */
  tag(value) {
    const asked = words(value).map((word) => word.text).join(" ");
    const says = (/** @type {string} */ name) => words(name).map((word) => word.text).join(" ");
    const names = this.list.terms.map((term) => [term.id, term.name, ...term.aliases].map(says));
    const among = (/** @type {(name: string) => boolean} */ fits) => new Set(names.flatMap((all, term) => (all.some(fits) ? [term] : [])));
    const exact = among((name) => name === asked);
    const terms = exact.size ? exact : among((name) => name.startsWith(asked));
    return terms.size ? (/** @type {number} */ paper) => this.terms[paper].some((term) => terms.has(term)) : null;
  }

  /**
   * @param {string} value
   */
  author(value) {
    const asked = words(value).map((word) => word.text);
    const people = new Set();
    for (const [at, { name }] of this.list.people.entries()) {
      const parts = words(name).map((word) => word.text);
      if (asked.every((word) => parts.some((part) => part.startsWith(word)))) people.add(at);
    }
    return people.size ? (/** @type {number} */ paper) => this.list.papers.authors[paper].some((at) => people.has(at)) : null;
  }

  /**
   * @param {string} value
   */
  venue(value) {
    const asked = words(value).map((word) => word.text);
    const venues = new Set();
    for (const [at, { name }] of this.list.venues.entries()) {
      const parts = words(name).map((word) => word.text);
      if (asked.every((word) => parts.some((part) => part.startsWith(word)))) venues.add(at);
    }
    return venues.size ? (/** @type {number} */ paper) => venues.has(this.list.papers.venues[paper]) : null;
  }

  /**
   * @param {string} value
   */
  year(value) {
    const span = years(value);
    if (!span) return null;
    return (/** @type {number} */ paper) => this.list.papers.years[paper] >= span[0] && this.list.papers.years[paper] <= span[1];
  }

  /**
   * The papers whose texts have these words in this order.
   * @param {string[]} asked
   * @param {boolean} open
   */
  having(asked, open) {
    const finished = open ? asked.slice(0, -1) : asked;
    const phrase = ` ${asked.join(" ")}${open ? "" : " "}`;
    const lists = finished.map((word) => this.index.find(stem(word)).papers).sort((one, other) => one.length - other.length);
    const candidates = lists[0] ?? this.list.papers.ids.map((_, paper) => paper);
    return candidates.filter((paper) => this.texts(paper).some((text) => ` ${words(text).map((word) => word.text).join(" ")} `.includes(phrase)));
  }

  /**
   * All that is told of a paper.
   * @param {number} paper
   */
  texts(paper) {
    const { titles, otherTitles, aliases, summaries, questions, authors } = this.list.papers;
    const people = authors[paper].map((at) => this.list.people[at].name);
    return [titles[paper], otherTitles[paper], summaries[paper], this.abstracts[paper] ?? "", ...aliases[paper], ...questions[paper], ...people];
  }

  /**
   * What each word of the query is taken for.
   * @param {string[]} typed
   * @param {number} last the place of the word that may go on
   * @returns {Reading[]}
   */
  readings(typed, last) {
    /** @type {Reading[]} */
    const readings = [];
    for (const [at, word] of typed.entries()) {
      const forms = this.forms(word, at === last);
      const parts = this.split(word, at === last);
      for (const part of parts ?? [word]) {
        const found = parts ? this.forms(part, false) : forms;
        const meant = found.size && !this.spelt(part, at === last) ? this.spelling(part, found) : part;
        readings.push({ word: part, light: LIGHT.has(part), forms: new Map(found), meant });
      }
    }
    for (const at of readings.keys()) {
      for (let run = 2; run <= Math.min(MOST_JOINED, readings.length - at); run++) {
        const part = readings.slice(at, at + run);
        const joined = stem(part.map(({ word }) => word).join(""));
        if (this.index.has(joined)) for (const { forms } of part) forms.set(joined, Math.max(forms.get(joined) ?? 0, WEIGHTS.joined));
      }
    }
    if (readings.every((reading) => reading.light)) return readings.map((reading) => ({ ...reading, light: false }));
    return readings;
  }

  /**
   * Whether a word is in the texts as it is, or is the beginning of one.
   * @param {string} word
   * @param {boolean} begun
   */
  spelt(word, begun) {
    return this.index.knows(word) || (begun && beginning(this.index.words, word).length > 0);
  }

  /**
   * The word of the texts that a mistyped one most likely is.
   * @param {string} word
   * @param {Map<string, number>} forms
   */
  spelling(word, forms) {
    const near = this.index.words.filter((other) => forms.has(stem(other)) && Math.abs(other.length - word.length) < 3);
    return near.sort((one, other) => distance(word, one, 3) - distance(word, other, 3))[0] ?? word;
  }

  /**
   * The stems under which a word is looked up: its own; where it may go on, those of the words it may become; where there
   * are none, those of the words it may be a typing error for.
   * @param {string} word
   * @param {boolean} begun
   */
  forms(word, begun) {
    const key = word + (begun ? "…" : "");
    let forms = this.near.get(key);
    if (!forms) this.near.set(key, (forms = this.lookUp(word, begun)));
    return forms;
  }

  /**
   * @param {string} word
   * @param {boolean} begun
   */
  lookUp(word, begun) {
    const forms = new Map(this.index.has(stem(word)) ? [[stem(word), 1]] : []);
    const put = (/** @type {string} */ form, /** @type {number} */ weight) => forms.set(form, Math.max(forms.get(form) ?? 0, weight));
    if (begun && word.length > 1) {
      const less = WEIGHTS.begun * (forms.size ? 0.6 : 1);
      for (const other of beginning(this.index.words, word).slice(0, BEGUN)) put(stem(other), less * (0.55 + (0.45 * word.length) / other.length));
    }
    if (word.length < SHORTEST_MISTYPED || this.spelt(word, begun)) return forms;
    const most = word.length < 8 || forms.size ? 1 : 2;
    for (const other of this.index.words) {
      const errors = begun && word.length > 3 ? Math.min(distance(word, other, most), 0.5 + distance(word, other.slice(0, word.length), 1)) : distance(word, other, most);
      if (errors <= most && (errors <= 1 || word[0] === other[0])) put(stem(other), WEIGHTS.mistyped[Math.ceil(errors)]);
    }
    return forms;
  }

  /**
   * Two words that were written as one.
   * @param {string} word
   * @param {boolean} begun
   */
  split(word, begun) {
    if (this.spelt(word, begun)) return null;
    for (let at = word.length - 3; at >= 3; at--) {
      const parts = [word.slice(0, at), word.slice(at)];
      if (parts.every((part) => this.index.knows(part))) return parts;
    }
    return null;
  }

  /**
   * The terms that the query names: the longest runs of its words that are a term's name or alias, or, at the end of an
   * unfinished one, its beginning.
   * @param {Reading[]} readings
   * @param {boolean} unfinished
   * @returns {Named[]}
   */
  named(readings, unfinished) {
    const stems = readings.map(({ word, meant, forms }) => stem(forms.size ? meant : word));
    const found = [];
    for (let at = 0; at < readings.length; ) {
      let run = Math.min(LONGEST_NAME, readings.length - at);
      for (; run > 0; run--) {
        const part = Array.from({ length: run }, (_, step) => at + step);
        const concepts = this.called(part, readings, stems, unfinished && at + run === readings.length);
        if (!concepts.length) continue;
        found.push({ concepts, readings: part.filter((one) => !readings[one].light) });
        break;
      }
      at += Math.max(run, 1);
    }
    return found.filter((name) => name.readings.length);
  }

  /**
   * The terms that some words of a query, next to each other, are a name of.
   * @param {number[]} part
   * @param {Reading[]} readings
   * @param {string[]} stems
   * @param {boolean} unfinished
   * @returns {Concept[]}
   */
  called(part, readings, stems, unfinished) {
    const whole = part.map((at) => stems[at]);
    const bare = part.filter((at) => !readings[at].light).map((at) => stems[at]);
    const joined = part.length === 2 ? stem(readings[part[0]].word + readings[part[1]].word) : "";
    const concepts = this.names.get(whole.join(" ")) ?? this.names.get(joined) ?? (bare.length > 1 ? this.names.get(bare.join(" ")) : null);
    const last = readings[part[part.length - 1]].word;
    if (concepts || !unfinished || (part.length === 1 && this.index.knows(last))) return concepts ?? [];
    return this.begun([...whole.slice(0, -1), last].join(" "));
  }

  /**
   * The terms with a name that begins so.
   * @param {string} start
   */
  begun(start) {
    if (start.length < 3) return [];
    return [...this.names].filter(([name]) => name.startsWith(start)).flatMap(([, concepts]) => concepts).slice(0, 4);
  }

  /**
   * Each paper's score, without a unit, and the share of what the words are worth that it has.
   * @param {Reading[]} readings
   * @param {Named[]} named
   */
  scores(readings, named) {
    const count = this.list.papers.ids.length;
    const scores = new Float64Array(count);
    const shares = new Float64Array(count);
    let total = 0;
    for (const [at, reading] of readings.entries()) {
      const byWord = this.byWord(reading);
      const byTerm = this.byTerm(named, at);
      let having = 0;
      for (let paper = 0; paper < count; paper++) having += Number(byWord[paper] > 0 || byTerm[paper] > 0);
      if (!having) continue;
      const factor = reading.light ? WEIGHTS.light : 1;
      const worth = reading.light ? 0 : Math.max(COMMON, rarity(having, count));
      total += worth;
      for (let paper = 0; paper < count; paper++) {
        if (!byWord[paper] && !byTerm[paper]) continue;
        scores[paper] += factor * (byWord[paper] + byTerm[paper]);
        shares[paper] += worth;
      }
    }
    const asked = new Set(readings.filter((reading) => !reading.light).map((reading) => stem(reading.meant)));
    for (let paper = 0; paper < count; paper++) {
      if (!scores[paper]) continue;
      shares[paper] /= total || 1;
      scores[paper] *= shares[paper] * (1 + WEIGHTS.title * said(this.titles[paper], asked) ** 2);
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
   * @param {Named[]} named
   * @param {number} reading
   */
  byTerm(named, reading) {
    const best = new Float64Array(this.list.papers.ids.length);
    for (const { concepts, readings } of named) {
      if (!readings.includes(reading)) continue;
      for (const { term } of concepts) {
        const papers = this.kinds.papers[term];
        const worth = (WEIGHTS.term * rarity(papers.length, best.length)) / readings.length;
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

  /**
   * Why a paper answers, as far as its title, byline and summary do not show it.
   * @param {Answer} answer
   * @param {number} paper
   * @param {string} shown
   * @returns {Reason[]}
   */
  reasons(answer, paper, shown) {
    const { papers, terms, categories, people } = this.list;
    const left = new Map(answer.readings.entries());
    for (const [at, reading] of [...left]) if (reading.light || !reading.forms.size || has(shown, reading)) left.delete(at);
    /** @type {Reason[]} */
    const reasons = [];
    for (const { concepts, readings } of answer.named) {
      if (!readings.some((at) => left.has(at))) continue;
      const concept = concepts.find(({ term }) => this.terms[paper].includes(term));
      if (!concept) continue;
      reasons.push({ label: "Tag", text: this.nameOf(concept, paper) });
      for (const at of readings) left.delete(at);
    }
    /** @type {(Reason & {name?: string})[]} */
    const places = [
      ...papers.aliases[paper].map((text) => ({ label: "Also called", text })),
      ...(papers.otherTitles[paper] ? [{ label: "Published as", text: papers.otherTitles[paper] }] : []),
      ...papers.authors[paper].map((at) => ({ label: "Author", text: people[at].name })),
      ...papers.questions[paper].map((text) => ({ label: "Answers", text })),
      ...papers.tags[paper].flatMap((term) => [terms[term].name, ...terms[term].aliases].map((alias) => ({ label: "Tag", name: terms[term].name, text: this.nameOf({ term, alias }, paper) }))),
      { label: "Shelf", text: categories[papers.categories[paper]].name },
    ];
    while (left.size && reasons.length < REASONS) {
      const gains = places.map((place) => [...left.values()].filter((reading) => has(place.text, reading)).length);
      const most = Math.max(...gains);
      if (!most) break;
      const place = places[gains.indexOf(most)];
      if (!reasons.some((reason) => reason.text.startsWith(place.name ?? place.text))) reasons.push(place);
      for (const [at, reading] of [...left]) if (has(place.text, reading)) left.delete(at);
    }
    const snippet = left.size && snippetOf(this.abstracts[paper] ?? "", [...left.values()]);
    return snippet ? [...reasons, { label: "Abstract", text: snippet }] : reasons;
  }

  /**
   * How a paper comes by a term that was asked for.
   * @param {Concept} concept
   * @param {number} paper
   */
  nameOf({ term, alias }, paper) {
    const { terms, papers } = this.list;
    const own = papers.tags[paper].find((tag) => line(terms, tag).includes(term)) ?? term;
    const kind = own === term ? terms[term].name : `${terms[own].name}, a kind of ${terms[term].name}`;
    return alias === terms[term].name ? kind : `${kind}, also called ${alias}`;
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
 * The terms by the stems of their names and aliases.
 * @param {List} list
 * @returns {Map<string, Concept[]>}
 */
function named(list) {
  /** @type {Map<string, Concept[]>} */
  const names = new Map();
  for (const [term, { name, aliases }] of list.terms.entries()) {
    for (const alias of [name, ...aliases]) {
      const all = words(alias).map(({ text }) => text);
      const bare = all.filter((word) => !LIGHT.has(word));
      for (const key of new Set([all, ...(bare.length > 1 ? [bare] : [])].map((those) => those.map(stem).join(" ")))) {
        const known = names.get(key) ?? [];
        if (key && !known.some((concept) => concept.term === term)) names.set(key, [...known, { term, alias }]);
      }
    }
  }
  return names;
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
 * The words that begin so, and are longer, of words in alphabetical order.
 * @param {string[]} sorted
 * @param {string} start
 */
function beginning(sorted, start) {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < sorted.length && sorted[end].startsWith(start)) end += 1;
  return sorted.slice(low, end);
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

/**
 * Whether a text has a word of the query.
 * @param {string} text
 * @param {Reading} reading
 */
function has(text, reading) {
  return indexed(text).some(({ stems }) => stems.some((one) => reading.forms.has(one)));
}

/**
 * The part of a text that has most of the words of a query; nothing where it has none.
 * @param {string} text
 * @param {Reading[]} readings
 */
function snippetOf(text, readings) {
  const found = indexed(text).flatMap(({ start, end, stems }) => {
    const reading = readings.findIndex((one) => stems.some((word) => one.forms.has(word)));
    return reading < 0 ? [] : [{ start, end, reading }];
  });
  if (!found.length) return "";
  const within = found.map(({ start }) => new Set(found.filter((other) => other.start >= start && other.end <= start + SNIPPET * 0.7).map((other) => other.reading)).size);
  const first = found[within.indexOf(Math.max(...within))].start;
  const from = first < SNIPPET * 0.3 ? 0 : text.indexOf(" ", Math.max(0, first - SNIPPET * 0.3)) + 1;
  const to = text.length <= from + SNIPPET ? text.length : text.lastIndexOf(" ", from + SNIPPET);
  return `${from ? "… " : ""}${text.slice(from, Math.max(to, first + 1))}${to < text.length ? " …" : ""}`;
}
