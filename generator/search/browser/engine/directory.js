// @ts-check
// The names of titles, people, and venues, in the form in which queries are compared with them. Each map is built when
// it is first needed.

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
    /** @type {{titles?: string[], people?: Map<string, PersonName[]>, papers?: number[][], venues?: Map<string, VenueName[]>}} */
    this.built = {};
  }

  /** All titles and other names of papers, each with spaces around and between its words. */
  get titles() {
    const { titles, otherTitles, aliases } = this.list.papers;
    this.built.titles ??= [...titles, ...otherTitles, ...aliases.flat()].map(
      (title) => ` ${foldedWords(title).join(" ")} `,
    );
    return this.built.titles;
  }

  /** The people by the last word of each of their names. */
  get peopleByFamilyName() {
    if (this.built.people) return this.built.people;
    /** @type {Map<string, PersonName[]>} */
    const people = new Map();
    for (const [person, { names }] of this.list.people.entries())
      for (const name of names) {
        const parts = foldedWords(name);
        addTo(people, parts[parts.length - 1], { person, parts });
      }
    this.built.people = people;
    return people;
  }

  /** The papers of each person. */
  get papersByPerson() {
    if (this.built.papers) return this.built.papers;
    /** @type {number[][]} */
    const papers = this.list.people.map(() => []);
    for (const [paper, authors] of this.list.papers.authors.entries()) for (const at of authors) papers[at].push(paper);
    this.built.papers = papers;
    return papers;
  }

  /** The venues by each of their names and by the acronyms in them. */
  get venuesByName() {
    if (this.built.venues) return this.built.venues;
    /** @type {Map<string, VenueName[]>} */
    const venues = new Map();
    for (const [venue, { name, names = [name] }] of this.list.venues.entries())
      for (const written of names) {
        const parts = foldedWords(written);
        addTo(venues, parts.join(" "), { venue, sure: parts.length >= LEAST_SURE });
        for (const acronym of written.match(/\p{Lu}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}]*/gu) ?? [])
          addTo(venues, foldedWords(acronym).join(" "), { venue, sure: true });
      }
    this.built.venues = venues;
    return venues;
  }
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
