// @ts-check
// Shows the results, or a failure of search, on the page of all papers.

import { placesNamed } from "../engine/places.js";
import { rankPapers, sortOrder } from "../engine/rank.js";
import { tellingTags, yearHeadings } from "../engine/rows.js";
import { arrangementElements, showArrangement } from "./arrangement.js";
import { selectionChips, waysOut } from "./chips.js";
import { contextObjects, describeRows } from "./context-objects.js";
import { completeRows } from "./controls.js";
import { progress } from "./data.js";
import { element, entryCount, matchedStems, siteAddress, WORDS } from "./draw.js";
import { fulfilledWishes, grantedWishes, wishLabel } from "./granted.js";
import { absentRemarks, answerRemarks, operatorRemark, placeContent } from "./remarks.js";
import { resultRow } from "./rows.js";
import { suggestionLink } from "./suggestion.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/rank.js").Ranking} Ranking
 * @typedef {import("../engine/selection.js").Selection} Selection
 * @typedef {import("./chips.js").Actions} Actions
 * @typedef {import("./facets.js").FacetPanel} FacetPanel
 * @typedef {ReturnType<typeof pageElements>} PageElements
 * @typedef {{
 *   scope: import("../engine/rank.js").Scope, sorts: string[], finishRow?: (row: HTMLElement) => void,
 *   drawn?: (browsing: import("./browse.js").Browsing, list: Engine["list"]) => void,
 *   copyLink?: () => Promise<unknown>, taken?: (papers: number[]) => number[],
 * }} About What a page is about, the orders that it offers, and what it does with each row and after each change; how it
 *   copies a link, if not to itself, and which of the papers found it cites, if not all.
 * @typedef {{elements: PageElements, about: About}} ResultsPage
 */

export const ROWS = 30; // shown at first, and added each time the reader asks for more
const MOST_PLACES = 3; // above the results
const DATE_ORDERS = new Set(["newest", "oldest"]);

/**
 * Return the elements of the page that scripts fill or add listeners to.
 * @param {HTMLElement} page
 */
export function pageElements(page) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (page.querySelector(selector));
  const findButton = (/** @type {string} */ selector) => /** @type {HTMLButtonElement} */ (find(selector));
  return {
    field: /** @type {HTMLInputElement} */ (find("input[type=search]")),
    ...arrangementElements(page),
    results: find("[data-results]"),
    plain: find("[data-plain]"),
    plainRows: find("[data-plain] .papers"),
    contexts: contextObjects(find("[data-plain]")),
    status: find("[role=status]"),
    remarks: find(".remarks"),
    chips: find(".chips"),
    granted: find(".granted"),
    named: find(".named"),
    tools: find(".tools"),
    nothing: find(".nothing"),
    facets: find(".facets"),
    filters: findButton(".filters"),
    bar: find(".bar"),
    extras: find("[data-extras]"),
    more: findButton("[data-more]"),
    absent: find(".absent"),
    link: findButton("[data-link]"),
    cite: findButton("[data-cite]"),
  };
}

/**
 * Show the results for a selection, and return the papers in order.
 * @param {ResultsPage} page
 * @param {Engine} engine
 * @param {FacetPanel} panel
 * @param {Selection} asked
 * @param {number} rows
 * @param {Actions} actions
 */
export function showResults(page, engine, panel, asked, rows, actions) {
  const { elements, about } = page;
  const ranking = rankPapers(engine, panel.facets, asked, about.scope);
  const { papers, answer, selected } = ranking;
  const { chips, tools, nothing } = elements;
  showRows(page, engine, ranking, asked, rows);
  showStatus(elements, engine, ranking, asked, actions);
  showWishes(elements, engine, ranking, asked, actions);
  showPlaces(elements, engine, ranking, asked);
  panel.draw(asked, selected);
  chips.replaceChildren(...selectionChips(asked, panel.facets, actions));
  tools.hidden = !papers.length;
  nothing.hidden = papers.length > 0;
  if (!papers.length) nothing.replaceChildren(...waysOut(engine, panel.facets, asked, answer, actions, about.scope));
  showAbsent(elements, papers, answer, asked);
  showArrangement(elements, sortOrder(asked, answer, about.scope), asked.view);
  elements.order.options[0].disabled = !answer.matches.length; // best match
  return papers;
}

/**
 * Show the rows, unless they are those that are shown: then, what the reader does with them goes on undisturbed.
 * @param {ResultsPage} page
 * @param {Engine} engine
 * @param {Ranking} ranking
 * @param {Selection} asked
 * @param {number} count
 */
function showRows({ elements, about }, engine, { papers, answer }, asked, count) {
  const { results, more, contexts } = elements;
  const shown = papers.slice(0, count);
  const texts = asked.q ? progress.parts : shown.filter((paper) => engine.awaitsSummary(paper)).length;
  const signature = JSON.stringify([asked.q, asked.view, asked.chosen.tag, texts, shown]);
  if (results.dataset.drawn === signature && results.children.length) return;
  results.dataset.drawn = signature;
  const compact = asked.view === "compact";
  const tags = tellingTags(engine, papers, asked.chosen.tag ?? []);
  const headings = DATE_ORDERS.has(sortOrder(asked, answer, about.scope)) ? yearHeadings(engine.list, papers) : [];
  const setting = (/** @type {number} */ paper, /** @type {number} */ at) => ({
    tags: tags(paper),
    heading: headings[at] ?? "",
    compact,
  });
  const focused = focusedRow(results);
  results.replaceChildren(...shown.map((paper, at) => resultRow(engine, answer, paper, setting(paper, at))));
  completeRows(results);
  if (about.finishRow) for (const row of results.children) about.finishRow(/** @type {HTMLElement} */ (row));
  if (focused) restoreFocus(results, focused);
  results.dataset.results = asked.q;
  results.setAttribute("aria-busy", "false");
  results.classList.toggle("compact", compact);
  results.hidden = !shown.length;
  hidePlainList(elements);
  void describeRows(contexts, results, engine.list, shown);
  more.hidden = papers.length <= count;
  more.textContent = `Show ${Math.min(ROWS, papers.length - count)} more`;
}

/**
 * Return which part of which row has the focus, or null.
 * @param {HTMLElement} results
 */
function focusedRow(results) {
  const part = /** @type {HTMLElement | null} */ (document.activeElement);
  const row = /** @type {HTMLElement | null | undefined} */ (part?.closest("[data-paper]"));
  if (!part || !row || !results.contains(row)) return null;
  return { paper: row.dataset.paper, at: [...results.children].indexOf(row), part: part.className || part.tagName };
}

/**
 * Give the focus back to the row that had it or, if it has left, to the one in its place.
 * @param {HTMLElement} results
 * @param {NonNullable<ReturnType<typeof focusedRow>>} focused
 */
function restoreFocus(results, { paper, at, part }) {
  const rows = /** @type {HTMLElement[]} */ ([...results.children]);
  const row = rows.find((one) => one.dataset.paper === paper) ?? rows[Math.min(at, rows.length - 1)];
  const parts = /** @type {NodeListOf<HTMLElement> | undefined} */ (row?.querySelectorAll("a, button, select, input"));
  const alike = [...(parts ?? [])].find((one) => (one.className || one.tagName) === part);
  (alike ?? parts?.[0])?.focus({ preventScroll: true });
}

/**
 * @param {PageElements} elements
 * @param {Engine} engine
 * @param {Ranking} ranking
 * @param {Selection} asked
 * @param {Actions} actions
 */
function showStatus({ status, remarks }, { list }, { papers, answer }, asked, actions) {
  const { parts, of } = progress;
  const loading =
    asked.q && parts < of ? [`Summaries and abstracts are still loading: ${Math.floor((100 * parts) / of)}%.`] : [];
  const labels = fulfilledWishes(answer, asked).map((wish) => wishLabel(list, wish));
  const granted = element("span", { class: "unseen" }, `, ${labels.join(", ")}`);
  if (papers.length) status.replaceChildren(entryCount(papers.length), ...(labels.length ? [granted] : []));
  else status.textContent = `No ${WORDS.many} found`;
  const ignored = answer.ignoredWishes.map(
    (wish) => `“${wishLabel(list, wish)}” would leave no results, so it was ignored.`,
  );
  const texts = [
    ...absentRemarks(list, asked.papers),
    ...ignored,
    ...(asked.q ? answerRemarks(answer, papers) : []),
    ...loading,
  ];
  const operators = answer.unknownOperators.flatMap((unknown) => operatorNodes(unknown, asked.q, actions));
  remarks.replaceChildren(...operators, texts.join(" "));
}

/**
 * Return a remark on a filter that is none here, with a button that puts the nearest one in its place.
 * @param {import("../engine/conditions.js").AdvisedOperator} unknown
 * @param {string} q
 * @param {Actions} actions
 */
function operatorNodes(unknown, q, { go }) {
  const { advice, start, end } = unknown;
  if (!advice) return [operatorRemark(unknown), " "];
  const click = () => go({ q: q.slice(0, start) + advice + q.slice(end) });
  const text = operatorRemark(unknown);
  return [text.slice(0, -advice.length - 1), button(advice, { class: "link", click }), ". "];
}

/**
 * Show the wishes that were granted, with buttons that take them back.
 * @param {PageElements} elements
 * @param {Engine} engine
 * @param {Ranking} ranking
 * @param {Selection} asked
 * @param {Actions} actions
 */
function showWishes({ granted, field }, { list }, { answer }, asked, { go }) {
  const search = (/** @type {string} */ q) => {
    go({ q });
    field.focus();
  };
  const parts = grantedWishes(list, fulfilledWishes(answer, asked), asked.q, search);
  granted.replaceChildren(...parts);
  granted.hidden = !parts.length;
}

/**
 * Show links to the pages that the query names.
 * @param {PageElements} elements
 * @param {Engine} engine
 * @param {Ranking} ranking
 * @param {Selection} asked
 */
function showPlaces({ named }, engine, { answer }, asked) {
  const found = asked.q ? placesNamed(engine, answer, asked.q, MOST_PLACES) : [];
  const stems = matchedStems(answer);
  const links = found.map((one) =>
    element("a", { href: siteAddress(one.place.path) }, ...placeContent(one, stems, [])),
  );
  named.replaceChildren(...links.map((link) => element("li", {}, link)));
  named.hidden = !links.length;
}

/**
 * Offer to suggest what the query names, if all papers found are near matches.
 * @param {PageElements} elements
 * @param {number[]} papers
 * @param {Ranking["answer"]} answer
 * @param {Selection} asked
 */
function showAbsent({ absent }, papers, { near }, { q }) {
  const isAbsent = papers.length > 0 && papers.every((paper) => near.has(paper));
  const link = isAbsent ? suggestionLink(q) : null;
  absent.hidden = !link;
  if (link) absent.replaceChildren("Not what you are looking for? ", link);
}

/**
 * Hide the plain list. Its rows leave the page, as programs take hidden ones, too, for what the page is about.
 * @param {PageElements} elements
 */
export function hidePlainList({ plain, plainRows }) {
  plain.hidden = true;
  plainRows.remove();
}

/**
 * Show that search failed, and the plain list instead of the results.
 * @param {PageElements} elements
 * @param {() => void} retry
 */
export function showFailure(elements, retry) {
  const { results, plain, plainRows, remarks, tools, nothing, facets, filters, more, absent, status, granted, named } =
    elements;
  results.replaceChildren();
  plain.append(plainRows);
  plain.hidden = false;
  remarks.textContent = "";
  for (const part of [results, tools, nothing, facets, filters, more, absent, granted, named]) part.hidden = true;
  status.replaceChildren(
    "Search is not available because its data could not be loaded. ",
    button("Try again", { class: "link", click: retry }),
  );
  results.setAttribute("aria-busy", "false");
}
