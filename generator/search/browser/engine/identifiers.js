// @ts-check
// Recognizes works by an address or an identifier that the reader types or pastes: an arXiv id, a DOI, an ISBN, or the
// address of a page, a PDF, or code.

/** @typedef {import("./columns.js").List} List */

// What an address begins with; some hosts are enough, as people type them.
const START = /^(?:https?:\/\/|(?=www\.|\w+\.(?:org|com)\/))(?:www\.|export\.|dx\.)?/;
const BEFORE_NUMBER = /^(?:arxiv\.org\/(?:abs|pdf|html)\/|arxiv:|(?:doi\.org\/|doi:)?(?:10\.48550\/arxiv\.)?)/;
const ARXIV = /^(\d{4}\.\d{4,5}|[a-z-]{2,}(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?\/?$/;
const DOI = /^10\.\d{4,9}\/\S+$/;
const ISBN = /^(?:isbn:)?97[89][\d-]{10,14}$|^isbn:[\d-]{9,12}[\dx]$/;
const ADDRESS = /^[^\s#]+\.[^\s#]+/;

/**
 * Return the work's identifier that a text is, in a form of its own; empty if it is none.
 * @param {string} text
 */
export function workIdentifier(text) {
  const lower = text.toLowerCase().replace(/[.,;)>]+$/, "");
  const bare = lower.replace(START, "");
  const number = bare.replace(BEFORE_NUMBER, "");
  if (ISBN.test(lower)) return lower.replace(/isbn:|-/g, "");
  if (DOI.test(number)) return number;
  return ARXIV.exec(number)?.[1] ?? (START.test(lower) ? (ADDRESS.exec(bare)?.[0].replace(/\/$/, "") ?? "") : "");
}

/**
 * Return the papers with an identifier.
 * @param {List} list
 * @param {string} identifier
 */
export function papersIdentified({ papers }, identifier) {
  const known = (/** @type {number} */ at) => [papers.pdf[at], papers.code[at], ...papers.identifiers[at]];
  return new Set(
    papers.ids.flatMap((_, at) => (known(at).some((one) => workIdentifier(one) === identifier) ? [at] : [])),
  );
}
