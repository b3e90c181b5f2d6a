// @ts-check
// The names of titles, people, and venues, in the form in which queries are compared with them. Each map is built in
// steps, or when it is first needed.

import { gradual } from "./gradual.js";
import { words } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {{person: number, parts: string[]}} PersonName
 * @typedef {{venue: number, sure: boolean}} VenueName A name is sure if it can hardly mean anything else, as an acronym
 *   or a long name.
 */

const LEAST_SURE = 3; // words of a venue's name that is no acronym

export class Directory {
  /** @param {List} list */
  constructor(list) {
    this.list = list;
    this.made = {
      titles: gradual(() => spacedTitles(list)),
      people: gradual(() => peopleByFamilyName(list)),
      papers: gradual(() => papersByPerson(list)),
    };
    /** @type {Map<string, VenueName[]> | undefined} */
    this.venues = undefined;
  }

  /** Build what is large in small steps. */
  *steps() {
    for (const part of Object.values(this.made)) yield* part.steps();
  }

  /** All titles and other names of papers, each with spaces around and between its words. */
  get titles() {
    return this.made.titles.value;
  }

  /** The people by the last word of each of their names. */
  get peopleByFamilyName() {
    return this.made.people.value;
  }

  /** The papers of each person. */
  get papersByPerson() {
    return this.made.papers.value;
  }

  /** The venues by each of their names and by the acronyms in them. */
  get venuesByName() {
    if (this.venues) return this.venues;
    /** @type {Map<string, VenueName[]>} */
    const venues = new Map();
    for (const [venue, { name, names = [name] }] of this.list.venues.entries())
      for (const written of names) {
        const parts = foldedWords(written);
        addTo(venues, parts.join(" "), { venue, sure: parts.length >= LEAST_SURE });
        for (const acronym of written.match(/\p{Lu}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}]*/gu) ?? [])
          addTo(venues, foldedWords(acronym).join(" "), { venue, sure: true });
      }
    this.venues = venues;
    return venues;
  }
}

/** @param {List} list */
function* spacedTitles({ papers: { titles, otherTitles, aliases } }) {
  const spaced = [];
  for (const title of [...titles, ...otherTitles, ...aliases.flat()]) {
    spaced.push(` ${foldedWords(title).join(" ")} `);
    yield;
  }
  return spaced;
}

/** @param {List} list */
function* peopleByFamilyName({ people }) {
  /** @type {Map<string, PersonName[]>} */
  const found = new Map();
  for (const [person, { names }] of people.entries()) {
    for (const name of names) {
      const parts = foldedWords(name);
      addTo(found, parts[parts.length - 1], { person, parts });
    }
    yield;
  }
  return found;
}

/** @param {List} list */
function* papersByPerson({ people, papers }) {
  /** @type {number[][]} */
  const found = people.map(() => []);
  for (const [paper, authors] of papers.authors.entries()) {
    for (const at of authors) found[at].push(paper);
    yield;
  }
  return found;
}

/**
 * @template Item
 * @param {Map<string, Item[]>} items
 * @param {string} key
 * @param {Item} item
 */
export function addTo(items, key, item) {
  const same = items.get(key);
  if (same) same.push(item);
  else items.set(key, [item]);
}

/**
 * Return the words of a text, folded.
 * @param {string} text
 */
export function foldedWords(text) {
  return words(text).map((word) => word.text);
}
