// @ts-check
// Which values of a facet are shown. A long facet is folded to the values with the most papers, and values without
// papers stay out of sight until the reader asks for them; at most a hundred are added at a time.

import { fold } from "./text.js";

/**
 * @typedef {import("./selection.js").Facet} Facet
 * @typedef {import("./selection.js").Value} Value
 * @typedef {{
 *   counts: ArrayLike<number>, kept: number[], wanted: string, steps: number,
 * }} Folding The number of papers of each value; values to show in any case; text to find in their names; and how often
 *   the reader has asked for more.
 */

const FIRST = 8; // values of a folded facet
const SPARE = 2; // that many more are shown rather than folded
const STEP = 100;
const ORDERED_BY_COUNT = ["venue", "author"]; // other facets keep the order of the list, so that terms stay nested

/**
 * Return the indexes of the values to show, in order, and how many are left. Broader terms of those shown are shown, too.
 * @param {Pick<Facet, "key" | "values">} facet
 * @param {Folding} folding
 */
export function shownValues({ key, values }, { counts, kept, wanted, steps }) {
  const keptOnes = new Set(kept);
  const all = foundValues(values, wanted);
  const live = all.filter((at) => counts[at] || keptOnes.has(at));
  const dead = wanted || steps ? all.filter((at) => !counts[at] && !keptOnes.has(at)) : [];
  const byCount = (/** @type {number} */ one, /** @type {number} */ other) =>
    counts[other] - counts[one] || one - other;
  const isKept = (/** @type {number} */ at) => Number(keptOnes.has(at));
  live.sort((one, other) => isKept(other) - isKept(one) || byCount(one, other));
  const most = Math.max(keptOnes.size, mostValues(live.length, wanted, steps));
  const shown = withBroader(values, [...live, ...dead].slice(0, most));
  shown.sort(ORDERED_BY_COUNT.includes(key) ? byCount : (one, other) => one - other);
  const shownOnes = new Set(shown);
  return { shown, left: all.filter((at) => !shownOnes.has(at)).length };
}

/**
 * Return the indexes of the values whose names contain a text.
 * @param {Value[]} values
 * @param {string} wanted
 */
function foundValues(values, wanted) {
  const text = fold(wanted.trim());
  return values.flatMap(({ name }, at) => (!text || fold(name).includes(text) ? [at] : []));
}

/**
 * @param {number} live the number of values with papers
 * @param {string} wanted
 * @param {number} steps
 */
function mostValues(live, wanted, steps) {
  if (wanted) return STEP * (steps + 1);
  if (steps) return FIRST + STEP * steps;
  return live <= FIRST + SPARE ? live : FIRST;
}

/**
 * Return the indexes of values, and of all that are broader.
 * @param {Value[]} values each broader one followed by its narrower ones
 * @param {number[]} places
 */
function withBroader(values, places) {
  const found = new Set(places);
  for (const place of places) {
    let depth = values[place].depth;
    for (let at = place - 1; at >= 0 && depth > 0; at--) {
      if (values[at].depth >= depth) continue;
      found.add(at);
      depth = values[at].depth;
    }
  }
  return [...found];
}
