// @ts-check
// The facets beside the results. Each value has a current count, and can be chosen or excluded.

import { facetDemand, parseSelection, toggleValue } from "../engine/selection.js";
import { fold } from "../engine/text.js";
import { element, entryCount, WORDS } from "./draw.js";
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

const LONG_FACET = 30; // values; in a longer facet only the most common are shown, and a field finds the others
const COMMONEST = 12;
const SUBJECT_KEYS = ["category", "tag"]; // the facets on the subject of a paper

/**
 * Fill an element with the facets of a list. The years come after the facets on the subject.
 * @param {HTMLElement} place
 * @param {List} list
 * @param {Facet[]} facets
 * @param {Go} go
 * @returns {FacetPanel}
 */
export function facetPanel(place, list, facets, go) {
  const sections = facets.map((facet) => facetSection(facet, isOpenAtFirst(facet, facets), go));
  const years = yearFacet(list, go);
  const onSubject = (/** @type {Section} */ section) => SUBJECT_KEYS.includes(section.facet.key);
  const subject = sections.filter(onSubject);
  const others = sections.filter((section) => !onSubject(section));
  place.replaceChildren(...subject.map(({ node }) => node), years.node, ...others.map(({ node }) => node));
  const draw = (/** @type {Selection} */ asked, /** @type {Selected} */ selected) => {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    place.hidden = false;
    for (const section of sections)
      drawSection(section, asked, /** @type {Uint32Array} */ (selected.counts.get(section.facet.id)));
    years.draw(asked, selected.years);
    if (focused && focused !== document.activeElement && place.contains(focused))
      focused.focus({ preventScroll: true });
  };
  return { facets, draw };
}

/**
 * Return whether a facet is open at first, as the shelves and the first facet of the vocabulary are.
 * @param {Facet} facet
 * @param {Facet[]} facets
 */
function isOpenAtFirst(facet, facets) {
  return SUBJECT_KEYS.includes(facet.key) && facet === facets.find(({ key }) => key === facet.key);
}

/**
 * Return a facet with its elements and their state.
 * @param {Facet} facet
 * @param {boolean} open
 * @param {Go} go
 */
function facetSection(facet, open, go) {
  const list = element("ul", {});
  const chosenCount = element("span", { class: "chosen" });
  const finder = valueFinder(facet);
  const every = element("input", { type: "checkbox" });
  const mode = element("label", { class: "every" }, every, ` Only ${WORDS.many} with all of these`);
  const isLong = facet.values.length > LONG_FACET;
  const node = element(
    "details",
    { class: "facet", "data-facet": facet.id, open },
    element("summary", {}, facet.name, chosenCount),
    element("div", { role: "group", "aria-label": facet.name }, isLong && finder, list, mode),
  );
  /** @type {Map<number, ValueItem>} */
  const items = new Map();
  /** @type {Uint32Array} */
  const counts = new Uint32Array(facet.values.length);
  const state = { asked: parseSelection(""), counts, isDrawn: false };
  const section = { facet, go, node, list, chosenCount, finder, every, mode, items, isLong, ...state };
  finder.addEventListener("input", () => drawValues(section));
  every.addEventListener("change", () => {
    const { all } = section.asked;
    go({ all: every.checked ? [...all, facet.id] : all.filter((id) => id !== facet.id) });
  });
  return section;
}

/** @param {Facet} facet */
function valueFinder({ name, values }) {
  return element("input", {
    type: "search",
    "aria-label": `Search the values of ${name}`,
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
  const picked = demand ? demand.chosen.size + demand.excluded.size : 0;
  section.chosenCount.textContent = picked ? ` ${picked}` : "";
  section.mode.hidden = !section.facet.many || !demand?.chosen.size;
  section.every.checked = demand?.every ?? false;
  if (picked && !section.isDrawn) section.node.open = true;
  section.isDrawn = true;
}

/** @param {Section} section */
function drawValues(section) {
  const { facet, asked, counts, list, items } = section;
  const demand = facetDemand(facet, asked);
  const rows = shownValues(section, demand).map((at) => {
    const item = items.get(at) ?? valueItem(section, facet.values[at]);
    items.set(at, item);
    drawItem(item, counts[at], demand?.chosen.has(at) ?? false, demand?.excluded.has(at) ?? false);
    return item.node;
  });
  if (rows.length !== list.children.length || rows.some((row, at) => row !== list.children[at]))
    list.replaceChildren(...rows);
}

/**
 * Return the indexes of the values to show: in a short facet all; in a long one those that match the finder's text or,
 * without a text, those chosen or excluded and the most common of the others.
 * @param {Section} section
 * @param {Demand} demand
 */
function shownValues({ facet, counts, finder, isLong }, demand) {
  const all = facet.values.map((_, at) => at);
  if (!isLong) return all;
  const wanted = fold(finder.value.trim());
  const isPicked = (/** @type {number} */ at) => demand?.chosen.has(at) || demand?.excluded.has(at);
  const fits = (/** @type {number} */ at) =>
    wanted ? fold(facet.values[at].name).includes(wanted) : counts[at] || isPicked(at);
  const rank = (/** @type {number} */ at) => (isPicked(at) ? 1e9 : 0) + counts[at];
  const most = Math.max(COMMONEST, demand ? demand.chosen.size + demand.excluded.size : 0);
  return all
    .filter(fits)
    .sort((one, other) => rank(other) - rank(one) || one - other)
    .slice(0, most);
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
    element("label", {}, "From ", from),
    element("label", {}, "to ", to),
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
