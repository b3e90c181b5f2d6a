// @ts-check
// The page of all papers, with search and facets. The address is the only state: input → address → draw, so that Back,
// reload and shared links work.

import { rankPapers, sortOrder } from "../engine/rank.js";
import { formatSelection, listFacets, parseSelection, SORTS, selectPapers, withNewIds } from "../engine/selection.js";
import { plural } from "../engine/text.js";
import { announceOutcome } from "./announce.js";
import { fetchJson, loadEngine, onProgress, progress } from "./data.js";
import { answerRemarks, element, resultRow } from "./draw.js";
import { facetPanel } from "./facets.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/selection.js").Selection} Selection
 */

const SHOWN = 30; // rows at first, and how many more at a time
const TYPING = 800; // milliseconds within which letters belong to one step of the history

/**
 * @param {HTMLElement} page
 */
export function startBrowsing(page) {
  const at = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (page.querySelector(selector));
  const field = /** @type {HTMLInputElement} */ (at("input[type=search]"));
  const order = /** @type {HTMLSelectElement} */ (at("[data-sort]"));
  const results = at("[data-results]");
  const plain = at("[data-plain]");
  const status = at("[role=status]");
  const remark = at(".remarks");
  const more = /** @type {HTMLButtonElement} */ (at("[data-more]"));
  const chips = at(".chips");
  let shown = SHOWN;
  let typed = 0;
  let asked = parseSelection(location.search);
  /** @type {import("./facets.js").Panel | null} */
  let side = null;
  /** @type {number[]} */
  let found = [];

  if (location.search) {
    plain.hidden = true;
    status.textContent = "Searching…";
  }
  results.setAttribute("aria-busy", "true");
  field.value = asked.q;
  page.classList.add("filled");
  for (const part of page.querySelectorAll("[data-script]")) /** @type {HTMLElement} */ (part).hidden = false;

  /**
   * Makes a selection the address, as a new step of the history or in place of the last one, and draws it.
   * @param {Partial<Selection>} change
   * @param {boolean} step
   */
  function go(change, step = true) {
    asked = { ...asked, ...change };
    shown = SHOWN;
    const to = location.pathname + formatSelection(asked) + location.hash;
    if (step) history.pushState(null, "", to);
    else history.replaceState(null, "", to);
    void draw();
  }

  async function draw() {
    /** @type {Engine} */
    let engine;
    const mine = asked;
    try {
      engine = await loadEngine();
      if (mine !== asked) return; // the reader has gone on
      asked = withNewIds(asked, engine.list.moved);
      side ??= facetPanel(at(".facets"), engine.list, listFacets(engine.list), go);
      put(engine);
    } catch (fault) {
      if (mine.q === asked.q) fail(fault);
    }
  }

  /** @param {Engine} engine */
  function put(engine) {
    const all = /** @type {import("./facets.js").Panel} */ (side).facets;
    const { answer, selected, papers } = rankPapers(engine, all, asked);
    found = papers;
    const rows = found.slice(0, shown).map((paper) => resultRow(engine, answer, paper, asked.view === "compact"));
    results.replaceChildren(...rows);
    results.dataset.results = asked.q;
    results.setAttribute("aria-busy", "false");
    results.classList.toggle("compact", asked.view === "compact");
    results.hidden = !rows.length;
    plain.hidden = true;
    more.hidden = found.length <= shown;
    more.textContent = `Show ${Math.min(SHOWN, found.length - shown)} more`;
    status.textContent = found.length ? plural(found.length, "paper") : "No paper fits";
    const loading =
      progress.parts < progress.of
        ? [`Abstracts are still coming in: ${Math.floor((100 * progress.parts) / progress.of)} %.`]
        : [];
    remark.textContent = [...(asked.q ? answerRemarks(answer) : []), ...loading].join(" ");
    /** @type {import("./facets.js").Panel} */ (side).draw(asked, selected);
    chips.replaceChildren(...chipsOf(all));
    at(".tools").hidden = !found.length;
    at(".nothing").hidden = found.length > 0;
    if (!found.length) at(".nothing").replaceChildren(...waysOut(engine, all, answer.papers.length));
    order.value = sortOrder(asked, answer);
    /** @type {HTMLOptionElement} */ (order.options[0]).disabled = !answer.matches.length;
    for (const button of page.querySelectorAll("[data-view]"))
      button.setAttribute(
        "aria-pressed",
        String(/** @type {HTMLElement} */ (button.dataset.view ?? "") === asked.view),
      );
  }

  /** @param {unknown} fault */
  function fail(fault) {
    console.warn(fault);
    results.hidden = true;
    plain.hidden = false;
    remark.textContent = "";
    for (const part of [at(".tools"), at(".nothing"), at(".facets"), more]) part.hidden = true;
    status.replaceChildren(
      "Search is not available: its data could not be loaded. The list below holds every paper. ",
      element("button", { type: "button", class: "link", click: () => void draw() }, "Try again"),
    );
  }

  /**
   * What is chosen, each with a button that takes it back.
   * @param {import("../engine/selection.js").Facet[]} all
   */
  function chipsOf(all) {
    const made = [];
    for (const facet of all) {
      for (const [kind, values] of /** @type {const} */ ([
        ["chosen", asked.chosen],
        ["excluded", asked.excluded],
      ])) {
        for (const id of values[facet.key] ?? []) {
          const value = facet.values.find((one) => one.id === id);
          if (!value) continue;
          const rest = { ...values, [facet.key]: values[facet.key].filter((other) => other !== id) };
          made.push(chip(`${kind === "excluded" ? "not " : ""}${value.name}`, () => go({ [kind]: rest })));
        }
      }
    }
    const { from, to } = asked;
    const span =
      from && from === to ? `${from}` : from && to ? `${from} to ${to}` : from ? `from ${from}` : `up to ${to}`;
    if (from || to) made.push(chip(span, () => go({ from: 0, to: 0 })));
    if (asked.q)
      made.push(
        chip(`“${asked.q.length > 40 ? `${asked.q.slice(0, 40)}…` : asked.q}”`, () => go({ q: (field.value = "") })),
      );
    if (made.length > 1) made.push(element("button", { type: "button", class: "link", click: clear }, "Clear all"));
    return made;
  }

  function clear() {
    field.value = "";
    go({ q: "", chosen: {}, excluded: {}, all: [], from: 0, to: 0 });
    field.focus();
  }

  /**
   * Where nothing is left: what can be taken back, and what that would bring.
   * @param {Engine} engine
   * @param {import("../engine/selection.js").Facet[]} all
   * @param {number} matching
   */
  function waysOut(engine, all, matching) {
    const ways = [];
    if (asked.q && matching)
      ways.push(
        element(
          "button",
          { type: "button", click: () => go({ chosen: {}, excluded: {}, all: [], from: 0, to: 0 }) },
          `Search without filters: ${plural(matching, "paper")}`,
        ),
      );
    const others = asked.q ? selectPapers(engine.list, all, engine.search("").papers, asked).papers.length : 0;
    if (others)
      ways.push(
        element(
          "button",
          { type: "button", click: () => go({ q: (field.value = "") }) },
          `Filters without the words: ${plural(others, "paper")}`,
        ),
      );
    ways.push(element("button", { type: "button", click: clear }, "All papers"));
    return [
      element(
        "p",
        {},
        asked.q && !matching
          ? "None of these words is in the list. Try another word for it, or fewer."
          : "Nothing has all that is chosen.",
      ),
      ...ways,
    ];
  }

  field.addEventListener("input", () => {
    const now = Date.now();
    go({ q: field.value }, now - typed > TYPING);
    typed = now;
  });
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    typed = 0;
    go({ q: field.value }, field.value !== asked.q);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (field.value) go({ q: (field.value = "") });
    else field.blur();
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [field, .../** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll("a.work"))];
    const here = stops.indexOf(/** @type {any} */ (document.activeElement));
    const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  order.append(...Object.entries(SORTS).map(([value, name]) => element("option", { value }, name)));
  order.addEventListener("change", () => go({ sort: order.value }));
  for (const button of page.querySelectorAll("[data-view]"))
    button.addEventListener("click", () => go({ view: /** @type {HTMLElement} */ (button).dataset.view ?? "" }));
  more.addEventListener("click", () => {
    const first = shown;
    shown += SHOWN;
    void draw().then(() => /** @type {HTMLElement | null} */ (results.children[first]?.querySelector("a"))?.focus());
  });
  addEventListener("popstate", () => {
    asked = parseSelection(location.search);
    field.value = asked.q;
    shown = SHOWN;
    void draw();
  });
  onProgress(() => {
    if (asked.q || progress.parts === progress.of) void draw();
  });

  const filters = at(".filters");
  filters.addEventListener("click", () =>
    filters.setAttribute("aria-expanded", String(filters.getAttribute("aria-expanded") !== "true")),
  );

  const doing = (
    /** @type {string} */ selector,
    /** @type {string} */ done,
    /** @type {() => Promise<unknown>} */ act,
  ) => announceOutcome(/** @type {HTMLButtonElement} */ (at(selector)), act, done, "That failed");
  doing("[data-link]", "Link copied", () => navigator.clipboard.writeText(location.href));
  doing("[data-cite]", "Cite", async () => {
    const { openCiteDialog } = await import("./cite.js");
    const papers = found;
    openCiteDialog(at("[data-cite]"), {
      name: "papers",
      count: papers.length,
      file: (format) => citations(format, papers),
    });
  });

  void draw();
}

/**
 * The file of some papers in a format.
 * @param {string} format
 * @param {number[]} papers
 */
async function citations(format, papers) {
  const all = await fetchJson(`search/${format}.json`);
  const taken = papers.map((paper) => all[paper]);
  return format === "csl"
    ? `[\n${taken.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`
    : taken.join(format === "ris" ? "\r\n" : "\n");
}

/**
 * @param {string} name
 * @param {() => void} remove
 */
function chip(name, remove) {
  return element("button", { type: "button", class: "chip", "aria-label": `Remove ${name}`, click: remove }, name);
}
