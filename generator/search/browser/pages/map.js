// @ts-check
// The map of the list: enlarging it, and finding papers on it. The map scrolls within its frame, so that keys, wheels
// and fingers move it as they move any page. Without JavaScript, it is shown as a whole.

import { inheritedTerms } from "../engine/columns.js";
import { plural } from "../engine/text.js";
import { loadEngine } from "./data.js";
import { WORDS } from "./draw.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/columns.js").List} List
 * @typedef {{frame: HTMLElement, drawing: SVGSVGElement, height: number, scale: number}} Atlas The frame that scrolls,
 *   and what is in it; its height in px when all of it is seen, and how much it is enlarged.
 */

const LARGEST = 4; // times; all names have room then, as the stylesheet knows

/**
 * Set up the page of the map.
 * @param {HTMLElement} page
 */
export function startMap(page) {
  const form = /** @type {HTMLFormElement} */ (page.querySelector("form"));
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const frame = /** @type {HTMLElement} */ (page.querySelector(".map"));
  const drawing = /** @type {SVGSVGElement} */ (frame.querySelector("svg"));
  const atlas = { frame, drawing, height: Number(drawing.getAttribute("height")), scale: 1 };
  form.hidden = false;
  for (const button of form.querySelectorAll("button"))
    button.addEventListener("click", () => enlarge(atlas, atlas.scale * Number(button.dataset.zoom)));
  const find = () => void findOnMap(page, field.value);
  field.addEventListener("input", find);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (page.querySelector(".mark.best"))?.focus();
  });
  dragWithMouse(frame);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) find();
}

/**
 * Enlarge the map around its middle.
 * @param {Atlas} atlas
 * @param {number} asked how much; if it is less than 1, the whole map is shown
 */
function enlarge(atlas, asked) {
  const { frame, drawing, height } = atlas;
  const scale = Math.min(Math.max(asked, 1), LARGEST);
  const across = (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth;
  const down = (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight;
  frame.style.maxHeight = `${height}px`;
  frame.dataset.zoom = String(scale);
  drawing.setAttribute("width", `${100 * scale}%`);
  drawing.setAttribute("height", String(height * scale));
  frame.scrollLeft = across * frame.scrollWidth - frame.clientWidth / 2;
  frame.scrollTop = down * frame.scrollHeight - frame.clientHeight / 2;
  atlas.scale = scale;
}

/**
 * Let a mouse drag the map; a click that ends a drag opens nothing.
 * @param {HTMLElement} frame
 */
function dragWithMouse(frame) {
  let dragged = false;
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("pointerdown", () => {
    dragged = false;
  });
  frame.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || !(event.buttons & 1)) return;
    frame.scrollBy({ left: -event.movementX, top: -event.movementY, behavior: "instant" });
    dragged ||= Math.abs(event.movementX) + Math.abs(event.movementY) > 2;
  });
  frame.addEventListener("click", (event) => dragged && event.preventDefault(), { capture: true });
}

/**
 * Mark what is found for a text, and say how much that is.
 * @param {HTMLElement} page
 * @param {string} text
 */
async function findOnMap(page, text) {
  const status = /** @type {HTMLElement} */ (page.querySelector("[role=status]"));
  const asked = text.trim();
  page.dataset.asked = asked;
  const engine = await loadEngine().catch(() => null);
  if (page.dataset.asked !== asked) return; // more was typed meanwhile
  const found = engine && asked ? foundPapers(engine, asked) : new Set();
  page.classList.toggle("searching", found.size > 0);
  for (const mark of page.querySelectorAll(".mark")) {
    const papers = engine && asked ? markPapers(engine.list, mark) : [];
    mark.classList.toggle("found", papers.some(found.has, found));
    mark.classList.toggle("best", papers.includes([...found][0]));
  }
  if (!engine) status.textContent = "Search is not available right now.";
  else status.textContent = asked ? plural(found.size, WORDS.one, WORDS.many) : "";
}

/**
 * Return the papers that have every word, by number.
 * @param {Engine} engine
 * @param {string} asked
 */
function foundPapers(engine, asked) {
  const { papers, near } = engine.search(asked);
  return new Set(papers.filter((paper) => !near.has(paper)));
}

/**
 * Return the papers of a mark, by number: one, or those of a shelf that have a tag.
 * @param {List} list
 * @param {Element} mark
 */
function markPapers(list, mark) {
  const { pathname, searchParams } = new URL(mark.getAttribute("href") ?? "", document.baseURI);
  const tag = searchParams.get("tag");
  if (!tag) return [list.papers.ids.indexOf(pathname.split("/").at(-2) ?? "")];
  const category = list.categories.findIndex(({ id }) => id === searchParams.get("category"));
  const term = list.terms.findIndex(({ id }) => id === tag);
  const terms = inheritedTerms(list);
  return list.papers.ids.flatMap((_, at) =>
    list.papers.categories[at] === category && terms[at].includes(term) ? [at] : [],
  );
}
