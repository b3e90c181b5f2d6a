// @ts-check
// The page of all papers, with search and facets. The URL is the only state: input changes the URL, and the URL
// determines the results. So Back, reload, and shared links work.

import { OWN_SORTS, SORTS } from "../engine/orders.js";
import { WHOLE } from "../engine/rank.js";
import { formatSelection, listFacets, parseSelection, updateOwnFacets, withNewIds } from "../engine/selection.js";
import { offerArrangement } from "./arrangement.js";
import { NO_FILTERS } from "./chips.js";
import { announceOutcome } from "./controls.js";
import { loadEngine, loadList, onOwnChange, onProgress, pause, readOwn } from "./data.js";
import { facetPanel } from "./facets.js";
import { hidePlainList, pageElements, ROWS, showFailure, showResults } from "./results.js";

/**
 * @typedef {import("../engine/selection.js").Selection} Selection
 * @typedef {import("./facets.js").FacetPanel} FacetPanel
 * @typedef {import("./results.js").PageElements} PageElements
 * @typedef {{
 *   elements: PageElements, asked: Selection, rows: number, typedAt: number, panel: FacetPanel | null,
 *   papers: number[], shown: Promise<void>, about: About,
 * }} Browsing The elements of the page; the selection in its URL; the number of rows shown; the time of the last
 *   keystroke; the facets, once they are built; the papers found; when they are shown; and what the page is about.
 * @typedef {import("./results.js").About} About
 */

const TYPING = 800; // milliseconds; keystrokes closer together share one history entry

/** @type {About} */
const ALL_PAPERS = { scope: WHOLE, sorts: Object.keys(SORTS).filter((sort) => !OWN_SORTS.includes(sort)) };

/**
 * Set up search and filters on a page.
 * @param {HTMLElement} page
 * @param {About} about
 * @returns {Browsing}
 */
export function startBrowsing(page, about = ALL_PAPERS) {
  /** @type {Browsing} */
  const browsing = {
    about,
    elements: pageElements(page),
    asked: parseSelection(location.search),
    rows: ROWS,
    typedAt: 0,
    panel: null,
    papers: [],
    shown: Promise.resolve(),
  };
  preparePage(page, browsing);
  listenToField(browsing);
  listenToArrowKeys(page, browsing.elements);
  listenToTools(browsing);
  listenToMore(browsing);
  followHeader(page);
  addEventListener("popstate", () => readAddress(browsing));
  onProgress(({ list }) => {
    const lacksSummary = (/** @type {number} */ paper) => !list.papers.summaries[paper];
    if (browsing.asked.q || browsing.papers.slice(0, browsing.rows).some(lacksSummary)) void update(browsing);
  });
  onOwnChange(({ list }) => {
    if (browsing.panel && !updateOwnFacets(browsing.panel.facets, list)) browsing.panel = null;
    browsing.shown = update(browsing);
  });
  browsing.shown = update(browsing);
  return browsing;
}

/**
 * @param {HTMLElement} page
 * @param {Browsing} browsing
 */
function preparePage(page, { elements, asked }) {
  const { status, results, field } = elements;
  if (location.search) {
    hidePlainList(elements);
    status.textContent = "Searching…";
  }
  results.setAttribute("aria-busy", "true");
  field.value = asked.q;
  page.classList.add("filled");
  for (const part of page.querySelectorAll("[data-script]")) /** @type {HTMLElement} */ (part).hidden = false;
}

/**
 * Change the selection and thereby the URL.
 * @param {Browsing} browsing
 * @param {Partial<Selection>} change
 * @param {boolean} step whether to add a history entry, rather than replace the current one
 */
function navigate(browsing, change, step = true) {
  browsing.asked = { ...browsing.asked, ...change };
  browsing.rows = ROWS;
  showQuery(browsing);
  const address = location.pathname + formatSelection(browsing.asked) + location.hash;
  if (step) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  browsing.shown = update(browsing);
  void browsing.shown.then(() => "view" in change || showStart(browsing.elements));
}

/**
 * Scroll to the first results, if the reader has scrolled past them.
 * @param {PageElements} elements
 */
function showStart({ bar, remarks }) {
  const top = remarks.getBoundingClientRect().top - bar.getBoundingClientRect().bottom;
  if (top < 0) scrollBy({ top, behavior: "instant" });
}

/** @param {Browsing} browsing */
function readAddress(browsing) {
  browsing.asked = parseSelection(location.search);
  browsing.rows = ROWS;
  showQuery(browsing);
  browsing.shown = update(browsing);
}

/**
 * Show the query in the field, unless it is there already because the reader typed it.
 * @param {Browsing} browsing
 */
function showQuery({ elements: { field }, asked }) {
  if (field.value !== asked.q) field.value = asked.q;
}

/** @param {Browsing} browsing */
function clearSelection(browsing) {
  navigate(browsing, { q: "", ...NO_FILTERS });
  browsing.elements.field.focus();
}

/**
 * Show the results for the selection, as soon as what they need is loaded: without words, just the list.
 * @param {Browsing} browsing
 */
async function update(browsing) {
  const { elements, asked, about } = browsing;
  const go = (/** @type {Partial<Selection>} */ change) => navigate(browsing, change);
  const actions = { go, clear: () => clearSelection(browsing) };
  try {
    const engine = await (asked.q ? loadEngine() : loadList());
    if (!browsing.panel && about.scope.isOwn) await readOwn(engine);
    if (!browsing.panel) {
      const facets = listFacets(engine.list);
      await pause();
      browsing.panel ??= facetPanel(elements, engine.list, facets, go, about.scope.isOwn);
      await pause();
    }
    if (asked !== browsing.asked) return; // the selection has changed in the meantime
    browsing.asked = withNewIds(asked, engine.list.moved);
    browsing.papers = showResults({ elements, about }, engine, browsing.panel, browsing.asked, browsing.rows, actions);
    about.drawn?.(browsing, engine.list);
  } catch (fault) {
    if (asked.q !== browsing.asked.q) return;
    console.warn(fault);
    showFailure(elements, () => void update(browsing));
  }
}

/** @param {Browsing} browsing */
function listenToField(browsing) {
  const { field } = browsing.elements;
  field.addEventListener("input", () => {
    const now = Date.now();
    navigate(browsing, { q: field.value }, now - browsing.typedAt > TYPING);
    browsing.typedAt = now;
  });
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    browsing.typedAt = 0;
    navigate(browsing, { q: field.value }, field.value !== browsing.asked.q);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (field.value) navigate(browsing, { q: "" });
    else field.blur();
  });
}

/**
 * Let the arrow keys move the focus between the field and the results.
 * @param {HTMLElement} page
 * @param {PageElements} elements
 */
function listenToArrowKeys(page, { field, results }) {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = /** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll("a.work"));
    const stops = [field, ...links];
    const here = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
}

/** @param {Browsing} browsing */
function listenToTools(browsing) {
  const { extras, link, cite } = browsing.elements;
  const copyLink = browsing.about.copyLink ?? (() => navigator.clipboard.writeText(location.href));
  offerArrangement(browsing.elements, browsing.about.sorts, (change) => navigate(browsing, change));
  extras.addEventListener("click", () => {
    const isOpen = extras.getAttribute("aria-expanded") === "true";
    extras.setAttribute("aria-expanded", String(!isOpen));
  });
  announceOutcome(link, copyLink, "Link copied", "Could not copy");
  announceOutcome(cite, () => citePapers(cite, browsing), "Cite", "Could not open");
}

/**
 * Let what stays in view stay below the header of the site, where that stays, too.
 * @param {HTMLElement} page
 */
function followHeader(page) {
  const header = /** @type {HTMLElement} */ (document.querySelector("header"));
  const measure = () => {
    const height = getComputedStyle(header).position === "static" ? 0 : header.offsetHeight;
    page.style.setProperty("--head", `${height}px`);
  };
  new ResizeObserver(measure).observe(header);
}

/** @param {Browsing} browsing */
function listenToMore(browsing) {
  const { more, results } = browsing.elements;
  more.addEventListener("click", async () => {
    const first = browsing.rows;
    browsing.rows += ROWS;
    await update(browsing);
    results.children[first]?.querySelector("a")?.focus();
  });
}

/**
 * Open the dialog that cites the papers found, once they are found.
 * @param {HTMLElement} opener
 * @param {Browsing} browsing
 */
async function citePapers(opener, browsing) {
  const [{ openCiteDialog }, { list }] = await Promise.all([import("./dialogs.js"), loadEngine(), browsing.shown]);
  const papers = browsing.about.taken?.(browsing.papers) ?? browsing.papers;
  const ids = papers.map((paper) => list.papers.ids[paper]);
  openCiteDialog(opener, {
    name: "papers",
    count: ids.length,
    file: async (format) => (await import("./citations.js")).namedCitations(format, ids),
  });
}
