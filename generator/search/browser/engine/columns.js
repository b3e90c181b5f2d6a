// @ts-check
// The list in the column-oriented form of `search/list.json`, and data derived from it.

/**
 * @typedef {{id: string, name: string}} NamedItem
 * @typedef {NamedItem & {
 *   facet: string, parent: number, definition: string, questions: string[], aliases: string[],
 *   covers: string[],
 * }} Term
 * @typedef {NamedItem & {names: string[]}} Person The name that readers see, and all spellings of it.
 * @typedef {NamedItem & {names?: string[]}} ListedVenue The short name, and all names if there are others.
 * @typedef {NamedItem & {papers: number[]}} Path
 * @typedef {{
 *   ids: string[], titles: string[], otherTitles: string[], aliases: string[][], introduces: string[][],
 *   authors: number[][], when: string[], first: string[], years: number[], categories: number[], tags: number[][],
 *   venues: number[], pdf: string[], code: string[], identifiers: string[][], added: string[],
 *   summaries: string[], questions: string[][], kinds: number[], marks: string[], bylineEnds: string[], sources: string[],
 * }} PaperColumns Each column has one entry per paper. Authors, categories, tags (terms), and venues are indexes into
 *   the arrays of `List`, kinds too if there are several; a venue is -1 if there is none. A mark is the kind with
 *   which `when` begins, if the work is no paper; `first` is the date of the first version, if its year is another one. A
 *   byline ends in `others`, in the mark of editors, or is an institution. Summaries and questions are empty until they are taken over. A PDF is given by its URL or its arXiv id; other
 *   identifiers are those of the work, such as its DOI.
 * @typedef {{
 *   facets: NamedItem[], terms: Term[], categories: NamedItem[], kinds: NamedItem[], venues: ListedVenue[], people: Person[],
 *   authorPages: number, papers: PaperColumns, texts: [first: number, count: number][], contextPart: number, moved: Moved,
 *   entry: [string, string], paths: Path[], starts: number[], retired: {[id: string]: string}, own: OwnColumns,
 * }} List The first `authorPages` people have pages. The texts are the first of the papers of each of their parts, and the number of
 *   these papers. Retired papers are given by their ids, with the reason. The entry is what the list calls a paper, in
 *   the singular and plural; the starts are the papers to begin with, the best first.
 * @typedef {{
 *   values: NamedItem[], states: number[][], tagNames: NamedItem[], tags: number[][], places: Map<number, number>,
 *   keptAt: Map<number, number>,
 * }} OwnColumns What the reader made of the papers: the states that a paper can have and those of each paper, the same for
 *   the reader's tags, and, of the papers on the reader's list, the place in the order by hand and the time since when.
 * @typedef {{[key: string]: {[old: string]: string}}} Moved Old ids and their new ids, for each key of the query string.
 */

/** The states that a paper on the reader's list can have. */
export const OWN_STATES = [
  { id: "kept", name: "On my list" },
  { id: "to-read", name: "To read" },
  { id: "reading", name: "Reading" },
  { id: "read", name: "Read" },
  { id: "starred", name: "Starred" },
  { id: "note", name: "With a note" },
];

/** @type {number[]} */
const NO_NUMBERS = [];

/** @type {OwnColumns} */
const NOTHING_OWN = { values: [], states: [], tagNames: [], tags: [], places: new Map(), keptAt: new Map() };

/**
 * Return the list from the parsed JSON of its file. There, a person is just a name if the id can be derived from it,
 * and otherwise a list of the name, the id, and other spellings.
 * @param {any} file
 * @returns {List}
 */
export function unpackList(file) {
  const people = file.people.map((/** @type {string | string[]} */ person) => {
    const [name, id = name.toLowerCase().replace(/[^a-z0-9]+/g, "-"), ...others] = [person].flat();
    return { name, id, names: [name, ...others] };
  });
  const count = file.papers.ids.length;
  const papers = { ...file.papers, summaries: Array(count).fill(""), questions: Array(count).fill([]) };
  return { ...file, people, papers, own: NOTHING_OWN };
}

/**
 * Return a term and its broader terms, nearest first.
 * @param {Term[]} terms
 * @param {number} term
 */
export function termAndAncestors(terms, term) {
  const found = [];
  for (let at = term; at >= 0; at = terms[at].parent) found.push(at);
  return found;
}

/**
 * Return the terms of each paper, including all broader terms.
 * @param {Pick<List, "terms" | "papers">} list
 */
export function inheritedTerms({ terms, papers }) {
  const ancestors = terms.map((_, term) => termAndAncestors(terms, term));
  return papers.tags.map((tags) => unitedNumbers(tags, ancestors));
}

/**
 * Return the numbers that belong to any of some items, each once. Where they are those of one item, the array is its.
 * @param {number[]} items
 * @param {number[][]} numbers of each item
 */
export function unitedNumbers(items, numbers) {
  const found = items.map((item) => numbers[item]).filter((some) => some.length);
  if (found.length < 2) return found[0] ?? NO_NUMBERS;
  const united = [...found[0]];
  for (const some of found.slice(1)) for (const number of some) if (!united.includes(number)) united.push(number);
  return united;
}

/**
 * Return whether a paper has one of the given terms or a narrower one.
 * @param {List} list
 * @param {number} paper
 * @param {Set<number>} asked
 */
export function hasAnyTerm({ terms, papers }, paper, asked) {
  return papers.tags[paper].some((tag) => termAndAncestors(terms, tag).some((term) => asked.has(term)));
}
