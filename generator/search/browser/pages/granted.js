// @ts-check
// Says which wishes of a query were granted, and lets the reader take them back.

import { parseQuery } from "../engine/query.js";
import { takeBack } from "../engine/wishes.js";
import { element } from "./draw.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../engine/columns.js").List} List
 * @typedef {import("../engine/engine.js").Answer} Answer
 * @typedef {import("../engine/selection.js").Selection} Selection
 * @typedef {import("../engine/wishes.js").Wish} Wish
 */

const MOST_NAMES = 2; // in a label

/**
 * Return the wishes that the results fulfill: all that were granted, but no order if the reader chose another one.
 * @param {Answer} answer
 * @param {Selection} asked
 */
export function fulfilledWishes({ wishes }, { sort }) {
  return wishes.filter(({ kind }) => !sort || (kind !== "newest" && kind !== "oldest"));
}

/**
 * Return a button for each wish that takes it back, and if there are several one for all of them.
 * @param {List} list
 * @param {Wish[]} wishes
 * @param {string} text the query as typed
 * @param {(text: string) => void} search
 */
export function grantedWishes(list, wishes, text, search) {
  const without = (/** @type {Wish[]} */ those) => () => search(takeBack(text, parseQuery(text), those));
  const chips = wishes.map((wish) => {
    const label = wishLabel(list, wish);
    const hint = `${label}: search for the words instead`;
    return button(label, {
      class: "chip",
      "aria-label": hint,
      title: "Search for the words instead",
      click: without([wish]),
    });
  });
  const all = button("Search for these words instead", { class: "link", click: without(wishes) });
  return wishes.length ? [element("span", {}, "Understood as"), ...chips, all] : [];
}

/**
 * Return what a wish is called, in lower case unless a name begins it.
 * @param {List} list
 * @param {Wish} wish
 */
export function wishLabel(list, { kind, name, values }) {
  const names = (/** @type {{name: string}[]} */ items) => joinNames(values.map((at) => items[at].name));
  if (kind === "years") return yearSpan(values[0], values[1] === 9999 ? 0 : values[1]);
  if (kind === "venue") return `venue ${names(list.venues)}`;
  if (kind === "author") return `by ${names(list.people)}`;
  if (kind === "term") return `“${names(list.terms)}” first`;
  if (kind === "kind") return `“${names(list.kinds)}” first`;
  if (kind === "withoutTerm") return `without “${names(list.terms)}”`;
  if (kind === "withoutWord") return `without “${name}”`;
  return PLAIN_LABELS[kind];
}

const PLAIN_LABELS = {
  newest: "newest first",
  oldest: "oldest first",
  code: "with code",
  noCode: "without code",
  beginners: "starting points first",
};

/** @param {string[]} names */
function joinNames(names) {
  return names.length > MOST_NAMES ? `${names[0]} and ${names.length - 1} more` : names.join(" or ");
}

/**
 * Return a span of years in words; a year is 0 if it is not set.
 * @param {number} from
 * @param {number} to
 */
export function yearSpan(from, to) {
  if (from && from === to) return `${from}`;
  if (from && to) return `${from} to ${to}`;
  return from ? `from ${from}` : `up to ${to}`;
}
