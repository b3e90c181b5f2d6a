// @ts-check
// Turns a reader's choice of tags for a paper into a proposal: the line for the paper's file, a summary of the changes,
// a check against the list's standard, and the URL of a prefilled issue.

import { editDistance, filledTemplate, plural, words } from "./text.js";

/**
 * @typedef {{
 *   id: string, name: string, facet: string, parent: string, definition: string, scope: string, aliases: string[],
 *   covers: string[],
 * }} VocabularyTerm
 * @typedef {{least: number, most: number, facets: number}} Standard The least and the most tags that a paper should
 *   have, and from how many facets.
 * @typedef {{standard: Standard, terms: VocabularyTerm[]}} Vocabulary
 * @typedef {{term: VocabularyTerm, alias: string}} Hit A term, and the other name that matched; empty if the id or name did.
 */

const SHORTEST_WITH_TYPO = 4; // letters; shorter words must match exactly
const TYPO_RANK = 5; // of a term that matches only if a typing error is allowed
const NO_RANK = 6;

/**
 * Return the terms that match a text, best first: those whose ids, names, or aliases have words that begin with the
 * words of the text. If there are none, one typing error per word is allowed. Without a text, return all terms.
 * @param {VocabularyTerm[]} terms
 * @param {string} text
 * @returns {Hit[]}
 */
export function findTerms(terms, text) {
  const asked = words(text).map((word) => word.text);
  if (!asked.length) return terms.map((term) => ({ term, alias: "" }));
  const ranked = terms.map((term) => ({ term, ...rankTerm(term, asked) })).sort((one, other) => one.rank - other.rank);
  const worst = Math.max(ranked[0]?.rank ?? NO_RANK, TYPO_RANK - 1);
  return ranked.filter(({ rank }) => rank <= worst && rank < NO_RANK).map(({ term, alias }) => ({ term, alias }));
}

/**
 * Return how well a term matches: 0 if the words equal one of its names, 1 if its main name begins with them, 2 if its
 * main name contains them, 3 if another name contains them, 4 if all its names together contain them.
 * @param {VocabularyTerm} term
 * @param {string[]} asked
 */
function rankTerm({ id, name, aliases, covers }, asked) {
  const named = [name, id, ...aliases, ...covers];
  const parts = named.map((one) => words(one).map((word) => word.text));
  const whole = parts.map((one) => one.join(" "));
  const fits = (/** @type {string[]} */ those) => asked.every((word) => those.some((part) => part.startsWith(word)));
  const near = (/** @type {string} */ word) =>
    parts.flat().some((part) => part.startsWith(word) || isMisspelled(word, part));
  const alias = (/** @type {number} */ at) => (at < 2 ? "" : named[at]);
  const same = whole.indexOf(asked.join(" "));
  if (same >= 0) return { rank: 0, alias: alias(same) };
  if (whole[0].startsWith(asked.join(" "))) return { rank: 1, alias: "" };
  const within = parts.findIndex(fits);
  if (within >= 0) return { rank: within < 2 ? 2 : 3, alias: alias(within) };
  if (fits(parts.flat())) return { rank: 4, alias: "" };
  return { rank: asked.every(near) ? TYPO_RANK : NO_RANK, alias: "" };
}

/**
 * Return whether a word is at most one typing error away from another word or from its beginning.
 * @param {string} word
 * @param {string} other
 */
function isMisspelled(word, other) {
  const beginnings = [other.slice(0, word.length), other.slice(0, word.length + 1)];
  return word.length >= SHORTEST_WITH_TYPO && beginnings.some((one) => editDistance(word, one, 1) <= 1);
}

/**
 * Return the chosen tags in the order for the file: that of the vocabulary if the old tags are in that order, and
 * otherwise the old tags as they were, followed by the new ones.
 * @param {VocabularyTerm[]} terms
 * @param {string[]} before
 * @param {string[]} chosen
 */
export function orderTags(terms, before, chosen) {
  const places = new Map(terms.map(({ id }, at) => [id, at]));
  const sorted = (/** @type {string[]} */ ids) =>
    ids.toSorted((one, other) => (places.get(one) ?? terms.length) - (places.get(other) ?? terms.length));
  if (String(sorted(before)) === String(before)) return sorted(chosen);
  return [...before.filter((id) => chosen.includes(id)), ...sorted(chosen.filter((id) => !before.includes(id)))];
}

/**
 * Return the chosen tags with one more, and without the broader ones that it implies.
 * @param {VocabularyTerm[]} terms
 * @param {string[]} chosen
 * @param {string} id
 */
export function addTag(terms, chosen, id) {
  const broader = broaderTerms(terms, id);
  return [...chosen.filter((one) => !broader.includes(one)), id];
}

/**
 * Return the chosen tag that implies a term, if there is one.
 * @param {VocabularyTerm[]} terms
 * @param {string[]} chosen
 * @param {string} id
 */
export function implyingTag(terms, chosen, id) {
  return chosen.find((one) => broaderTerms(terms, one).includes(id));
}

/**
 * Return the broader terms of a term, nearest first.
 * @param {VocabularyTerm[]} terms
 * @param {string} id
 * @returns {string[]}
 */
function broaderTerms(terms, id) {
  const parent = terms.find((term) => term.id === id)?.parent;
  return parent ? [parent, ...broaderTerms(terms, parent)] : [];
}

/**
 * Return the line with the tags for the paper's file.
 * @param {string[]} tags
 */
export function tagsLine(tags) {
  return `tags: [${tags.join(", ")}]`;
}

/**
 * Return a sentence about what a choice of tags changes.
 * @param {string[]} before
 * @param {string[]} chosen
 */
export function describeChange(before, chosen) {
  const added = chosen.filter((id) => !before.includes(id)).join(", ");
  const removed = before.filter((id) => !chosen.includes(id)).join(", ");
  const changes = [added && `adds ${added}`, removed && `removes ${removed}`].filter(Boolean).join("; ");
  return changes ? `${changes[0].toUpperCase()}${changes.slice(1)}.` : "Nothing has changed yet.";
}

/**
 * Return a text on the list's standard for tags and whether the choice meets it; empty if there is no standard.
 * @param {Vocabulary} vocabulary
 * @param {string[]} chosen
 */
export function standardReport({ standard: { least, most, facets }, terms }, chosen) {
  const covered = new Set(terms.filter(({ id }) => chosen.includes(id)).map(({ facet }) => facet)).size;
  const limited = most < terms.length; // otherwise no choice can exceed the limit
  const span =
    least === most
      ? plural(most, "tag")
      : least
        ? `${least} to ${plural(most, "tag")}`
        : `at most ${plural(most, "tag")}`;
  const number = limited ? span : least ? `at least ${plural(least, "tag")}` : "tags";
  if (!limited && !least && !facets) return "";
  const lacking = [
    chosen.length < least && `${plural(least - chosen.length, "tag")} too few`,
    chosen.length > most && `${plural(chosen.length - most, "tag")} too many`,
    covered < facets && `${plural(facets - covered, "facet")} too few`,
  ];
  const asked = `This list asks for ${number}${facets ? ` from at least ${plural(facets, "facet")}` : ""}.`;
  const result = lacking.filter(Boolean).join(" and ") || "as asked";
  return `${asked} Here: ${plural(chosen.length, "tag")} from ${plural(covered, "facet")}, ${result}.`;
}

/**
 * Return the URL that opens a prefilled issue with the proposed tags, on the list's host. The body is laid out like a
 * completed GitHub issue form, so that issues look the same on all hosts.
 * @param {string} form URL template with `{title}`, and `{body}` or `{paper}` and `{tags}`
 * @param {{id: string, title: string}} paper
 * @param {string[]} chosen
 */
export function issueAddress(form, { id, title }, chosen) {
  const tags = tagsLine(chosen);
  const body = `### Entry\n\n${id}\n\n### Tags\n\n\`\`\`yaml\n${tags}\n\`\`\`\n\n### Why\n\n`;
  return filledTemplate(form, { title: `Tags of ${title}`, paper: id, tags, body });
}
