// @ts-check
// The filters that a query can name before a colon, such as `tag:gan`, and what to try instead of those that are not
// known here, such as `has:code`.

import { editDistance } from "./text.js";

/**
 * @typedef {"tag" | "author" | "year" | "venue" | "shelf" | "kind" | "code" | "mine"} Operator
 * @typedef {{operator: Operator, value: string, negated: boolean}} Condition
 * @typedef {{name: string, value: string, negated: boolean, start: number, end: number}} UnknownOperator Where it
 *   stands in the query as typed.
 */

/** The filters that a query can name. */
export const OPERATORS = /** @type {Operator[]} */ ([
  "tag",
  "author",
  "year",
  "venue",
  "shelf",
  "kind",
  "code",
  "mine",
]);

// Words that readers know from elsewhere, and what they stand for: an operator, words in a text, or any operator.
const MEANINGS = new Map(
  [
    "tag topic subject keyword label method task about",
    "author by writer creator person au",
    "venue conference journal publication source at",
    "shelf category section",
    "kind type genre",
    "year date after since from before until to",
    "code implementation repo github",
    "words title intitle abstract text",
    "any has with is in without no not",
  ].flatMap((words) => words.split(" ").map((word, _, [means]) => [word, means])),
);
const LACKING = /^(?:without|no|not)$/;
const CODE = /\b(?:code|implementation|repo|github)\b/;
const LEAST_MISSPELLED = 4; // letters
const LEAST_GUESSED = 3; // letters of a value that is tried with every operator

// What stands before a colon in an address or identifier.
const SCHEMES = /^(?:https?|ftp|mailto|urn|doi|arxiv|isbn|pmid)$/;
const OPERATOR_NAME = /^[a-z]{2,15}$/;
const OPERATOR_VALUE = /^[\p{L}\p{N}]/u;

/**
 * Return the operator of that name, in whatever case.
 * @param {string} name
 */
export function operatorNamed(name) {
  return OPERATORS.find((operator) => operator === name.toLowerCase());
}

/**
 * Return whether a value of `code:` asks for code, or nothing if it is no such value.
 * @param {string} value
 */
export function wantsCode(value) {
  const at = ["yes", "true", "no", "false"].indexOf(value.toLowerCase());
  return at < 0 ? undefined : at < 2;
}

/**
 * Return whether a reader means a filter with a name that is none, and not a part of a title, an address, or a time:
 * names of filters are in lowercase, unless the word is a usual name of one.
 * @param {string} name
 * @param {string} value
 */
export function isUnknownOperator(name, value) {
  const lower = name.toLowerCase();
  if (SCHEMES.test(lower) || !OPERATOR_VALUE.test(value) || !OPERATOR_NAME.test(lower)) return false;
  return name === lower || meaning(lower) !== "";
}

/**
 * Return what to write instead of an unknown operator; empty if nothing here is near.
 * @param {UnknownOperator} unknown
 * @param {(operator: Operator, value: string) => boolean} isKnown whether papers can be asked for this
 */
export function operatorAdvice({ name, value, negated }, isKnown) {
  const lower = name.toLowerCase();
  const means = meaning(lower);
  if (means === "words") return `${negated ? "-" : ""}"${value}"`;
  const isLacking = LACKING.test(lower) !== negated;
  const found = possibleConditions(lower, means, value).find((one) => isKnown(...one));
  if (!found) return "";
  const [operator, asked] = found;
  if (operator === "code") return `code:${(wantsCode(asked) ?? true) !== isLacking ? "yes" : "no"}`;
  return `${isLacking ? "-" : ""}${operator}:${/\s/.test(asked) ? `"${asked}"` : asked}`;
}

/**
 * Return what an unknown operator may mean, the likeliest first.
 * @param {string} name
 * @param {string} means
 * @param {string} value
 * @returns {[Operator, string][]}
 */
function possibleConditions(name, means, value) {
  if (means === "year") return [["year", yearsOf(name, value)]];
  if (means === "code") return [["code", wantsCode(value) === false ? "no" : "yes"]];
  const guesses = value.length < LEAST_GUESSED ? [] : OPERATORS;
  const likely = OPERATORS.filter((operator) => operator === means);
  const named = [...likely, ...guesses].map((operator) => /** @type {[Operator, string]} */ ([operator, value]));
  return CODE.test(value.toLowerCase()) ? [["code", "yes"], ...named] : named;
}

/**
 * Return the years that a date leaves, or those after or before it.
 * @param {string} name
 * @param {string} value
 */
function yearsOf(name, value) {
  const year = Number(/^\d{4}/.exec(value)?.[0]);
  if (!year) return value;
  if (/^(?:after|since|from)$/.test(name)) return `${year}-`;
  return /^(?:before|until|to)$/.test(name) ? `-${year - Number(name === "before")}` : value;
}

/**
 * Return the operator that a word stands for, also in the plural or misspelled; `words` or `any` as in `MEANINGS`; and
 * nothing if the word is none of these.
 * @param {string} name in lowercase
 */
function meaning(name) {
  const near = (/** @type {string} */ word) => name.length >= LEAST_MISSPELLED && editDistance(name, word, 1) <= 1;
  return MEANINGS.get(name) ?? MEANINGS.get(name.replace(/s$/, "")) ?? OPERATORS.find(near) ?? "";
}
