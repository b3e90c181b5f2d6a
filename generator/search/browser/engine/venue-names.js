// @ts-check
// Finds the venues whose full or other names a query has, so that it finds what their short names find.

import { stem, words } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./matches.js").WordMatch} WordMatch
 * @typedef {Map<string, string>} VenueNames For each name, the stem by which papers of the venue are found.
 */

const MOST_WORDS = 24; // in a name
const SOCIETIES = /^(?:\p{Lu}{2,}[ /]+)+/u; // at the start of a name, which readers may leave out

/**
 * Return the names of venues that have others than the short one, which papers show.
 * @param {List} list
 * @returns {VenueNames}
 */
export function venueNames({ venues }) {
  /** @type {VenueNames} */
  const names = new Map();
  for (const { name, names: all = [] } of venues)
    for (const other of all.slice(1).flatMap((one) => [one, one.replace(SOCIETIES, "")]))
      names.set(spacedWords(other), stem(joinedName(name)));
  return names;
}

/**
 * Return a short name as one word, by which the papers of a venue are found.
 * @param {string} name
 */
export function joinedName(name) {
  return spacedWords(name).replaceAll(" ", "");
}

/**
 * Let the words of a name of a venue also match the short name, and leave them as they are typed.
 * @param {VenueNames} names
 * @param {WordMatch[]} matches
 */
export function addVenueNames(names, matches) {
  const typed = matches.map(({ word }) => word);
  for (let start = 0; start < typed.length; start++) {
    for (let end = Math.min(typed.length, start + MOST_WORDS); end > start; end--) {
      const key = names.get(typed.slice(start, end).join(" "));
      if (key) for (const match of matches.slice(start, end)) addStem(match, key);
    }
  }
}

/**
 * @param {WordMatch} match
 * @param {string} key
 */
function addStem(match, key) {
  if (match.correction !== match.word) match.stems.clear();
  match.correction = match.word;
  match.stems.set(key, 1);
}

/** @param {string} text */
function spacedWords(text) {
  return words(text)
    .map((word) => word.text)
    .join(" ");
}
