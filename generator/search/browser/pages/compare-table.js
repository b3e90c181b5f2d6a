// @ts-check
// Draws papers side by side as a table: a column for each paper, and a row for each aspect that at least one of them has.
// A narrow screen shows the same table with the papers one below another within each aspect.

import { alsoIn, commonRelations, commonTags, differentTags, relationsBetween } from "../engine/comparison.js";
import { figureQuotes } from "./compare-figures.js";
import { recordNodes } from "./compare-own.js";
import { element, paperAddress, WORDS } from "./draw.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("./paper-page.js").ComparedPaper} ComparedPaper
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 * @typedef {import("../engine/comparison.js").FacetTerms} FacetTerms
 * @typedef {import("../engine/comparison.js").NamedLink} NamedLink
 * @typedef {{move: (id: string, step: 1 | -1) => void, replace: (id: string, opener: HTMLElement) => void,
 *   remove: (id: string) => void}} Actions What a reader can do with a paper of the comparison.
 */

export const OWN_ROW = "compare-own"; // the class of the row with what the reader keeps

/**
 * Return the table.
 * @param {ComparedPaper[]} papers
 * @param {OwnPapers | null} own what the reader keeps
 * @param {Actions} actions
 */
export function comparisonTable(papers, own, actions) {
  const heads = papers.map((paper, at) => paperHead(paper, at, papers.length, actions));
  const corner = element("td", { role: "cell", class: "corner" });
  return element(
    "table",
    { class: "comparison", role: "table", "aria-label": "Comparison", "data-papers": String(papers.length) },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, corner, ...heads)),
    element("tbody", { role: "rowgroup" }, ...comparisonRows(papers, own)),
  );
}

/**
 * @param {ComparedPaper} paper
 * @param {number} at its position
 * @param {number} count the number of papers
 * @param {Actions} actions
 */
function paperHead({ id, name, title }, at, count, { move, replace, remove }) {
  const act = (/** @type {string} */ label, /** @type {string} */ kind, /** @type {(event: Event) => void} */ click) =>
    button(kind.startsWith("to-") ? "" : label, {
      class: kind,
      title: label,
      "aria-label": `${label}: ${name}`,
      click,
    });
  const tools = [
    at > 0 && act("Move forward", "to-front", () => move(id, -1)),
    at < count - 1 && act("Move back", "to-back", () => move(id, 1)),
    act("Replace", "replace", ({ currentTarget }) => replace(id, /** @type {HTMLElement} */ (currentTarget))),
    act("Remove", "remove", () => remove(id)),
    button("Notes", { class: "notes", "aria-label": `Notes: ${name}` }),
  ];
  return element(
    "th",
    { scope: "col", role: "columnheader", "data-own-paper": id },
    element("a", { class: "work", href: paperAddress(id) }, title),
    element("div", { class: "compare-tools", role: "group", "aria-label": name }, ...tools),
  );
}

/**
 * Return the row with what the reader made of the papers. It is hidden if that is nothing.
 * @param {ComparedPaper[]} papers
 * @param {OwnPapers | null} own
 */
export function ownRow(papers, own) {
  const contents = papers.map(({ id }) => recordNodes(own?.get(id)));
  const row = aspectRow(papers, "My list", contents) ?? element("tr", { hidden: true });
  row.classList.add(OWN_ROW);
  return row;
}

/**
 * @param {ComparedPaper[]} papers
 * @param {OwnPapers | null} own
 */
function comparisonRows(papers, own) {
  const row = (/** @type {string} */ name, /** @type {(paper: ComparedPaper) => Node[]} */ content) =>
    aspectRow(papers, name, papers.map(content));
  return [
    row("Authors", ({ authors }) => paragraph(authors)),
    row("Published", ({ published }) => paragraph(published)),
    row("Summary", ({ summary }) => copies(summary)),
    row("Why read it", ({ why }) => copies(why)),
    commonRow(papers, "In common", tagsInCommon(papers)),
    row(papers.length > 2 ? "Not in common" : "Only here", (paper) =>
      tagList(differentTags(papers, paper), alsoNote(papers, paper)),
    ),
    commonRow(papers, "Related to each other", relationItems(papers)),
    commonRow(papers, "Related to several of them", commonItems(papers)),
    row("Figures", (paper) => figureList(paper)),
    row("Links", ({ links }) => linkList(links)),
    ownRow(papers, own),
    row("Abstract", ({ abstract }) => copies(abstract)),
  ].filter((one) => one !== null);
}

/**
 * Return the row for an aspect, or null if no paper has it.
 * @param {ComparedPaper[]} papers
 * @param {string} name
 * @param {Node[][]} contents
 */
function aspectRow(papers, name, contents) {
  if (!contents.some((content) => content.length)) return null;
  const cells = contents.map((content, at) =>
    element(
      "td",
      { role: "cell" },
      element("span", { class: "compared", "aria-hidden": "true" }, papers[at].name),
      ...(content.length
        ? content
        : [
            element(
              "span",
              { class: "none" },
              element("span", { "aria-hidden": "true" }, "–"),
              element("span", { class: "unseen" }, "None"),
            ),
          ]),
    ),
  );
  return element("tr", { role: "row" }, rowHead(name), ...cells);
}

/**
 * Return the row for what concerns all papers together, or null if there is nothing.
 * @param {ComparedPaper[]} papers
 * @param {string} name
 * @param {Node[]} content
 */
function commonRow(papers, name, content) {
  if (!content.length) return null;
  const cell = element("td", { role: "cell", colspan: String(papers.length), class: "together" }, ...content);
  return element("tr", { role: "row" }, rowHead(name), cell);
}

/** @param {string} name */
function rowHead(name) {
  return element("th", { scope: "row", role: "rowheader" }, name);
}

/** @param {Node[]} nodes */
function paragraph(nodes) {
  return nodes.length ? [element("p", {}, ...nodes.map((node) => node.cloneNode(true)))] : [];
}

/** @param {Node[]} nodes */
function copies(nodes) {
  return nodes.map((node) => node.cloneNode(true));
}

/** @param {ComparedPaper[]} papers */
function tagsInCommon(papers) {
  const tags = commonTags(papers);
  return tags.length ? tagList(tags, () => "") : [element("p", { class: "none" }, "No tags")];
}

/**
 * Return tags by facet, each with a note.
 * @param {FacetTerms[]} tags
 * @param {(term: NamedLink) => string} note
 */
function tagList(tags, note) {
  const parts = tags.flatMap(({ facet, terms }) => [
    element("dt", {}, facet),
    ...terms.map((term) => element("dd", {}, element("a", { href: term.to }, term.name), note(term))),
  ]);
  return parts.length ? [element("dl", { class: "compare-tags" }, ...parts)] : [];
}

/**
 * Return a function that says which other papers have a tag.
 * @param {ComparedPaper[]} papers
 * @param {ComparedPaper} paper
 */
function alsoNote(papers, paper) {
  return (/** @type {NamedLink} */ term) => {
    const names = alsoIn(papers, paper, term);
    return names.length ? ` (also ${names.join(", ")})` : "";
  };
}

/** @param {ComparedPaper[]} papers */
function relationItems(papers) {
  const names = new Map(papers.map(({ id, name }) => [id, name]));
  const items = relationsBetween(papers).map(({ from, label, to, because }) => {
    const said = element("b", {}, `${names.get(from)} ${label} ${names.get(to)}`);
    return element("li", {}, said, because && `: ${because}`);
  });
  return items.length ? [element("ul", {}, ...items)] : [];
}

/** @param {ComparedPaper[]} papers */
function commonItems(papers) {
  const items = commonRelations(papers).map(({ title, to, said }) => {
    const notes = said.map(({ name, label }) => `${name} ${label} it`);
    return element("li", {}, element("a", { class: "work", href: to }, title), ` – ${notes.join("; ")}`);
  });
  return items.length ? [element("ul", {}, ...items)] : [];
}

/** @param {ComparedPaper} paper */
function figureList(paper) {
  const items = figureQuotes(paper).map(({ source, content }) =>
    element("li", {}, element("q", {}, content), " ", element("cite", {}, source)),
  );
  return items.length ? [element("ul", {}, ...items)] : [];
}

/** @param {ComparedPaper["links"]} links */
function linkList(links) {
  const items = links.map(({ text, to }) => element("li", {}, element("a", { href: to }, text)));
  return items.length ? [element("ul", { class: "compare-links" }, ...items)] : [];
}

/** What the page says while nothing is compared. */
export const EXPLANATION = `Choose two to four ${WORDS.many} to see them side by side.`;
