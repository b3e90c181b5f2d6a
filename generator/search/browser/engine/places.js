// @ts-check
// The pages of the site other than those of papers, and which of them a query names: tags, shelves, paths, venues,
// authors, and kinds of works.

import { addTo, foldedWords } from "./directory.js";
import { gradual } from "./gradual.js";
import { parseQuery } from "./query.js";
import { personPath } from "./rows.js";
import { STOP_WORDS, stem } from "./text.js";

/**
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {{text: string, parts: string[], covered: boolean}} PlaceName A name, its words folded, and whether it is
 *   that of something that the place covers.
 * @typedef {[Place, PlaceName]} Naming
 * @typedef {{namings: Naming[], byStem: Map<string, Naming[]>}} Names
 * @typedef {{kind: string, path: string, names: PlaceName[], papers: number}} Place Its main name comes first.
 * @typedef {{place: Place, name: PlaceName, share: number}} NamedPlace The name that fits, and the share of its words
 *   that are in the query.
 */

const SHORTEST_START = 2; // letters
const LEAST_SHARE = 0.5; // of a name's words

/** @type {WeakMap<Engine, import("./gradual.js").Gradual<Names>>} */
const namesOf = new WeakMap();

/**
 * Return the places that a query names: all its words are in a name, and make up more than half of it, or half of it if
 * there are several words or one is a person's family name.
 * @param {Engine} engine
 * @param {Answer} answer
 * @param {string} text the query as typed
 * @param {number} most
 */
export function placesNamed(engine, answer, text, most) {
  const { byStem } = allNames(engine);
  const typed = foldedWords(text);
  const understood = answer.matches.map(({ correction }) => correction);
  const query = parseQuery(text);
  const wished = answer.wishes
    .filter(({ kind }) => kind === "author" || kind === "venue")
    .map((wish) => wish.words.map((at) => query.words[at]));
  /** @type {NamedPlace[]} */
  const found = [];
  for (const spelled of [typed, understood, ...wished]) {
    const asked = subjectStems(spelled);
    const namings = asked.map((word) => byStem.get(word) ?? []).sort((one, other) => one.length - other.length);
    const inAll = (namings[0] ?? []).filter((naming) => namings.every((those) => those.includes(naming)));
    found.push(...bestNames(inAll, asked.length).filter((one) => isGoodName(one, asked.length, spelled)));
  }
  const best = found.sort(byShare).filter(({ place }, at) => found.findIndex((one) => one.place === place) === at);
  return best.slice(0, most);
}

/**
 * Return the places with a name in which the words of a text begin words, and all but the last one are whole words.
 * @param {Engine} engine
 * @param {string} text
 * @param {number} most of each kind
 */
export function placesStarting(engine, text, most) {
  const asked = foldedWords(text);
  if (asked.join("").length < SHORTEST_START) return [];
  const last = asked[asked.length - 1];
  const fits = (/** @type {PlaceName} */ { parts }) =>
    asked.every((word) => (word === last ? parts.some((part) => part.startsWith(word)) : parts.includes(word)));
  /** @type {Map<string, number>} */
  const counts = new Map();
  const starting = allNames(engine).namings.filter(([, name]) => fits(name));
  return bestNames(starting, asked.length)
    .sort(byShare)
    .filter(({ place: { kind } }) => {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return Number(counts.get(kind)) <= most;
    });
}

/**
 * Return how a name belongs to a place, if it is not the main one.
 * @param {NamedPlace} found
 */
export function nameNote({ place, name }) {
  if (name === place.names[0]) return "";
  return name.covered ? `covers ${name.text}` : `also called ${name.text}`;
}

/**
 * Return each place with the name of which some words are the largest share.
 * @param {Naming[]} namings in which all of the words are
 * @param {number} count of the words
 */
function bestNames(namings, count) {
  /** @type {Map<Place, NamedPlace>} */
  const best = new Map();
  for (const [place, name] of namings) {
    const parts = name.covered ? name.parts : name.parts.filter((part) => !STOP_WORDS.has(part));
    const share = Math.min(1, count / parts.length);
    if (!((best.get(place)?.share ?? 0) >= share)) best.set(place, { place, name, share });
  }
  return [...best.values()];
}

/**
 * Return whether a query that has the words of a name means it.
 * @param {NamedPlace} found
 * @param {number} count of the words that say something
 * @param {string[]} spelled all words of the query, as they are written: a family name has no other forms
 */
function isGoodName({ place, name, share }, count, spelled) {
  if (name.covered) return share === 1;
  const isFamilyName = place.kind === "Author" && spelled.includes(name.parts[name.parts.length - 1]);
  if (place.kind === "Author" && !isFamilyName) return false;
  return share > LEAST_SHARE || (share === LEAST_SHARE && (isFamilyName || count > 1));
}

/**
 * @param {NamedPlace} one
 * @param {NamedPlace} other
 */
function byShare(one, other) {
  return other.share - one.share;
}

/**
 * Return the stems of the words that say something about a subject, or of all if none does.
 * @param {string[]} asked
 */
function subjectStems(asked) {
  const subject = asked.filter((word) => !STOP_WORDS.has(word));
  return [...new Set((subject.length ? subject : asked).map(stem))];
}

/** @param {Engine} engine */
function allNames(engine) {
  return namesIn(engine).value;
}

/**
 * Return the names of all places of a list, and those with each stem, which are found out once.
 * @param {Engine} engine
 */
export function namesIn(engine) {
  const known = namesOf.get(engine) ?? gradual(() => findNames(engine));
  namesOf.set(engine, known);
  return known;
}

/**
 * @param {Engine} engine
 * @returns {Generator<void, Names, void>}
 */
function* findNames(engine) {
  /** @type {Names} */
  const found = { namings: [], byStem: new Map() };
  for (const place of listPlaces(engine)) {
    for (const name of place.names) {
      const naming = /** @type {Naming} */ ([place, name]);
      found.namings.push(naming);
      for (const key of new Set(name.parts.map(stem))) addTo(found.byStem, key, naming);
    }
    yield;
  }
  return found;
}

/**
 * @param {Engine} engine
 * @returns {Iterable<Place>}
 */
function* listPlaces({ list, kinds, directory }) {
  const { terms, categories, paths, venues, people, papers } = list;
  for (const [at, { id, name, aliases, covers }] of terms.entries())
    yield place("Tag", `tags/${id}/`, [name, ...aliases], covers, kinds.papersByTerm[at].length);
  const counted = countValues(papers.categories);
  for (const [at, { id, name }] of categories.entries())
    yield place("Shelf", `categories/${id}/`, [name], [], counted(at));
  for (const path of paths) yield place("Path", `paths/${path.id}/`, [path.name], [], path.papers.length);
  const published = countValues(papers.venues);
  for (const [at, { id, name, names = [name] }] of venues.entries())
    yield place("Venue", `venues/${id}/`, names, [], published(at));
  for (const [at, { names }] of people.entries()) {
    yield place("Author", personPath(list, at), names, [], directory.papersByPerson[at].length);
  }
  const sorted = countValues(papers.kinds);
  for (const [at, { id, name }] of list.kinds.entries())
    yield place("Kind", `browse/?kind=${id}`, [name], [], sorted(at));
}

/**
 * @param {string} kind
 * @param {string} path
 * @param {string[]} names
 * @param {string[]} covers
 * @param {number} papers
 * @returns {Place}
 */
function place(kind, path, names, covers, papers) {
  const named = (/** @type {boolean} */ covered) => (/** @type {string} */ text) => ({
    text,
    parts: foldedWords(text),
    covered,
  });
  return { kind, path, names: [...names.map(named(false)), ...covers.map(named(true))], papers };
}

/**
 * Return a function that returns how often a value occurs.
 * @param {number[]} values
 */
function countValues(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return (/** @type {number} */ value) => counts.get(value) ?? 0;
}
