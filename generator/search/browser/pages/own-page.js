// @ts-check
// The page of the reader's own list: search and facets over what is kept, with marks, notes and an order by hand.

import { movedPlaces } from "../own/order.js";
import { isVisits, visited } from "../own/visits.js";
import { completeRows } from "./controls.js";
import { element, entryCount, paperAddress, WORDS } from "./draw.js";
import { showOwn } from "./keeping.js";
import { ChoiceBar, copyLink } from "./own-choice.js";
import { offerFiles } from "./own-files.js";
import { finishOwnRow, goneRow } from "./own-rows.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 * @typedef {import("./browse.js").Browsing} Browsing
 * @typedef {import("../engine/columns.js").List} List
 */

const SORTS = ["mine", "kept", "relevance", "newest", "oldest", "added", "title"];
const VISITS = "visits"; // the name under which they are remembered
const MOST_FRESH = 10; // new papers shown
const GONE_AT_ONCE = 50; // papers that are no longer on the list, shown until the reader asks for more

let mostGone = GONE_AT_ONCE;

/**
 * Set up the page. What stands above the results comes together with them, so that nothing moves.
 * @param {HTMLElement} page
 */
export async function startOwnPage(page) {
  const [own, search] = await Promise.all([showOwn(), import("./search.js")]);
  const choice = new ChoiceBar(part(page, "[data-choice]"), own);
  const moved = element("p", { class: "unseen", role: "status" });
  const move = async (/** @type {string} */ id, /** @type {number | string} */ step) => {
    moved.textContent = await movePaper(own, choice.found, id, step);
  };
  const finishRow = (/** @type {HTMLElement} */ row) => finishOwnRow(row, own, { chosen: choice.chosen, move });
  let isComplete = false;
  const drawn = (/** @type {Browsing} */ { papers, elements, asked }, /** @type {List} */ list) => {
    showSize(page, own);
    choice.draw(
      elements.results,
      papers.map((paper) => list.papers.ids[paper]),
    );
    elements.results.classList.toggle("by-hand", !asked.q && elements.order.value === SORTS[0]);
    if (isComplete) return;
    isComplete = true;
    completePage(page, own, list, { details: search.details, papers: () => choice.papers() });
  };
  search.startBrowsing(page, {
    ...{ scope: { isOwn: true, order: SORTS[0] }, sorts: SORTS, finishRow, drawn },
    copyLink: () => copyLink(choice.papers()),
    taken: (papers) => choice.taken(papers),
  });
  page.append(moved);
  own.listen((ids) => {
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-results] > [data-paper]")))
      if (ids.has(row.dataset.paper ?? "")) finishRow(row);
  });
  showSize(page, own);
}

/**
 * Show what needs the list besides the results.
 * @param {HTMLElement} page
 * @param {OwnPapers} own
 * @param {List} list
 * @param {{details: import("./own-files.js").Described["details"], papers: () => string[]}} shown what the list says of a
 *   paper, and the ids of the papers that are chosen or, if there are none, shown
 */
function completePage(page, own, list, { details, papers }) {
  offerFiles(part(document, "[data-own-files]"), own, { list, details }, papers);
  showGone(page, own, list);
  const known = new Set(list.papers.ids);
  own.listen((ids) => [...ids].every((id) => known.has(id)) || showGone(page, own, list));
  void import("./offline.js").then(({ offerSaving }) => offerSaving(part(document, "[data-offline]"), own));
  showFresh(part(document, "[data-new]"), own, list);
}

/**
 * @param {ParentNode} page
 * @param {string} selector
 */
function part(page, selector) {
  return /** @type {HTMLElement} */ (page.querySelector(selector));
}

/**
 * Show how to begin if nothing is kept, and the list otherwise.
 * @param {HTMLElement} page
 * @param {OwnPapers} own
 */
function showSize(page, own) {
  const isEmpty = !own.kept().length;
  part(document, "[data-empty]").hidden = !isEmpty;
  page.hidden = isEmpty;
  for (const head of document.querySelectorAll(".own-head")) /** @type {HTMLElement} */ (head).hidden = false;
}

/**
 * Move a paper in the order by hand, and return where it is now, in words.
 * @param {OwnPapers} own
 * @param {string[]} ids of all papers, in order
 * @param {string} id
 * @param {number | string} step how far, or the id of the paper in whose place it comes
 */
async function movePaper(own, ids, id, step) {
  const from = ids.indexOf(id);
  const to = typeof step === "string" ? ids.indexOf(step) : Math.max(0, Math.min(ids.length - 1, from + step));
  const said = `${own.get(id)?.title}: place ${to + 1} of ${ids.length}`;
  if (from < 0 || to < 0 || from === to) return from === to ? said : "";
  const places = movedPlaces(
    ids.map((one) => own.get(one)?.place ?? 0),
    from,
    to,
  );
  const moved = new Map([...places].map(([at, place]) => [ids[at], place]));
  await own.change(
    [...moved.keys()].map((one) => ({ id: one, title: own.get(one)?.title ?? "" })),
    (record) => ({ place: moved.get(record.id) ?? record.place }),
  );
  return said;
}

/**
 * Show what is kept but no longer on the list, with the reason if the list gives one.
 * @param {HTMLElement} page
 * @param {OwnPapers} own
 * @param {Pick<List, "papers" | "retired">} list
 */
function showGone(page, own, { papers, retired }) {
  const place = part(page, "[data-gone]");
  const known = new Set(papers.ids);
  const reasons = new Map(Object.entries(retired));
  const gone = own.kept().filter(({ id }) => !known.has(id));
  gone.sort((one, other) => one.place - other.place);
  place.hidden = !gone.length;
  const rows = gone.slice(0, mostGone).map((record) => goneRow(record, own, reasons.get(record.id)));
  const more = button(`Show more of ${gone.length.toLocaleString("en")}`, { class: "link" });
  more.hidden = gone.length <= mostGone;
  more.addEventListener("click", () => {
    mostGone += GONE_AT_ONCE;
    showGone(page, own, { papers, retired });
    /** @type {HTMLElement | undefined} */ ([...place.querySelectorAll("li button")].at(-GONE_AT_ONCE))?.focus();
  });
  place.replaceChildren(element("h2", {}, "No longer on the list"), element("ol", { class: "papers" }, ...rows), more);
}

/**
 * Show what was added to the list since the reader's last visit, and remember this one.
 * @param {HTMLElement} place
 * @param {OwnPapers} own
 * @param {List} list
 */
function showFresh(place, own, { papers }) {
  const before = own.notes.get(VISITS);
  const visits = visited(isVisits(before) ? before : undefined, papers.ids, Date.now());
  void own.setNote(VISITS, visits);
  if (!visits.since) return;
  const day = new Date(visits.since).toLocaleDateString("en-US", { day: "numeric", month: "long", year: "numeric" });
  const titles = new Map(papers.ids.map((id, at) => [id, papers.titles[at]]));
  const fresh = visits.fresh.filter((id) => titles.has(id));
  const rows = fresh
    .slice(0, MOST_FRESH)
    .map((id) =>
      element("li", { "data-paper": id }, element("a", { class: "work", href: paperAddress(id) }, titles.get(id))),
    );
  const more = fresh.length > MOST_FRESH ? element("p", {}, `and ${entryCount(fresh.length - MOST_FRESH)} more`) : null;
  place.replaceChildren(
    element(
      "p",
      {},
      fresh.length ? `Added since your last visit, ${day}:` : `No ${WORDS.many} were added since ${day}.`,
    ),
    ...(rows.length ? [element("ol", { class: "papers brief" }, ...rows)] : []),
    ...(more ? [more] : []),
  );
  place.hidden = false;
  completeRows(place);
}
