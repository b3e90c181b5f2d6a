// @ts-check
// The facets beside the results. Each value has a current count, and can be chosen or excluded.

import { shownValues } from "../engine/facet-values.js";
import { facetDemand, OWN_KEYS, parseSelection, toggleValue } from "../engine/selection.js";
import { element, entryCount, WORDS } from "./draw.js";
import { filterSheet } from "./filter-sheet.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../engine/columns.js").List} List
 * @typedef {import("../engine/selection.js").Demand} Demand
 * @typedef {import("../engine/selection.js").Facet} Facet
 * @typedef {import("../engine/selection.js").Selection} Selection
 * @typedef {import("../engine/selection.js").Selected} Selected
 * @typedef {import("../engine/selection.js").Value} Value
 * @typedef {(change: Partial<Selection>) => void} Go Changes the selection.
 * @typedef {{facets: Facet[], draw: (asked: Selection, selected: Selected) => void}} FacetPanel
 * @typedef {ReturnType<typeof valueItem>} ValueItem
 * @typedef {ReturnType<typeof facetSection>} Section
 */

const LONG_FACET = 30; // values; a longer facet has a field that finds them
const SUBJECT_KEYS = ["category", "tag"]; // the facets on the subject of a paper

/**
 * Fill an element with the facets of a list. Years and code come first, as they are short and often wanted; on the
 * reader's own list, what the reader made of the papers.
 * @param {{facets: HTMLElement, filters: HTMLButtonElement}} elements the place for the facets, and the button that
 *   opens them on a small screen
 * @param {List} list
 * @param {Facet[]} facets
 * @param {Go} go
 * @param {boolean} isOwn whether this is the reader's own list
 * @returns {FacetPanel}
 */
export function facetPanel({ facets: place, filters }, list, facets, go, isOwn) {
  const isFirst = (/** @type {Facet} */ { key }) => isOwn && OWN_KEYS.some((own) => own === key);
  const sections = facets.map((facet) => facetSection(facet, isFirst(facet) || isOpenAtFirst(facet, facets), go));
  const years = yearFacet(list, go);
  const nodes = (/** @type {(facet: Facet) => boolean} */ belongs) =>
    sections.filter(({ facet }) => belongs(facet)).map(({ node }) => node);
  const isCode = (/** @type {Facet} */ { key }) => key === "code";
  const rest = nodes((facet) => !isFirst(facet) && !isCode(facet));
  place.replaceChildren(...nodes(isFirst), years.node, ...nodes(isCode), ...rest);
  const drawSheet = filterSheet(place, filters, go);
  const draw = (/** @type {Selection} */ asked, /** @type {Selected} */ selected) => {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    place.hidden = false;
    filters.hidden = filters.disabled = false;
    for (const section of sections)
      drawSection(section, asked, /** @type {Uint32Array} */ (selected.counts.get(section.facet.id)));
    years.draw(asked, selected.years);
    drawSheet(filterCount(asked, facets), selected.papers.length);
    if (focused && focused !== document.activeElement && place.contains(focused))
      focused.focus({ preventScroll: true });
  };
  return { facets, draw };
}

/**
 * Return the number of filters of a selection; the years are one.
 * @param {Selection} asked
 * @param {Facet[]} facets
 */
function filterCount(asked, facets) {
  const picked = facets.reduce((sum, facet) => sum + pickedValues(facetDemand(facet, asked)).length, 0);
  return picked + (asked.from || asked.to ? 1 : 0);
}

/**
 * Return the indexes of the values that are chosen or excluded.
 * @param {Demand} demand
 */
function pickedValues(demand) {
  return demand ? [...demand.chosen, ...demand.excluded] : [];
}

/**
 * Return whether a facet is open at first, as code, the shelves and the first facet of the vocabulary are.
 * @param {Facet} facet
 * @param {Facet[]} facets
 */
function isOpenAtFirst(facet, facets) {
  if (facet.key === "code") return true;
  return SUBJECT_KEYS.includes(facet.key) && facet === facets.find(({ key }) => key === facet.key);
}

/**
 * Return a facet with its elements and their state.
 * @param {Facet} facet
 * @param {boolean} open
 * @param {Go} go
 */
function facetSection(facet, open, go) {
  const chosenCount = element("span", { class: "chosen" });
  const parts = sectionParts(facet);
  const { finder, every, mode, list, none, fold, ...buttons } = parts;
  const isLong = facet.values.length > LONG_FACET;
  const node = element(
    "details",
    { class: "facet", "data-facet": facet.id, open },
    element("summary", {}, facet.name, chosenCount),
    element("div", { role: "group", "aria-label": facet.name }, isLong && finder, isLong && none, list, fold, mode),
  );
  /** @type {Map<number, ValueItem>} */
  const items = new Map();
  /** @type {Uint32Array} */
  const counts = new Uint32Array(facet.values.length);
  const state = { asked: parseSelection(""), counts, steps: 0, isDrawn: false };
  const section = { facet, go, node, list, none, chosenCount, finder, every, mode, items, ...buttons, ...state };
  listenToSection(section);
  return section;
}

/**
 * Return the elements within a facet.
 * @param {Facet} facet
 */
function sectionParts(facet) {
  const every = element("input", { type: "checkbox" });
  const more = button("", { class: "link" });
  const fewer = button("Fewer", { class: "link", "aria-label": `Show fewer in ${facet.name}` });
  return {
    finder: valueFinder(facet),
    list: element("ul", {}),
    none: element("p", { class: "none", role: "status" }),
    more,
    fewer,
    fold: element("div", { class: "fold" }, more, fewer),
    every,
    mode: element("label", { class: "every" }, every, ` Only ${WORDS.many} with all of these`),
  };
}

/** @param {Section} section */
function listenToSection(section) {
  const { facet, go, finder, every, more, fewer } = section;
  finder.addEventListener("input", () => {
    section.steps = 0;
    drawValues(section);
  });
  more.addEventListener("click", () => showMore(section));
  fewer.addEventListener("click", () => {
    section.steps = 0;
    drawValues(section);
    more.focus();
  });
  every.addEventListener("change", () => {
    const { all } = section.asked;
    go({ all: every.checked ? [...all, facet.id] : all.filter((id) => id !== facet.id) });
  });
}

/**
 * Show more values, and move the focus to the first of them.
 * @param {Section} section
 */
function showMore(section) {
  const before = new Set(section.list.children);
  section.steps += 1;
  drawValues(section);
  const added = [...section.list.children].find((row) => !before.has(row) && !row.matches(".dead"));
  (added?.querySelector("input") ?? section.fewer).focus();
}

/** @param {Facet} facet */
function valueFinder({ name, values }) {
  return element("input", {
    type: "search",
    "aria-label": `Search in ${name}`,
    placeholder: `Find among ${values.length.toLocaleString("en")}`,
    autocomplete: "off",
  });
}

/**
 * @param {Section} section
 * @param {Selection} asked
 * @param {Uint32Array} counts
 */
function drawSection(section, asked, counts) {
  section.asked = asked;
  section.counts = counts;
  drawValues(section);
  const demand = facetDemand(section.facet, asked);
  const picked = pickedValues(demand).length;
  const unit = element("span", { class: "unseen" }, " chosen");
  section.chosenCount.replaceChildren(...(picked ? [` ${picked}`, unit] : []));
  section.mode.hidden = !section.facet.many || !demand?.chosen.size;
  section.every.checked = demand?.every ?? false;
  if (picked && !section.isDrawn) section.node.open = true;
  section.isDrawn = true;
}

/** @param {Section} section */
function drawValues(section) {
  const { facet, asked, counts, list, items, finder, none, more, fewer, steps } = section;
  const demand = facetDemand(facet, asked);
  const kept = [...pickedValues(demand), ...focusedValues(section)];
  const wanted = finder.value;
  const { shown, left } = shownValues(facet, { counts, kept, wanted, steps });
  const rows = shown.map((at) => {
    const item = items.get(at) ?? valueItem(section, facet.values[at]);
    items.set(at, item);
    drawItem(item, counts[at], demand?.chosen.has(at) ?? false, demand?.excluded.has(at) ?? false);
    return item.node;
  });
  if (rows.length !== list.children.length || rows.some((row, at) => row !== list.children[at]))
    list.replaceChildren(...rows);
  none.textContent = rows.length || !wanted ? "" : "Nothing found.";
  const rest = shown.length ? "more" : `without ${WORDS.many}`;
  const unit = element("span", { class: "unseen" }, ` in ${facet.name}`);
  more.replaceChildren(`${left.toLocaleString("en")} ${rest}`, unit);
  more.hidden = !left;
  fewer.hidden = !steps;
}

/**
 * Return the index of the value that has the focus, if any, so that it doesn't disappear.
 * @param {Section} section
 */
function focusedValues({ list, items }) {
  if (!list.contains(document.activeElement)) return [];
  return [...items].filter(([, { node }]) => node.contains(document.activeElement)).map(([at]) => at);
}

/**
 * Return the elements of a value: a checkbox to choose it, its count, and a button to exclude it.
 * @param {{facet: Facet, go: Go, asked: Selection}} section
 * @param {Value} value
 */
function valueItem(section, { id, name, depth }) {
  const toggle = (/** @type {"chosen" | "excluded"} */ kind) =>
    section.go(toggleValue(section.asked, section.facet.key, kind, id));
  const choose = element("input", { type: "checkbox", value: id, change: () => toggle("chosen") });
  const count = element("span", { class: "count" });
  const label = element("label", {}, choose, element("span", {}, name), count);
  const exclude = button("−", {
    ...{ class: "without", "aria-pressed": "false", "aria-label": `Exclude ${name}`, title: "Exclude" },
    click: () => toggle("excluded"),
  });
  const node = element("li", { class: depth ? "narrower" : undefined }, label, exclude);
  if (depth) node.style.setProperty("--depth", String(depth));
  return { node, choose, count, exclude };
}

/**
 * @param {ValueItem} item
 * @param {number} papers
 * @param {boolean} isChosen
 * @param {boolean} isExcluded
 */
function drawItem({ node, choose, count, exclude }, papers, isChosen, isExcluded) {
  const dead = !papers && !isChosen && !isExcluded;
  choose.checked = isChosen;
  choose.disabled = dead;
  exclude.disabled = dead;
  exclude.setAttribute("aria-pressed", String(isExcluded));
  node.classList.toggle("dead", dead);
  node.classList.toggle("out", isExcluded);
  const number = papers.toLocaleString("en");
  if (count.firstChild?.textContent === number) return;
  count.replaceChildren(number, element("span", { class: "unseen" }, ` ${papers === 1 ? WORDS.one : WORDS.many}`));
}

/**
 * Return the facet of years: two menus for the first and last year, which show the count of each year.
 * @param {List} list
 * @param {Go} go
 */
function yearFacet(list, go) {
  const years = [...new Set(list.papers.years)].filter(Boolean).sort((one, other) => one - other);
  const from = yearSelect("First year", (year) => go({ from: year }));
  const to = yearSelect("Last year", (year) => go({ to: year }));
  const group = element(
    "div",
    { class: "span", role: "group", "aria-label": "Year" },
    element("label", {}, element("span", {}, "From "), from),
    element("label", {}, element("span", {}, "to "), to),
  );
  const node = element(
    "details",
    { class: "facet", "data-facet": "year", open: true },
    element("summary", {}, "Year"),
    group,
  );
  node.hidden = years.length < 2;
  const draw = (/** @type {Selection} */ asked, /** @type {Map<number, number>} */ counts) => {
    const before = years.filter((year) => !asked.to || year <= asked.to);
    const after = years.filter((year) => year >= asked.from);
    drawYears(from, before, asked.from, counts);
    drawYears(to, after, asked.to, counts);
  };
  return { node, draw };
}

/**
 * @param {string} name
 * @param {(year: number) => void} choose
 */
function yearSelect(name, choose) {
  const select = element("select", { "aria-label": name, change: () => choose(Number(select.value)) });
  return select;
}

/**
 * @param {HTMLSelectElement} select
 * @param {number[]} years
 * @param {number} chosen 0 for any year
 * @param {Map<number, number>} counts
 */
function drawYears(select, years, chosen, counts) {
  const offered = [...new Set(chosen ? [...years, chosen] : years)].sort((one, other) => one - other);
  const options = offered.map((year) =>
    element("option", { value: String(year) }, `${year}: ${entryCount(counts.get(year) ?? 0)}`),
  );
  select.replaceChildren(element("option", { value: "0" }, "any year"), ...options);
  select.value = String(chosen);
}
