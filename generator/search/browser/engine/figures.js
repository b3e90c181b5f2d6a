// @ts-check
// Finds the sentences of a text that quote figures: percentages, scores, factors, counts, and numbers with a unit. Years,
// numbers in names (“GPT-2”), references (“[8]”, “Section 3”), and addresses are none.

/** @typedef {{start: number, end: number}} Span The position of a sentence in its text, in UTF-16 code units. */

const END = /[.!?]+["”’)\]]*\s+(?=["“‘(]?[\p{Lu}\p{N}])/gu;
const ABBREVIATED = /(?:^|[\s(])(?:e\.g|i\.e|etc|al|vs|cf|figs?|eqs?|secs?|resp|approx|ca|no|dr|prof|\p{L})\.\s+$/iu;
const ADDRESS = /\b(?:https?:\/\/|www\.|doi:|arxiv:)\S+/gi;
const NUMBER = /\d+(?:[.,]\d+)*/g;
const YEAR = /^(?:1[5-9]|20)\d\d$/;
const ARXIV_ID = /^\d{4}\.\d{4,5}$/;
const IN_NAME = /[\p{L}\p{N}_]$|[\p{L}\p{N}][-–.:/@#]$/u;
const AFTER_NAME = /(\p{Lu}[\p{L}\p{N}@-]*)\s$/u;
const OPENING_WORD = /^(?:across|all|among|at|for|from|in|of|on|only|over|the|these|to|under|up|using|we|with)$/i;
const SHARE =
  /^\s?(?:%|‰|percent\b|per cent\b|percentage points?\b|×|x\b|[x×]\s?\d|times\b)|^-?fold\b|^\^\{?\d|^[²³⁴⁵⁶⁷⁸⁹]|^\/\d{1,2}(?![\d/])/i;
const SCALE = /^\s?(?:thousand|million|billion|trillion)\b|^[KMBT]\b/;
const UNIT =
  /^[\s-]?(?:ms|µs|ns|seconds?|minutes?|hours?|days?|weeks?|months?|years?|[KMGT]B|[kMG]?Hz|fps|FPS|px|pixels?|[mcµn]m|[km]g|dB|°C?|bits?|bytes?|tokens?|parameters?|FLOPs?|GPUs?|points?)\b/;
const COUNTED = /^\s(?:[\p{L}-]+\s){0,2}\p{Ll}{2,}s\b/u;
const COMPARED = /[=<>≤≥≈~±$€£]\s?$/;

/**
 * Return the sentences of a text that quote figures.
 * @param {string} text
 */
export function figureSentences(text) {
  const searched = text.replace(ADDRESS, (address) => " ".repeat(address.length));
  return sentences(text).filter(({ start, end }) => quotesFigure(searched.slice(start, end)));
}

/**
 * Return the sentences of a text, without the space between them.
 * @param {string} text
 * @returns {Span[]}
 */
export function sentences(text) {
  const spans = [];
  let start = 0;
  for (const { 0: gap, index } of text.matchAll(END)) {
    const end = index + gap.length;
    if (ABBREVIATED.test(text.slice(start, end))) continue;
    spans.push({ start, end: index + gap.trimEnd().length });
    start = end;
  }
  return text.slice(start).trim() ? [...spans, { start, end: text.trimEnd().length }] : spans;
}

/** @param {string} sentence */
function quotesFigure(sentence) {
  return [...sentence.matchAll(NUMBER)].some(({ 0: number, index }) =>
    isFigure(number, sentence.slice(0, index), sentence.slice(index + number.length)),
  );
}

/**
 * Return whether a number is a figure, by what stands before and after it.
 * @param {string} number
 * @param {string} before
 * @param {string} after
 */
function isFigure(number, before, after) {
  if (IN_NAME.test(before) || ARXIV_ID.test(number) || number.split(".").length > 2) return false;
  if (SHARE.test(after) || SCALE.test(after) || COMPARED.test(before)) return true;
  if (YEAR.test(number)) return false;
  if (UNIT.test(after) || number.includes(",")) return true;
  const name = AFTER_NAME.exec(before)?.[1] ?? "";
  const isNamed = name !== "" && !OPENING_WORD.test(name);
  if (number.includes(".")) return !isNamed || isExact(number);
  return !isNamed && COUNTED.test(after);
}

/**
 * Return whether a decimal number after a name is more likely a score (“FID 2.84”, “BLEU 41.8”) than a version (“GPT 3.5”).
 * @param {string} number
 */
function isExact(number) {
  return Number(number) >= 10 || number.split(".")[1].length > 1;
}
