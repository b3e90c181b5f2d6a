// @ts-check
// The page that compares papers. Its address names them, and nothing else is its state: each change is a new address,
// from which the page is drawn.

import { comparedIds, comparisonPath, joinedNames, MOST_COMPARED } from "../engine/comparison.js";
import { namedCitations } from "./citations.js";
import { openChooser, paperChooser } from "./compare-chooser.js";
import { loadOwn } from "./compare-own.js";
import { comparisonTable, EXPLANATION, OWN_ROW, ownRow } from "./compare-table.js";
import { announceOutcome, OWN_EVENT } from "./controls.js";
import { element, paperAddress, siteAddress } from "./draw.js";
import { loadPaper } from "./paper-page.js";
import { button } from "./widgets.js";

export { openCompareChooser } from "./compare-chooser.js";

/**
 * @typedef {import("./paper-page.js").ComparedPaper} ComparedPaper
 * @typedef {import("./paper-page.js").MissingPaper} MissingPaper
 * @typedef {{id: string, selector: string}} FocusTarget Where the focus goes once a change is drawn: a paper, and what of it.
 */

const TITLE = document.title;

/**
 * Set up the page.
 * @param {HTMLElement} place
 */
export function startComparing(place) {
  void new Comparison(place).draw();
}

/** The papers that the address names, and the page that shows them. */
class Comparison {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.elements = pageElements();
    /** @type {ComparedPaper[]} */
    this.papers = [];
    /** @type {import("../own/store.js").OwnPapers | null} */
    this.own = null;
    this.turn = 0;
    const { tools, remarks, chosen, content, status } = this.elements;
    place.replaceChildren(tools, remarks, chosen, content, status);
    place.hidden = false;
    this.content = content;
    this.listen();
  }

  listen() {
    const { add, link, cite } = this.elements;
    const copy = () => navigator.clipboard.writeText(siteAddress(comparisonPath(this.ids())));
    add.addEventListener("click", () => this.choose(add, "Add another", this.ids().length));
    announceOutcome(link, copy, "Link copied", "Could not copy");
    announceOutcome(cite, () => this.cite(), "Cite these", "Could not open");
    addEventListener("popstate", () => void this.draw());
    document.addEventListener(OWN_EVENT, () => void this.drawOwn());
  }

  /** Return the ids of the papers that are shown. */
  ids() {
    return this.papers.map(({ id }) => id);
  }

  /**
   * Draw the papers that the address names, once they are loaded.
   * @param {FocusTarget} [focus]
   */
  async draw(focus) {
    this.turn += 1;
    const mine = this.turn;
    const asked = comparedIds(location.search);
    this.content.setAttribute("aria-busy", "true");
    const [own, ...found] = await Promise.all([loadOwn(), ...asked.map(loadPaper)]);
    if (mine !== this.turn) return; // the reader has gone on
    this.own = own;
    const papers = found.filter((one) => !("problem" in one));
    this.papers = [...new Map(papers.map((paper) => [paper.id, /** @type {ComparedPaper} */ (paper)])).values()];
    this.followMoves(asked, found);
    this.show(/** @type {MissingPaper[]} */ (found.filter((one) => "problem" in one)));
    this.content.setAttribute("aria-busy", "false");
    if (focus) this.focus(focus);
  }

  /**
   * Let the address name papers by their present ids.
   * @param {string[]} asked
   * @param {{id: string}[]} found
   */
  followMoves(asked, found) {
    if (found.every(({ id }, at) => id === asked[at])) return;
    const ids = [...new Set(found.map(({ id }) => id))];
    history.replaceState(null, "", siteAddress(comparisonPath(ids)));
  }

  /** @param {MissingPaper[]} missing */
  show(missing) {
    const { tools, remarks, add, chosen, status } = this.elements;
    const { papers } = this;
    const names = joinedNames(papers.map(({ name }) => name));
    const isTable = papers.length > 1;
    tools.hidden = !isTable;
    add.hidden = papers.length >= MOST_COMPARED;
    remarks.replaceChildren(...missing.map((one) => missingRemark(one, () => void this.draw())));
    chosen.replaceChildren(...(isTable ? [] : this.beginning()));
    this.content.replaceChildren(isTable ? this.table() : this.inlineChooser());
    document.title = isTable ? TITLE.replace(/^\S+/, () => `Compare ${names}`) : TITLE;
    status.textContent = isTable ? `Now comparing ${names}` : "";
  }

  /** Show again what the reader made of the papers, which has changed. */
  async drawOwn() {
    this.own = await loadOwn();
    this.content.querySelector(`.${OWN_ROW}`)?.replaceWith(ownRow(this.papers, this.own));
  }

  table() {
    return comparisonTable(this.papers, this.own, {
      move: (id, step) => this.move(id, step),
      replace: (id, opener) => this.replace(id, opener),
      remove: (id) => this.remove(id),
    });
  }

  /** Return what stands before the chooser while there are not yet two papers. */
  beginning() {
    const [paper] = this.papers;
    if (!paper) return [element("p", {}, EXPLANATION)];
    const link = element("a", { class: "work", href: paperAddress(paper.id) }, paper.title);
    const other = button("Choose another", { class: "link", click: () => this.go([]) });
    return [element("p", {}, "Compare ", link, " with … ", other)];
  }

  inlineChooser() {
    const ids = this.ids();
    return paperChooser(ids, ids, (id) => this.go([...ids, id], { id, selector: "a" })).node;
  }

  /**
   * Let the reader choose the paper at a position, in place of the one that is there.
   * @param {HTMLElement} opener
   * @param {string} title
   * @param {number} at
   */
  choose(opener, title, at) {
    const ids = this.ids();
    const choose = (/** @type {string} */ id) => this.go(ids.toSpliced(at, 1, id), { id, selector: "a" });
    openChooser(opener, title, ids, ids, choose);
  }

  /**
   * @param {string} id
   * @param {HTMLElement} opener
   */
  replace(id, opener) {
    const at = this.ids().indexOf(id);
    this.choose(opener, `Replace ${this.papers[at].name} with …`, at);
  }

  /**
   * @param {string} id
   * @param {1 | -1} step
   */
  move(id, step) {
    const ids = this.ids();
    const at = ids.indexOf(id);
    this.go(ids.toSpliced(at, 1).toSpliced(at + step, 0, id), { id, selector: step < 0 ? ".to-front" : ".to-back" });
  }

  /** @param {string} id */
  remove(id) {
    const ids = this.ids();
    const at = ids.indexOf(id);
    const rest = ids.toSpliced(at, 1);
    this.go(rest, { id: rest[Math.min(at, rest.length - 1)], selector: ".remove" });
  }

  /**
   * Change the papers: go to the address that names them.
   * @param {string[]} ids
   * @param {FocusTarget} [focus]
   */
  go(ids, focus) {
    history.pushState(null, "", siteAddress(comparisonPath(ids)));
    void this.draw(focus ?? { id: "", selector: "" });
  }

  /** @param {FocusTarget} target */
  focus({ id, selector }) {
    const head = id ? this.content.querySelector(`[data-own-paper="${CSS.escape(id)}"]`) : null;
    const found = head?.querySelector(selector) ?? head?.querySelector("button") ?? this.content.querySelector("input");
    /** @type {HTMLElement | null} */ (found)?.focus();
  }

  async cite() {
    const { openCiteDialog } = await import("./dialogs.js");
    const ids = this.ids();
    openCiteDialog(this.elements.cite, {
      name: "comparison",
      count: ids.length,
      file: (format) => namedCitations(format, ids),
    });
  }
}

function pageElements() {
  const add = button("Add another", {});
  const link = button("Copy link", { hidden: !navigator.clipboard });
  const cite = button("Cite these", {});
  const print = button("Print", { click: () => globalThis.print() });
  const tools = element("div", { class: "own-actions compare-actions", role: "group", "aria-label": "Comparison" });
  tools.append(add, link, cite, print);
  tools.hidden = true;
  const content = element("div", { "aria-busy": "true" });
  const chosen = element("div", {}, element("p", {}, "Loading …"));
  const remarks = element("div", { class: "compare-remarks", role: "status" });
  return {
    add,
    link,
    cite,
    tools,
    content,
    remarks,
    chosen,
    status: element("p", { class: "unseen", role: "status" }),
  };
}

/**
 * Return what the page says of a paper that it cannot show.
 * @param {MissingPaper} paper
 * @param {() => void} retry
 */
function missingRemark({ id, problem, title, reason }, retry) {
  if (problem === "unknown") return element("p", {}, `“${id}” is not on this list.`);
  if (problem === "retired") {
    const link = element("a", { class: "work", href: paperAddress(id) }, title);
    return element("p", {}, link, ` is no longer on this list: ${reason}`);
  }
  return element("p", {}, `“${id}” could not be loaded. `, button("Try again", { class: "link", click: retry }));
}
