// @ts-check
// The vocabulary and a choice of its terms in; what the choice comes to out: the line of the file, what it changes, how
// it keeps to the list's standard, and the address that proposes it.

import { distance, plural, words } from "./text.js";

/**
 * @typedef {{id: string, name: string, facet: string, parent: string, definition: string, scope: string, aliases: string[]}} Term
 * @typedef {{least: number, most: number, facets: number}} Standard How many tags a paper should have, of how many facets.
 * @typedef {{standard: Standard, terms: Term[]}} Vocabulary
 * @typedef {{term: Term, alias: string}} Hit A term, and the other name by which it was found if it was not by its own.
 */

const SHORTEST_MISTYPED = 4; // letters; shorter words must be typed right
const MISTYPED = 5; // the rank of a term that is found by a mistyped word only
const NONE = 6;

/**
 * The terms whose names, ids or aliases have words that begin like the words of a text, the nearest first; where there is
 * none, those a typing error away; without a text, all.
 * @param {Term[]} terms
 * @param {string} text
 * @returns {Hit[]}
 */
export function found(terms, text) {
  const asked = words(text).map((word) => word.text);
  if (!asked.length) return terms.map((term) => ({ term, alias: "" }));
  const ranked = terms.map((term) => ({ term, ...likeness(term, asked) })).sort((one, other) => one.rank - other.rank);
  const worst = Math.max(ranked[0]?.rank ?? NONE, MISTYPED - 1);
  return ranked.filter(({ rank }) => rank <= worst && rank < NONE).map(({ term, alias }) => ({ term, alias }));
}

/**
 * How near a term is to some words: 0 if they are one of its names, 1 if its own name begins so, 2 if that has them,
 * 3 if another name has, 4 if its names together have.
 * @param {Term} term
 * @param {string[]} asked
 */
function likeness({ id, name, aliases }, asked) {
  const named = [name, id, ...aliases];
  const parts = named.map((one) => words(one).map((word) => word.text));
  const whole = parts.map((one) => one.join(" "));
  const fits = (/** @type {string[]} */ those) => asked.every((word) => those.some((part) => part.startsWith(word)));
  const near = (/** @type {string} */ word) => parts.flat().some((part) => part.startsWith(word) || mistyped(word, part));
  const alias = (/** @type {number} */ at) => (at < 2 ? "" : named[at]);
  const same = whole.indexOf(asked.join(" "));
  if (same >= 0) return { rank: 0, alias: alias(same) };
  if (whole[0].startsWith(asked.join(" "))) return { rank: 1, alias: "" };
  const within = parts.findIndex(fits);
  if (within >= 0) return { rank: within < 2 ? 2 : 3, alias: alias(within) };
  if (fits(parts.flat())) return { rank: 4, alias: "" };
  return { rank: asked.every(near) ? MISTYPED : NONE, alias: "" };
}

/**
 * Whether a word is another, or its beginning, but for one typing error.
 * @param {string} word
 * @param {string} other
 */
function mistyped(word, other) {
  const beginnings = [other.slice(0, word.length), other.slice(0, word.length + 1)];
  return word.length >= SHORTEST_MISTYPED && beginnings.some((one) => distance(word, one, 1) <= 1);
}

/**
 * Chosen tags in the order of the file: the vocabulary's where the file keeps to that, else the old ones as they stood
 * and the new ones after them.
 * @param {Term[]} terms
 * @param {string[]} before
 * @param {string[]} chosen
 */
export function ordered(terms, before, chosen) {
  const places = new Map(terms.map(({ id }, at) => [id, at]));
  const sorted = (/** @type {string[]} */ ids) => ids.toSorted((one, other) => (places.get(one) ?? terms.length) - (places.get(other) ?? terms.length));
  if (String(sorted(before)) === String(before)) return sorted(chosen);
  return [...before.filter((id) => chosen.includes(id)), ...sorted(chosen.filter((id) => !before.includes(id)))];
}

/**
 * The tags as the paper's file writes them.
 * @param {string[]} tags
 */
export function written(tags) {
  return `tags: [${tags.join(", ")}]`;
}

/**
 * What a choice changes, in words.
 * @param {string[]} before
 * @param {string[]} chosen
 */
export function change(before, chosen) {
  const added = chosen.filter((id) => !before.includes(id)).join(", ");
  const taken = before.filter((id) => !chosen.includes(id)).join(", ");
  const said = [added && `adds ${added}`, taken && `takes away ${taken}`].filter(Boolean).join("; ");
  return said ? `${said[0].toUpperCase()}${said.slice(1)}.` : "Nothing has changed yet.";
}

/**
 * What the list asks of a paper's tags, and how these keep to it; nothing where it asks nothing.
 * @param {Vocabulary} vocabulary
 * @param {string[]} chosen
 */
export function verdict({ standard: { least, most, facets }, terms }, chosen) {
  const covered = new Set(terms.filter(({ id }) => chosen.includes(id)).map(({ facet }) => facet)).size;
  const limited = most < terms.length; // else no choice could go beyond it
  const span = least === most ? plural(most, "tag") : least ? `${least} to ${plural(most, "tag")}` : `at most ${plural(most, "tag")}`;
  const number = limited ? span : least ? `at least ${plural(least, "tag")}` : "tags";
  if (!limited && !least && !facets) return "";
  const lacking = [
    chosen.length < least && `${plural(least - chosen.length, "tag")} too few`,
    chosen.length > most && `${plural(chosen.length - most, "tag")} too many`,
    covered < facets && `${plural(facets - covered, "facet")} too few`,
  ];
  const asked = `This list asks for ${number}${facets ? ` from at least ${plural(facets, "facet")}` : ""}.`;
  return `${asked} Here: ${plural(chosen.length, "tag")} from ${plural(covered, "facet")}, ${lacking.filter(Boolean).join(" and ") || "as asked"}.`;
}


/**
 * The address of an issue that proposes tags for a paper, from the form that the list's host gives to such addresses. The
 * body is laid out as GitHub lays out a filled-in form, so that all hosts' issues read the same.
 * @param {string} form with `{title}`, and `{body}` or `{paper}` and `{tags}`
 * @param {{id: string, title: string}} paper
 * @param {string[]} chosen
 */
export function issueAddress(form, { id, title }, chosen) {
  const tags = written(chosen);
  const body = `### Paper\n\n${id}\n\n### Tags\n\n\`\`\`yaml\n${tags}\n\`\`\`\n\n### Why\n\n`;
  /** @type {Record<string, string>} */
  const values = { title: `Tags of ${title}`, paper: id, tags, body };
  return form.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ""));
}
