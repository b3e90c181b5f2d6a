// @ts-check
// The facets beside the results: each value with its live count, to be chosen or left out.

import { facetDemand } from "../engine/selection.js";
import { fold, plural } from "../engine/text.js";
import { element } from "./draw.js";

/**
 * @typedef {import("../engine/selection.js").Facet} Facet
 * @typedef {import("../engine/selection.js").Selection} Selection
 * @typedef {import("../engine/selection.js").Selected} Selected
 * @typedef {{facets: Facet[], draw: (asked: Selection, selected: Selected) => void}} Panel
 * @typedef {(change: Partial<Selection>) => void} Go
 */

const LONG = 30; // values from which a facet shows its commonest only, and lets one look for others
const COMMONEST = 12;
const OPEN = ["category", "model"]; // facets that are open at first

/**
 * Fills the panel with the facets of a list.
 * @param {HTMLElement} place
 * @param {import("../engine/columns.js").List} list
 * @param {Facet[]} facets
 * @param {Go} go
 * @returns {Panel}
 */
export function facetPanel(place, list, facets, go) {
  /** @type {Selection} */
  let now;
  const parts = facets.map((facet) => part(facet, () => now, go));
  const span = yearSpan(list, go);
  place.replaceChildren(
    ...parts.slice(0, -3).map((one) => one.node),
    span.node,
    ...parts.slice(-3).map((one) => one.node),
  );
  place.hidden = false;
  const draw = (/** @type {Selection} */ asked, /** @type {Selected} */ selected) => {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    now = asked;
    place.hidden = false;
    for (const [at, one] of parts.entries())
      one.draw(asked, /** @type {Uint32Array} */ (selected.counts.get(facets[at].id)));
    span.draw(asked, selected.years);
    if (focused && focused !== document.activeElement && place.contains(focused))
      focused.focus({ preventScroll: true });
  };
  return { facets, draw };
}

/**
 * @param {Facet} facet
 * @param {() => Selection} now
 * @param {Go} go
 */
function part(facet, now, go) {
  const long = facet.values.length > LONG;
  const items = element("ul", {});
  const chosenCount = element("span", { class: "chosen" });
  const look = element("input", {
    type: "search",
    "aria-label": `Look for a value of ${facet.name}`,
    placeholder: `Find among ${facet.values.length.toLocaleString("en")}`,
    autocomplete: "off",
  });
  const every = element("input", { type: "checkbox", change: () => toggleEvery() });
  const mode = element("label", { class: "every" }, every, " Only papers with all of these");
  const node = element(
    "details",
    { class: "facet", "data-facet": facet.id, open: OPEN.includes(facet.id) },
    element("summary", {}, facet.name, chosenCount),
    element("div", { role: "group", "aria-label": facet.name }, long && look, items, mode),
  );
  /** @type {Map<number, ReturnType<typeof valueItem>>} */
  const made = new Map();
  /** @type {Uint32Array} */
  let counts = new Uint32Array(0);

  function toggleEvery() {
    const { all } = now();
    go({ all: every.checked ? [...all, facet.id] : all.filter((id) => id !== facet.id) });
  }

  /**
   * @param {"chosen" | "excluded"} kind
   * @param {string} id
   */
  function toggle(kind, id) {
    const asked = now();
    const other = kind === "chosen" ? "excluded" : "chosen";
    const held = asked[kind][facet.key] ?? [];
    const kept = held.includes(id) ? held.filter((one) => one !== id) : [...held, id];
    const left = (asked[other][facet.key] ?? []).filter((one) => one !== id);
    go({ [kind]: { ...asked[kind], [facet.key]: kept }, [other]: { ...asked[other], [facet.key]: left } });
  }

  function place() {
    const held = facetDemand(facet, now());
    const wanted = fold(look.value.trim());
    let shown = facet.values.map((_, at) => at);
    if (long) {
      const kept = (/** @type {number} */ at) => held?.chosen.has(at) || held?.excluded.has(at);
      if (wanted) shown = shown.filter((at) => fold(facet.values[at].name).includes(wanted));
      else shown = shown.filter((at) => counts[at] || kept(at));
      const key = (/** @type {number} */ at) => (kept(at) ? 1e9 : 0) + counts[at];
      shown = shown
        .sort((one, other) => key(other) - key(one) || one - other)
        .slice(0, Math.max(COMMONEST, (held?.chosen.size ?? 0) + (held?.excluded.size ?? 0)));
    }
    const rows = shown.map((at) => {
      let item = made.get(at);
      if (!item) made.set(at, (item = valueItem(facet.values[at], toggle)));
      item.draw(counts[at], held?.chosen.has(at) ?? false, held?.excluded.has(at) ?? false);
      return item.node;
    });
    if (rows.length !== items.children.length || rows.some((one, at) => one !== items.children[at]))
      items.replaceChildren(...rows);
    const picked = (held?.chosen.size ?? 0) + (held?.excluded.size ?? 0);
    chosenCount.textContent = picked ? ` ${picked}` : "";
    mode.hidden = !facet.many || !held?.chosen.size;
    every.checked = held?.every ?? false;
    if (picked && !drawn) node.open = true;
  }

  let drawn = false;
  look.addEventListener("input", place);
  const draw = (/** @type {Selection} */ _, /** @type {Uint32Array} */ fresh) => {
    counts = fresh;
    place();
    drawn = true;
  };
  return { node, draw };
}

/**
 * A value: a box to choose it, its count, a button to leave it out.
 * @param {import("../engine/selection.js").Value} value
 * @param {(kind: "chosen" | "excluded", id: string) => void} toggle
 */
function valueItem(value, toggle) {
  const choose = element("input", { type: "checkbox", value: value.id, change: () => toggle("chosen", value.id) });
  const count = element("span", { class: "count" });
  const without = element(
    "button",
    {
      type: "button",
      class: "without",
      "aria-pressed": "false",
      "aria-label": `Leave out ${value.name}`,
      title: "Leave out",
      click: () => toggle("excluded", value.id),
    },
    "−",
  );
  const node = element(
    "li",
    { class: value.depth ? "narrower" : undefined },
    element("label", {}, choose, element("span", {}, value.name), count),
    without,
  );
  if (value.depth) node.style.setProperty("--depth", String(value.depth));
  const draw = (/** @type {number} */ papers, /** @type {boolean} */ chosen, /** @type {boolean} */ left) => {
    const dead = !papers && !chosen && !left;
    choose.checked = chosen;
    choose.disabled = dead;
    without.disabled = dead;
    without.setAttribute("aria-pressed", String(left));
    node.classList.toggle("dead", dead);
    node.classList.toggle("out", left);
    const said = papers.toLocaleString("en");
    if (count.firstChild?.textContent !== said)
      count.replaceChildren(said, element("span", { class: "unseen" }, papers === 1 ? " paper" : " papers"));
  };
  return { node, draw };
}

/**
 * The years, from one to another, each with its count.
 * @param {import("../engine/columns.js").List} list
 * @param {Go} go
 */
function yearSpan(list, go) {
  const years = [...new Set(list.papers.years)].filter(Boolean).sort((one, other) => one - other);
  const choice = (/** @type {string} */ name, /** @type {"from" | "to"} */ key) => {
    const select = element("select", {
      "aria-label": key === "from" ? "First year" : "Last year",
      change: () => go({ [key]: Number(select.value) }),
    });
    return { select, label: element("label", {}, `${name} `, select) };
  };
  const from = choice("From", "from");
  const to = choice("to", "to");
  const node = element(
    "details",
    { class: "facet", "data-facet": "year", open: true },
    element("summary", {}, "Year"),
    element("div", { class: "span", role: "group", "aria-label": "Year" }, from.label, to.label),
  );
  node.hidden = years.length < 2;
  const draw = (/** @type {Selection} */ asked, /** @type {Map<number, number>} */ counts) => {
    for (const [{ select }, chosen, open, fits] of /** @type {const} */ ([
      [from, asked.from, "any year", (/** @type {number} */ year) => !asked.to || year <= asked.to],
      [to, asked.to, "any year", (/** @type {number} */ year) => year >= asked.from],
    ])) {
      const offered = years.filter((year) => fits(year) || year === chosen);
      if (chosen && !offered.includes(chosen)) offered.push(chosen);
      select.replaceChildren(
        element("option", { value: "0" }, open),
        ...offered
          .sort((one, other) => one - other)
          .map((year) =>
            element("option", { value: String(year) }, `${year}: ${plural(counts.get(year) ?? 0, "paper")}`),
          ),
      );
      select.value = String(chosen);
    }
  };
  return { node, draw };
}
