// @ts-check
// Reads the wishes in a query: words that ask for an order, for code, for years, a venue or an author, for a kind of
// work or of data, or to leave something out. What they mean for the papers is in `grants.js`.
//
// A name of the vocabulary or a title is never read as a wish, nor is a word with a plus before it.

import { foldedWords } from "./directory.js";
import { fold, STOP_WORDS, stem } from "./text.js";
import {
  ABOUT_WORD,
  BARE_NOT,
  BEGINNERS,
  BEGINNERS_KINDS,
  BY,
  CODE,
  EXCEPT,
  FIRST,
  KINDS,
  NEWEST,
  NO_CODE,
  NOT_ONES,
  OLDEST,
  OR,
  PREPOSITIONS,
  QUESTION_WORD,
  VERBAL,
  WORKS,
  YEARS,
} from "./wish-words.js";

/**
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./thesaurus.js").Concept} Concept
 * @typedef {"newest" | "oldest" | "code" | "noCode" | "beginners" | "years" | "venue" | "author" | "term" | "kind" |
 *   "withoutTerm" | "withoutWord"} WishKind
 * @typedef {{kind: WishKind, name: string, values: number[], words: number[], used: number[], keys: number[]}} Wish
 *   The name of what is wished for; the terms, venues, people or kinds, or the first and last year; the indexes of its
 *   words, of those that are not searched for, and of those that express it.
 * @typedef {{
 *   engine: Engine, words: string[], line: string, starts: number[], names: [number, number][], taken: boolean[],
 *   wishes: Wish[],
 * }} Reading The words of a query, also as one line with the position of each; the runs of words that are names of the
 *   vocabulary; which words belong to a wish; and the wishes.
 * @typedef {{start: number, end: number, keys: number[], groups: Record<string, string>}} Found Where a pattern
 *   matches, as indexes of words.
 */

const LONGEST_NAME = 6; // words
const LONGEST_VENUE = 12; // words
const LONGEST_PERSON = 4; // words
const SHORTEST_EXCLUDED = 3; // letters
const SHORTEST_TITLE_PART = 3; // words

/**
 * Return the wishes in a query, in the order in which they are typed.
 * @param {Engine} engine
 * @param {string} text the query as typed
 * @param {Query} query
 * @returns {Wish[]}
 */
export function readWishes(engine, text, query) {
  if (!query.words.length || isTitle(engine, query.words)) return [];
  const taken = query.words.map((_, at) => query.places[at].literal);
  const names = namesIn(engine, query.words);
  /** @type {Reading} */
  const reading = { engine, words: query.words, ...queryLine(text, query), names, taken, wishes: [] };
  readPlain(reading, "noCode", NO_CODE);
  readPlain(reading, "code", CODE, ({ end }) => isBreak(reading, end));
  readYears(reading);
  readPlain(reading, "beginners", BEGINNERS);
  readPlain(reading, "newest", NEWEST);
  readPlain(reading, "oldest", OLDEST);
  readPlain(reading, "oldest", FIRST, (found) => isWholeSubject(reading, found));
  readAuthors(reading);
  readVenues(reading);
  readExclusions(reading);
  readKinds(reading);
  readPrepositions(reading);
  return reading.wishes.sort((one, other) => one.keys[0] - other.keys[0]);
}

/**
 * Return the words of a query that no wish used up; if these do not say anything about a subject, none.
 * @param {Engine} engine
 * @param {string[]} words
 * @param {Wish[]} wishes
 */
export function wordsLeft({ list }, words, wishes) {
  const used = new Set(wishes.flatMap((wish) => wish.used));
  if (!used.size) return words;
  const entries = new Set(list.entry.map(stem));
  const left = words.filter((word, at) => !used.has(at) && !entries.has(stem(word)));
  return left.some((word) => !STOP_WORDS.has(word)) ? left : [];
}

/**
 * Return the words of a query that are no part of a wish.
 * @param {string[]} words
 * @param {Wish[]} wishes
 */
export function subjectWords(words, wishes) {
  return words.filter((_, at) => !wishes.some((wish) => wish.words.includes(at)));
}

/**
 * Return a query, as typed, in which the words that express a wish have a plus, so that they are searched for instead.
 * @param {string} text
 * @param {Query} query
 * @param {Wish[]} wishes
 */
export function takeBack(text, { places }, wishes) {
  const starts = wishes.flatMap(({ keys }) => keys.map((at) => places[at].start));
  let taken = text;
  for (const start of [...new Set(starts)].sort((one, other) => other - one))
    taken = `${taken.slice(0, start).replace(/(?<=\S)$/, " ")}+${taken.slice(start)}`;
  return taken;
}

/**
 * Return the terms of the vocabulary by whose names readers ask for what to begin with.
 * @param {Engine} engine
 */
export function introductoryTerms({ names }) {
  return BEGINNERS_KINDS.flatMap((word) => (names.get(stem(word)) ?? []).map(({ term }) => term));
}

// The text of a query

/**
 * Return the words as a line in which patterns are searched, with a comma where the sentence is broken and a plus before
 * literal words, and the position of each word in it.
 * @param {string} text
 * @param {Query} query
 */
function queryLine(text, { words, places }) {
  const starts = [];
  let line = " ";
  for (const [at, word] of words.entries()) {
    if (at) line += separator(text.slice(places[at - 1].end, places[at].start));
    if (places[at].literal) line += "+";
    starts.push(line.length);
    line += word;
    if (text[places[at].end] === "+") line += "+"; // 2019+
  }
  return { line: `${line} `, starts };
}

/** @param {string} gap what stands between two words */
function separator(gap) {
  if (/^[-‐‑–]$/.test(gap)) return "-";
  if (/^['’]$/.test(gap)) return "'";
  if (/^\s+[-–—]\s+$/.test(gap)) return " - ";
  return /[\p{L}\p{N},;:.!?()"—…]/u.test(gap) ? " , " : " ";
}

/**
 * Return the longest names of the vocabulary of several words, as the indexes of their first word and of that after the
 * last one.
 * @param {Engine} engine
 * @param {string[]} words
 */
function namesIn(engine, words) {
  return words.flatMap((_, at) => {
    const end = nameEnd(words, at, LONGEST_NAME, (run) => engine.names.has(run.map(stem).join(" ")));
    return end > at + 1 ? [/** @type {[number, number]} */ ([at, end])] : [];
  });
}

/**
 * Return the index after the longest run of words from the given one that fits, or 0.
 * @param {string[]} words
 * @param {number} start
 * @param {number} longest
 * @param {(run: string[]) => boolean} fits
 */
function nameEnd(words, start, longest, fits) {
  for (let end = Math.min(words.length, start + longest); end > start; end--)
    if (fits(words.slice(start, end))) return end;
  return 0;
}

/**
 * Return whether the words are a title or alias, or several of them in a row.
 * @param {Engine} engine
 * @param {string[]} words
 */
function isTitle({ directory: { titles } }, words) {
  const asked = ` ${words.join(" ")} `;
  if (words.length < SHORTEST_TITLE_PART) return titles.some((title) => title === asked);
  return titles.some((title) => title.includes(asked));
}

/**
 * Yield where one of the patterns matches words that do not belong to a wish yet.
 * @param {Reading} reading
 * @param {string[]} patterns
 * @returns {Iterable<Found>}
 */
function* findPatterns({ line, starts, taken }, patterns) {
  for (const pattern of patterns) {
    for (const match of line.matchAll(new RegExp(`(?<= )(?:${pattern})(?= )`, "dg"))) {
      const until = match.index + match[0].length;
      const start = starts.findIndex((position) => position >= match.index);
      const after = starts.findIndex((position) => position >= until);
      const end = after < 0 ? starts.length : after;
      if (taken.slice(start, end).some(Boolean)) continue;
      const places = Object.entries(match.indices?.groups ?? {});
      const keys = places.flatMap(([, place]) => (place ? [starts.indexOf(place[0])] : []));
      yield { start, end, keys, groups: match.groups ?? {} };
    }
  }
}

/**
 * Return whether a sentence is broken before a word, or continues with a word that cannot belong to the name before it.
 * @param {Reading} reading
 * @param {number} at
 */
function isBreak(reading, at) {
  return isEnd(reading, at) || STOP_WORDS.has(reading.words[at]) || /^\d+$/.test(reading.words[at]);
}

/**
 * Return whether a sentence ends before a word.
 * @param {Reading} reading
 * @param {number} at
 */
function isEnd({ words, taken, line, starts }, at) {
  return at >= words.length || taken[at] || / [,-] $/.test(line.slice(0, starts[at]));
}

/**
 * Return whether words can be a wish: no name of the vocabulary contains them, or has some of them and other words.
 * @param {Reading} reading
 * @param {number} start
 * @param {number} end
 */
function isFree({ names, taken }, start, end) {
  if (taken.slice(start, end).some(Boolean)) return false;
  return !names.some(
    ([from, to]) => from < end && to > start && !(from >= start && to <= end && to - from < end - start),
  );
}

/**
 * Return whether the query has a subject beside the given words and the wishes.
 * @param {Reading} reading
 * @param {number} start
 * @param {number} end
 */
function hasOtherSubject({ words, taken, engine }, start, end) {
  const entries = engine.list.entry.map(stem);
  return words.some(
    (word, at) => (at < start || at >= end) && !taken[at] && !STOP_WORDS.has(word) && !entries.includes(stem(word)),
  );
}

/**
 * Add a wish.
 * @param {Reading} reading
 * @param {WishKind} kind
 * @param {{start: number, end: number}} found
 * @param {number[]} keys
 * @param {Partial<Wish>} more
 */
function addWish({ wishes, taken }, kind, { start, end }, keys, more = {}) {
  const words = [...taken.keys()].slice(start, end);
  for (const at of words) taken[at] = true;
  wishes.push({ kind, name: "", values: [], words, used: words, keys, ...more });
}

// Orders, code, beginners and years

/**
 * @param {Reading} reading
 * @param {WishKind} kind
 * @param {string[]} patterns
 * @param {(found: Found) => boolean} [fits]
 */
function readPlain(reading, kind, patterns, fits = () => true) {
  const works = reading.engine.list.entry.map((word) => fold(word).replace(/[^\p{L}\p{N} ]/gu, "."));
  const ours = patterns.map((pattern) => pattern.replace(WORKS, [WORKS, ...works].join("|")));
  for (const found of findPatterns(reading, ours)) {
    if ((kind !== "beginners" && !isFree(reading, found.start, found.end)) || !fits(found)) continue;
    const same = reading.wishes.find((wish) => wish.kind === kind);
    addWish(reading, kind, found, found.keys);
    if (same) mergeLast(reading.wishes, same);
  }
}

/**
 * Make the last wish a part of an earlier one.
 * @param {Wish[]} wishes
 * @param {Wish} earlier
 */
function mergeLast(wishes, earlier) {
  const last = wishes.pop();
  for (const part of /** @type {const} */ (["words", "used", "keys"])) earlier[part].push(...(last?.[part] ?? []));
}

/**
 * Return whether the rest of the query is a name of the vocabulary, and maybe "papers": `first diffusion model`.
 * @param {Reading} reading
 * @param {Found} found
 */
function isWholeSubject({ engine, words, line, starts }, { start, end }) {
  const rest = words.slice(end).filter((word) => !new RegExp(`^(?:${WORKS})$`).test(word));
  return !start && line[starts[end] - 1] === " " && engine.names.has(rest.map(stem).join(" "));
}

/** @param {Reading} reading */
function readYears(reading) {
  for (const found of findPatterns(reading, YEARS)) {
    if (!isFree(reading, found.start, found.end)) continue;
    const { from, to, after, before, year } = found.groups;
    const values = [Number(from ?? year ?? (after ? Number(after) + 1 : 0))];
    values.push(Number(to ?? year ?? (before ? Number(before) - 1 : 9999)));
    if (!year || isYearOfList(reading.engine, year))
      addWish(reading, "years", found, found.keys, { values, name: year ?? "" });
  }
}

/**
 * Return whether a paper is of a year.
 * @param {Engine} engine
 * @param {string} year
 */
function isYearOfList({ list: { papers } }, year) {
  return papers.years.includes(Number(year)) || papers.when.some((when) => when.includes(year));
}

// What is left out

/** @param {Reading} reading */
function readExclusions(reading) {
  const { words } = reading;
  for (const found of findPatterns(reading, EXCEPT)) readExcluded(reading, found, () => true, true);
  for (const found of findPatterns(reading, NOT_ONES)) {
    const before = found.start - 1;
    if (words[before] === "or") continue; // `few or no images`
    if (words[found.end - 1] === "no" && VERBAL.has(words[before])) continue; // `is no image`
    const beginsPart = before < 0 || isEnd(reading, found.start) || /^(?:with|and|but)$/.test(words[before]);
    readExcluded(reading, found, () => true, words[found.end - 1] === "no" && beginsPart);
  }
  for (const found of findPatterns(reading, BARE_NOT))
    if (!VERBAL.has(words[found.start - 1])) readExcluded(reading, found, isNoun(reading.engine), false);
}

/**
 * Add a wish for each name or word that follows a "without".
 * @param {Reading} reading
 * @param {Found} found
 * @param {(concept: Concept, run: string[]) => boolean} fits which names
 * @param {boolean} anyWord whether to leave out a word that is no name, too
 */
function readExcluded(reading, found, fits, anyWord) {
  let { start, end: at } = found;
  while (at) {
    const named = nameAt(reading, at, fits);
    const end = named?.end ?? (anyWord ? wordEnd(reading, at) : 0);
    if (!end || !isFree(reading, start, end)) return;
    const name = reading.words.slice(at, end).join(" ");
    const wish = named ? { name, values: named.terms } : { name };
    addWish(reading, named ? "withoutTerm" : "withoutWord", { start, end }, [at], wish);
    start = end;
    at = [...findPatterns(reading, OR)].find((or) => or.start === end)?.end ?? 0;
  }
}

/**
 * Return the longest name of the vocabulary that begins at a word and is not followed by more of a noun phrase, with
 * its terms, or null.
 * @param {Reading} reading
 * @param {number} at
 * @param {(concept: Concept, run: string[]) => boolean} fits
 */
function nameAt(reading, at, fits) {
  const { engine, words } = reading;
  const { terms } = engine.list;
  const isNamed = (/** @type {number} */ term, /** @type {string[]} */ run) =>
    [terms[term].name, ...terms[term].aliases].some((name) => hasWords(name, run));
  const conceptsOf = (/** @type {string[]} */ run) =>
    (engine.names.get(run.map(stem).join(" ")) ?? []).filter(
      (concept) => isNamed(concept.term, run) && fits(concept, run),
    );
  const end = nameEnd(words, at, LONGEST_NAME, (run) => conceptsOf(run).length > 0);
  if (!end || !isBreak(reading, end)) return null;
  return { end, terms: conceptsOf(words.slice(at, end)).map(({ term }) => term) };
}

/**
 * Return whether a name consists of these words, in the singular or plural; to have the same stems is not enough, as
 * `critic` and `criticism` have.
 * @param {string} name
 * @param {string[]} run
 */
function hasWords(name, run) {
  const parts = foldedWords(name);
  const forms = (/** @type {string} */ word) => [word, `${word}s`, `${word}es`, word.replace(/y$/, "ies")];
  const isSame = (/** @type {string} */ part, /** @type {string} */ word) =>
    forms(part).includes(word) || forms(word).includes(part);
  return parts.length === run.length && parts.every((part, at) => isSame(part, run[at]));
}

/**
 * Return a function that returns whether a name is a noun, as far as its form shows: the main name of a term, a plural,
 * an acronym, or of several words. Others may be adjectives: `explanations not robust`.
 * @param {Engine} engine
 */
function isNoun({ list }) {
  return (/** @type {Concept} */ { term, alias }, /** @type {string[]} */ run) =>
    run.length > 1 || run[0].endsWith("s") || hasWords(list.terms[term].name, run) || /\p{Lu}{2}/u.test(alias);
}

/**
 * Return the index after a word to leave out, or 0: one that the list has, or two with a hyphen, at the end or before
 * another wish.
 * @param {Reading} reading
 * @param {number} at
 */
function wordEnd({ engine, words, line, starts, taken }, at) {
  const word = words[at] ?? "";
  if (word.length < SHORTEST_EXCLUDED || STOP_WORDS.has(word) || !engine.index.hasStem(stem(word))) return 0;
  const end = at + (line[starts[at + 1] - 1] === "-" ? 2 : 1);
  return end >= words.length || taken[end] ? end : 0;
}

// People, venues, kinds and terms

/** @param {Reading} reading */
function readAuthors(reading) {
  const { engine, words } = reading;
  for (const { start, end: at } of findPatterns(reading, BY)) {
    const end = nameEnd(words, at, LONGEST_PERSON, (run) => peopleNamed(engine, run).length > 0);
    if (!end || !isFree(reading, start, end)) continue;
    const values = peopleNamed(engine, words.slice(at, end));
    addWish(reading, "author", { start, end }, [at], { ...kept(reading, start, end), values });
  }
}

/**
 * Return the people whose family name and maybe given names are these words. A single word must stand for them more
 * often than for something else.
 * @param {Engine} engine
 * @param {string[]} run
 */
function peopleNamed({ index, names, directory }, run) {
  const found = (directory.peopleByFamilyName.get(run[run.length - 1]) ?? []).filter(({ parts }) =>
    run.every((word) => parts.includes(word)),
  );
  const people = [...new Set(found.map(({ person }) => person))];
  if (run.length > 1) return people;
  const papers = new Set(people.flatMap((person) => directory.papersByPerson[person]));
  const isName = index.postings(stem(run[0])).papers.length < 2 * papers.size && !names.has(stem(run[0]));
  return isName ? people : [];
}

/** @param {Reading} reading */
function readVenues(reading) {
  const { engine, words, taken } = reading;
  for (let at = 0; at < words.length; at++) {
    const preposed = /^(?:in|at|from)$/.test(words[at - 1]) && !taken[at - 1];
    const named = (/** @type {string[]} */ run) =>
      (engine.directory.venuesByName.get(run.join(" ")) ?? []).filter(({ sure }) => sure || preposed);
    const end = nameEnd(words, at, LONGEST_VENUE, (run) => named(run).length > 0);
    const start = at - Number(preposed);
    if (!end || !isFree(reading, start, end) || engine.names.has(stem(words[at]))) continue;
    const values = [...new Set(named(words.slice(at, end)).map(({ venue }) => venue))];
    addWish(reading, "venue", { start, end }, [at], { ...kept(reading, start, end), values });
  }
}

/**
 * Return the part of a wish by which its words are searched for, too, if the query has others: so the papers that pass
 * are found even if they have none of these.
 * @param {Reading} reading
 * @param {number} start
 * @param {number} end
 * @returns {Partial<Wish>}
 */
function kept(reading, start, end) {
  return hasOtherSubject(reading, start, end) ? { used: [] } : {};
}

/** @param {Reading} reading */
function readKinds(reading) {
  const { engine, words, taken } = reading;
  const first = words.findIndex((word, at) => !taken[at] && !STOP_WORDS.has(word));
  for (let at = Math.max(first, 0); at < words.length; at++) {
    const end = nameEnd(words, at, 2, (run) => KINDS.test(run.join(" ")) || kindsNamed(engine, run).length > 0);
    if (!end || taken.slice(at, end).some(Boolean) || !hasOtherSubject(reading, at, end)) continue;
    if (!isHead(reading, at, end, at === first)) continue;
    if (reading.names.some(([from, to]) => from <= at && to >= end && to - from > end - at)) continue;
    const run = words.slice(at, end);
    const kinds = kindsNamed(engine, run);
    const terms = (engine.names.get(run.map(stem).join(" ")) ?? []).filter(({ covered }) => !covered);
    const values = kinds.length ? kinds : terms.map(({ term }) => term);
    if (values.length) addPreference(reading, kinds.length ? "kind" : "term", at, end, values);
  }
}

/**
 * Return whether words are what the query asks for: its first words of a subject, or the last ones, or before an "of";
 * but not in `images in the dataset` or, in a question, `Can a benchmark number be high?`.
 * @param {Reading} reading
 * @param {number} start
 * @param {number} end
 * @param {boolean} isFirst
 */
function isHead(reading, start, end, isFirst) {
  const { words, line, starts } = reading;
  if ([start, end].some((at) => line[starts[at] - 1] === "-")) return false; // `overview-like`
  const followsName = start > 0 && !STOP_WORDS.has(words[start - 1]);
  if (ABOUT_WORD.test(words[end]) && !isEnd(reading, end)) return isFirst || !followsName;
  if (isQuestion(words)) return false;
  return isFirst || (isEnd(reading, end) && followsName);
}

/**
 * Return whether a query is a sentence that asks something.
 * @param {string[]} words
 */
function isQuestion([first]) {
  return VERBAL.has(first) || QUESTION_WORD.test(first);
}

/**
 * Return the kinds of works with this name, if the list has several kinds.
 * @param {Engine} engine
 * @param {string[]} run
 */
function kindsNamed({ list }, run) {
  const name = run.map(stem).join(" ");
  return list.kinds.flatMap((kind, at) => (foldedWords(kind.name).map(stem).join(" ") === name ? [at] : []));
}

/** @param {Reading} reading */
function readPrepositions(reading) {
  if (isQuestion(reading.words)) return;
  for (const { start, end: at } of findPatterns(reading, PREPOSITIONS)) {
    const named = nameAt(reading, at, (_, run) => !KINDS.test(run.join(" ")));
    if (!named || !(isEnd(reading, named.end) || /^(?:only|alone)$/.test(reading.words[named.end]))) continue;
    if (isFree(reading, start, named.end) && hasOtherSubject(reading, start, named.end))
      addPreference(reading, "term", at, named.end, named.terms);
  }
}

/**
 * Add a wish for papers of some kinds or with some terms to come first; its words are still searched for.
 * @param {Reading} reading
 * @param {"kind" | "term"} kind
 * @param {number} start
 * @param {number} end
 * @param {number[]} values
 */
function addPreference(reading, kind, start, end, values) {
  const name = reading.words.slice(start, end).join(" ");
  addWish(reading, kind, { start, end }, [start], { name, values, used: [] });
}
