// @ts-check
// Takes what is said of a paper from its page, so that nothing is stored twice. The page is parsed by the browser without
// running anything in it, and only elements that pages use for texts are taken from it.

import { element, paperAddress, siteAddress } from "./draw.js";

/**
 * @typedef {import("../engine/comparison.js").Compared} Compared
 * @typedef {import("../engine/comparison.js").RelatedPaper} RelatedPaper
 * @typedef {Compared & {
 *   title: string, authors: Node[], published: Node[], summary: HTMLElement[], why: HTMLElement[], abstract: HTMLElement[],
 *   links: {text: string, to: string}[], suggested: RelatedPaper[],
 * }} ComparedPaper What the page says, with new nodes. Suggested papers are those to read next.
 * @typedef {{id: string, problem: "unknown" | "retired" | "failed", title: string, reason: string}} MissingPaper
 */

const KNOWN = new Set("a b br code em i p s span strong sub sup".split(" "));
const MATHML = "http://www.w3.org/1998/Math/MathML";
const UNWANTED = /^(?:id|style|href|on.*|xlink:href)$/; // attributes of formulas
const MOST_MOVES = 3;

/** @type {Map<string, Promise<ComparedPaper | MissingPaper>>} */
const loaded = new Map();

/**
 * Return what the page of a paper says. A paper whose id has changed is returned with the new one. What could not be
 * loaded is tried again next time.
 * @param {string} id
 */
export function loadPaper(id) {
  const paper = loaded.get(id) ?? readPaper(id);
  loaded.set(id, paper);
  void paper.then((one) => "problem" in one && one.problem === "failed" && loaded.delete(id));
  return paper;
}

/**
 * @param {string} id
 * @returns {Promise<ComparedPaper | MissingPaper>}
 */
async function readPaper(id) {
  try {
    const page = await movedPage(paperAddress(id));
    if (!page) return { id, problem: "unknown", title: "", reason: "" };
    const here = page.querySelector("[data-own-paper]")?.getAttribute("data-own-paper");
    if (here) return paperOn(page, here);
    const reason = textOf(page.querySelector(".summary")).replace(/^[^:]*:\s*/, "");
    return { id, problem: "retired", title: textOf(page.querySelector("h1")), reason };
  } catch (fault) {
    console.warn(fault);
    return { id, problem: "failed", title: "", reason: "" };
  }
}

/**
 * Return the page at an address or, if it has moved, the one that it leads to; null if there is none.
 * @param {string} address
 * @returns {Promise<Document | null>}
 */
async function movedPage(address, moves = MOST_MOVES) {
  const page = await fetchPage(address);
  const refresh = page?.querySelector("meta[http-equiv=refresh]")?.getAttribute("content") ?? "";
  const to = /url=(\S+)/.exec(refresh)?.[1];
  if (!page || !to || !moves) return page;
  const next = new URL(to, address);
  return next.origin === location.origin ? movedPage(next.href, moves - 1) : page;
}

/**
 * Return a page of the site, parsed; null if there is none. Unlike a parser of strings, this is no place where scripts
 * could enter the page, so the site's policy allows it.
 * @param {string} address
 * @returns {Promise<Document | null>}
 */
function fetchPage(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("load", () => {
      if (request.status === 404) resolve(null);
      else if (request.status === 200 && request.responseXML) resolve(request.responseXML);
      else reject(new Error(`${address}: ${request.status}`));
    });
    request.addEventListener("error", () => reject(new Error(`${address} could not be loaded`)));
    request.send();
  });
}

/**
 * @param {Document} page
 * @param {string} id
 * @returns {ComparedPaper}
 */
function paperOn(page, id) {
  const all = (/** @type {string} */ selector) => /** @type {HTMLElement[]} */ ([...page.querySelectorAll(selector)]);
  const copies = (/** @type {HTMLElement[]} */ nodes) => nodes.map((node) => /** @type {HTMLElement} */ (copied(node)));
  const title = textOf(page.querySelector("h1"));
  const others = textOf(page.querySelector("details.authors > summary"));
  const inside = (/** @type {string} */ selector) => all(selector).slice(0, 1).flatMap(copiedChildren);
  return {
    id,
    title,
    name: page.querySelector("[data-own-paper]")?.getAttribute("data-name") ?? title,
    authors: [...inside(".head p.authors"), ...(others ? [` ${others}`] : [])].map(asNode),
    published: inside(".head .published"),
    summary: copies(all(".head > .summary")),
    why: copies(all(".head > .why > p")),
    abstract: copies(following(page.querySelector("#abstract"))),
    tags: definitions(page.querySelector(".margin .tags dl")),
    links: linksOf(page),
    related: relatedOn(all("#relations + ol > li")),
    suggested: relatedOn(all("#read-next ~ ol > li")),
  };
}

/** @param {Document} page */
function linksOf(page) {
  const actions = /** @type {HTMLAnchorElement[]} */ ([...page.querySelectorAll(".head .buttons a")]);
  const further = definitions(page.querySelector(".margin .where")).find(({ facet }) => facet === "Links");
  return [
    ...actions.map((link) => ({ text: textOf(link), to: link.href })),
    ...(further?.terms ?? []).map(({ name, to }) => ({ text: name, to })),
  ].filter(({ to }) => /^https?:/.test(to));
}

/** @param {HTMLElement[]} rows */
function relatedOn(rows) {
  return rows.map((row) => ({
    id: row.dataset.paper ?? "",
    title: textOf(row.querySelector(".work")),
    to: siteAddress(`papers/${row.dataset.paper}/`),
    byline: textOf(row.querySelector(".byline")),
    reasons: [...row.querySelectorAll(".reason")].map((reason) => {
      const label = textOf(reason.querySelector("b"));
      return { label, text: textOf(reason).slice(label.length).trim() };
    }),
  }));
}

/**
 * Return the paragraphs after a heading.
 * @param {Element | null} heading
 */
function following(heading) {
  const found = [];
  for (let next = heading?.nextElementSibling; next?.matches("p"); next = next.nextElementSibling)
    found.push(/** @type {HTMLElement} */ (next));
  return found;
}

/**
 * Return the links of a list of definitions by their headings.
 * @param {Element | null} list
 */
function definitions(list) {
  /** @type {import("../engine/comparison.js").FacetTerms[]} */
  const found = [];
  for (const item of list?.children ?? []) {
    if (item.matches("dt")) found.push({ facet: textOf(item), terms: [] });
    const link = item.querySelector("a");
    if (item.matches("dd") && link) found[found.length - 1]?.terms.push({ name: textOf(link), to: link.href });
  }
  return found;
}

/** @param {Element | null} node */
function textOf(node) {
  return (node?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** @param {Node | string} child */
function asNode(child) {
  return typeof child === "string" ? document.createTextNode(child) : child;
}

/** @param {Node} node */
function copiedChildren(node) {
  return [...node.childNodes].map(copied);
}

/**
 * Return a copy of a node for this page: texts, links with whole addresses, formulas, and what sets texts apart. Of other
 * elements, the text is copied.
 * @param {Node} node
 * @returns {Node}
 */
function copied(node) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.nodeValue ?? "");
  if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode("");
  const { localName, namespaceURI, className } = /** @type {HTMLElement} */ (node);
  if (namespaceURI === MATHML) return copiedFormula(/** @type {Element} */ (node));
  if (!KNOWN.has(localName)) return document.createTextNode(node.textContent ?? "");
  const { href } = /** @type {HTMLAnchorElement} */ (node);
  const safe = localName === "a" && /^https?:/.test(href) ? href : undefined;
  return element(
    /** @type {"p"} */ (localName),
    { class: className || undefined, href: safe },
    ...copiedChildren(node),
  );
}

/** @param {Element} node */
function copiedFormula(node) {
  const copy = document.createElementNS(MATHML, node.localName);
  for (const { name, value } of node.attributes) if (!UNWANTED.test(name)) copy.setAttribute(name, value);
  copy.append(...[...node.childNodes].map(copied));
  return copy;
}
