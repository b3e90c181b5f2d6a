// @ts-check
// What a row of a list says about a paper besides its title and summary, in the words of the lists without script.

import { termAndAncestors } from "./columns.js";
import { plural } from "./text.js";

/**
 * @typedef {import("./columns.js").List} List
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {{text: string, to?: string}} TextPart A part of a text; if it is a link, with a path of the site or a URL.
 */

const MOST_AUTHORS = 4; // in a byline; if there are more, it has the first three and a count
const MOST_TAGS = 2;
const MOST_WITH_TAGS = 100; // papers of a list with so many tags for each; in longer ones, a paper has one
const MOST_UNDIVIDED = 20; // papers of a list without headings

/**
 * Return who wrote a paper, or who stands in for them, as the parts of a text.
 * @param {List} list
 * @param {number} paper
 * @returns {TextPart[]}
 */
export function bylineParts(list, paper) {
  const { authors, bylineEnds, ids } = list.papers;
  const end = bylineEnds[paper];
  const isMark = end.startsWith(" "); // of editors; anything else takes the place of a name
  const names = authors[paper].map((at) => ({
    text: list.people[at].name,
    to: at < list.authorPages ? personPath(list, at) : undefined,
  }));
  const all = end && !isMark ? [...names, { text: end }] : names;
  const others = all.length - MOST_AUTHORS + 1;
  const rest =
    names.length < all.length ? { text: end } : { text: plural(others, "other"), to: `papers/${ids[paper]}/` };
  const shown = others > 1 ? [...all.slice(0, -others), rest] : all;
  const joined = shown.flatMap((part, at) => {
    const between = at === shown.length - 1 ? " and " : ", ";
    return at ? [{ text: between }, part] : [part];
  });
  return isMark ? [...joined, { text: end }] : joined;
}

/**
 * Return the path of a person's page or, if there is none, of the person's papers among all.
 * @param {List} list
 * @param {number} person
 */
export function personPath({ people, authorPages }, person) {
  const { id } = people[person];
  return person < authorPages ? `authors/${id}/` : `browse/?author=${id}`;
}

/**
 * Return where and when a paper was published, after the date of the first version if its year is another one.
 * @param {List} list
 * @param {number} paper
 */
export function publishedDates({ papers }, paper) {
  const when = papers.when[paper];
  const first = papers.first[paper];
  if (!first) return when ? [when] : [];
  const mark = papers.marks[paper];
  return mark ? [`${mark}, ${first}`, when.slice(mark.length + 2)] : [first, when];
}

/**
 * Return the links to a paper as PDF and to its code, as far as there are any.
 * @param {List} list
 * @param {number} paper
 */
export function fileLinks({ papers }, paper) {
  const pdf = papers.pdf[paper];
  const links = [
    { text: "PDF", to: pdf && !pdf.includes("://") ? `https://arxiv.org/pdf/${pdf}` : pdf },
    { text: "Code", to: papers.code[paper] },
  ];
  return links.filter(({ to }) => to);
}

/**
 * Return a function from a paper of a list to the tags that tell most about it: those that the fewest others have, there
 * and at all.
 * @param {Engine} engine
 * @param {number[]} papers
 * @param {string[]} chosen the ids of tags that all of the list is about
 * @returns {(paper: number) => number[]}
 */
export function tellingTags({ list, kinds }, papers, chosen) {
  const counts = new Uint32Array(list.terms.length);
  for (const paper of papers) for (const term of kinds.termsByPaper[paper]) counts[term] += 1;
  const isChosen = (/** @type {number} */ term) => chosen.includes(list.terms[term].id);
  const own = new Set(
    list.terms.flatMap((_, term) => (chosen.length && isChosen(term) ? termAndAncestors(list.terms, term) : [])),
  );
  const most = papers.length <= MOST_WITH_TAGS ? MOST_TAGS : 1;
  const total = (/** @type {number} */ term) => kinds.papersByTerm[term].length;
  const byRarity = (/** @type {number} */ one, /** @type {number} */ other) =>
    counts[one] - counts[other] || total(one) - total(other) || one - other;
  return (paper) =>
    list.papers.tags[paper]
      .filter((tag) => !own.has(tag))
      .sort(byRarity)
      .slice(0, most);
}

/**
 * Return the years that begin with each of some papers, in order of date: empty for a paper of the same year as the one
 * before, and none for a short list or a single year.
 * @param {List} list
 * @param {number[]} papers
 */
export function yearHeadings({ papers: { years } }, papers) {
  const isOne = papers.every((paper) => years[paper] === years[papers[0]]);
  if (papers.length <= MOST_UNDIVIDED || isOne) return [];
  return papers.map((paper, at) =>
    at && years[paper] === years[papers[at - 1]] ? "" : `${years[paper] || "Undated"}`,
  );
}
