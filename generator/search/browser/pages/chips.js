// @ts-check
// Shows the selection as chips: buttons that remove one filter each. If no paper matches, suggests what to remove.

import { rankPapers } from "../engine/rank.js";
import { OWN_KEYS } from "../engine/selection.js";
import { element, entryCount, PLAIN_PAGES, siteAddress, WORDS } from "./draw.js";
import { yearSpan } from "./granted.js";
import { suggestionLink } from "./suggestion.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../engine/engine.js").Answer} Answer
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/selection.js").Facet} Facet
 * @typedef {import("../engine/selection.js").Selection} Selection
 * @typedef {{go: (change: Partial<Selection>) => void, clear: () => void}} Actions Change the selection, or clear
 *   it.
 */

const LONGEST_CHIP = 40; // characters of a query
const OWN_CONDITION = /(?:^|\s)mine:/;

/** The change that removes everything from a selection except the query. */
export const NO_FILTERS = { chosen: {}, excluded: {}, all: [], from: 0, to: 0, papers: [] };

/**
 * Return a button for each filter of the selection and for its query, and one that clears them all.
 * @param {Selection} asked
 * @param {Facet[]} facets
 * @param {Actions} actions
 */
export function selectionChips(asked, facets, { go, clear }) {
  const chips = facets.flatMap((facet) => [
    ...valueChips(asked, facet, "chosen", go),
    ...valueChips(asked, facet, "excluded", go),
  ]);
  if (asked.from || asked.to) chips.push(chip(yearSpan(asked.from, asked.to), () => go({ from: 0, to: 0 })));
  if (asked.papers.length) chips.push(chip(`${entryCount(asked.papers.length)} chosen`, () => go({ papers: [] })));
  const short = asked.q.length > LONGEST_CHIP ? `${asked.q.slice(0, LONGEST_CHIP)}…` : asked.q;
  if (asked.q) chips.push(chip(`“${short}”`, () => go({ q: "" }), "chip query"));
  if (chips.length > 1) chips.push(button("Clear all", { class: "link", click: clear }));
  return chips;
}

/**
 * @param {Selection} asked
 * @param {Facet} facet
 * @param {"chosen" | "excluded"} kind
 * @param {Actions["go"]} go
 */
function valueChips(asked, facet, kind, go) {
  const ids = asked[kind][facet.key] ?? [];
  return ids.flatMap((id) => {
    const value = facet.values.find((one) => one.id === id);
    const rest = { ...asked[kind], [facet.key]: ids.filter((other) => other !== id) };
    return value ? [chip(`${kind === "excluded" ? "not " : ""}${value.name}`, () => go({ [kind]: rest }))] : [];
  });
}

/**
 * @param {string} name
 * @param {() => void} remove
 * @param {string} kind
 */
function chip(name, remove, kind = "chip") {
  return button(name, { class: kind, "aria-label": `Remove ${name}`, click: remove });
}

/**
 * Return what to show if no paper matches: the reason, and buttons that remove filters, with the resulting counts. If
 * nothing has the words, or the address that was typed, what was searched for can be suggested.
 * @param {Engine} engine
 * @param {Facet[]} facets
 * @param {Selection} asked
 * @param {Answer} answer
 * @param {Actions} actions
 * @param {import("../engine/rank.js").Scope} scope
 */
export function waysOut(engine, facets, asked, answer, { go, clear }, scope) {
  const filtered = asked.q ? rankPapers(engine, facets, { ...asked, q: "" }, scope).papers.length : 0;
  const matching = answer.papers.length;
  const isUnknown = asked.q !== "" && !matching && !asksForOwn(engine, asked, scope);
  const pages = isUnknown ? PLAIN_PAGES.slice(1) : [];
  return [
    element("p", {}, asksForOwn(engine, asked, scope) || nothingFound(answer, isUnknown)),
    isUnknown && suggestionLink(asked.q),
    asked.q &&
      matching &&
      button(`Search without the filters: ${entryCount(matching)}`, { click: () => go(NO_FILTERS) }),
    filtered &&
      filtered < engine.list.papers.ids.length &&
      button(`Use the filters without the words: ${entryCount(filtered)}`, { click: () => go({ q: "" }) }),
    button(scope.isOwn ? "My whole list" : `All ${WORDS.many}`, { click: clear }),
    ...pages.map(([path, name]) => element("a", { href: siteAddress(path) }, name)),
  ].filter((part) => part !== null && typeof part === "object");
}

/**
 * Return what to say if the reader asks for what they keep and keeps nothing of the list, or an empty text.
 * @param {Engine} engine
 * @param {Selection} asked
 * @param {import("../engine/rank.js").Scope} scope
 */
function asksForOwn({ list }, { q, chosen }, { isOwn }) {
  if (list.own.places.size) return "";
  if (isOwn) return "Nothing that you keep is on the list any more.";
  const isAsked = OWN_KEYS.some((key) => chosen[key]?.length) || OWN_CONDITION.test(q);
  return isAsked ? `You keep nothing yet. Each of the ${WORDS.many} has a bookmark that puts it on your list.` : "";
}

/**
 * Return why no paper matches.
 * @param {Answer} answer
 * @param {boolean} isUnknown whether this is so without any filter
 */
function nothingFound({ unknownIdentifiers }, isUnknown) {
  if (!isUnknown) return `No ${WORDS.one} matches all of these words and filters.`;
  if (unknownIdentifiers) return "Nothing here has this address or number. Try the title, or look through the list:";
  return "None of these words appears in the list. Try other or fewer words, or look through the list:";
}
