// @ts-check
// The search box on every page. It shows suggestions while the reader types, for mouse and keyboard. Without
// JavaScript, or if the data cannot be fetched, it is a plain form that opens the page of all papers.

import { foldedWords } from "../engine/directory.js";
import { placesNamed, placesStarting } from "../engine/places.js";
import { defaultOrder } from "../engine/rank.js";
import { briefReason } from "../engine/reasons.js";
import { plural, STOP_WORDS } from "../engine/text.js";
import { loadEngine, onProgress } from "./data.js";
import { element, highlightWords, matchedStems, PLAIN_PAGES, paperAddress, siteAddress, WORDS } from "./draw.js";
import { ROOT } from "./fetch.js";
import { wishLabel } from "./granted.js";
import { operatorRemark, placeContent } from "./remarks.js";
import { details } from "./rows.js";
import { SUGGEST, suggestionUrl } from "./suggestion.js";
import { activateOption } from "./widgets.js";

/**
 * @typedef {import("../engine/engine.js").Answer} Answer
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {ReturnType<typeof searchbox>} Searchbox
 */

const NONE = /** @type {Set<string>} */ (new Set());
const MOST_PAPERS = 6; // suggested papers
const MOST_OF_KIND = 2; // suggested tags, and as many shelves, paths, venues, and authors
const MOST_PLACES = 6; // in all
const UNAVAILABLE = "Search is not available right now. You can use these pages instead:";

/**
 * Set up the suggestions of the search box, when it first receives the focus.
 * @param {HTMLFormElement} form
 */
export function attachSearchbox(form) {
  const box = searchbox(form);
  const { input, panel, options } = box;
  const attributes = {
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": options.id,
    "aria-autocomplete": "list",
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  void suggest(box);
  void loadEngine().catch(() => {}); // in advance, as the reader is about to type
  input.addEventListener("focus", () => void suggest(box));
  input.addEventListener("input", () => void suggest(box));
  input.addEventListener("keydown", (event) => {
    if (!event.isComposing && handleBoxKey(box, event.key)) event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) closeSuggestions(box);
  });
  onProgress(() => {
    if (!panel.hidden && box.active < 0) void suggest(box);
  });
}

/**
 * Add the elements of suggestions to the box. Return them and its state: the active suggestion, and a counter to discard
 * outdated suggestions.
 * @param {HTMLFormElement} form
 */
function searchbox(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const status = element("span", { class: "unseen", role: "status" });
  const note = element("p", { class: "note", hidden: true });
  const options = element("div", {
    id: "Suggestions", // which no heading has, as their ids have no capitals
    role: "listbox",
    "aria-label": "Suggestions",
    "data-suggestions": true,
  });
  const panel = element("div", { class: "suggestions", hidden: true }, note, options);
  form.append(status, panel);
  return { input, panel, options, note, status, active: -1, turn: 0 };
}

/** @param {Searchbox} box */
async function suggest(box) {
  box.turn += 1;
  const mine = box.turn;
  const text = box.input.value;
  if (!text.trim()) return closeSuggestions(box);
  try {
    const engine = await loadEngine();
    if (mine !== box.turn) return; // the reader has typed more, or left the box
    const answer = engine.search(text);
    showSuggestions(box, suggestions(engine, answer, text), "");
    showNotes(
      box,
      answer.wishes.map((wish) => wishLabel(engine.list, wish)),
      answer.unknownOperators.map(operatorRemark),
    );
    box.options.dataset.suggestions = text;
  } catch {
    if (mine === box.turn) showSuggestions(box, [], UNAVAILABLE);
  }
}

/**
 * @param {Searchbox} box
 * @param {HTMLElement[]} found
 * @param {string} failure the message if suggestions are unavailable
 */
function showSuggestions(box, found, failure) {
  const { input, panel, options, note, status } = box;
  const links = PLAIN_PAGES.map(([path, name]) => element("a", { href: new URL(path, ROOT).href }, name));
  for (const [at, option] of found.entries()) option.id = `suggestion-${at}`;
  options.replaceChildren(...found);
  note.replaceChildren(...(failure ? [failure, ...links] : []));
  note.hidden = !failure;
  options.hidden = !found.length;
  panel.hidden = false;
  input.setAttribute("aria-expanded", String(found.length > 0));
  status.textContent = failure || plural(found.length, "suggestion");
  activateOption(box, -1, markSelected);
}

/**
 * Say which wishes of the query were granted, and remarks on it.
 * @param {Searchbox} box
 * @param {string[]} labels
 * @param {string[]} remarks
 */
function showNotes({ note, status }, labels, remarks) {
  if (!labels.length && !remarks.length) return;
  note.textContent = [...remarks, ...(labels.length ? [`Understood as ${labels.join(", ")}`] : [])].join(" ");
  note.hidden = false;
  status.textContent = [status.textContent, ...labels, ...remarks].join(", ");
}

/** @param {Searchbox} box */
function closeSuggestions(box) {
  box.turn += 1;
  box.panel.hidden = true;
  box.status.textContent = "";
  box.input.setAttribute("aria-expanded", "false");
  activateOption(box, -1, markSelected);
}

/**
 * @param {Element} option
 * @param {boolean} active
 */
function markSelected(option, active) {
  if (active) option.setAttribute("aria-selected", "true");
  else option.removeAttribute("aria-selected");
}

/**
 * Handle a key in the box, and return whether it was handled.
 * @param {Searchbox} box
 * @param {string} key
 */
function handleBoxKey(box, key) {
  const { input, panel, options, active } = box;
  if (key === "Escape") {
    if (panel.hidden && !input.value) input.blur();
    else if (panel.hidden) input.value = "";
    closeSuggestions(box);
  } else if (key === "ArrowDown" || key === "ArrowUp") {
    return moveActive(box, key === "ArrowDown" ? 1 : -1);
  } else if (key === "Enter" && active >= 0) {
    /** @type {HTMLElement} */ (options.children[active]).click();
  } else return false;
  return true;
}

/**
 * Move to the next or previous suggestion. Between the last and the first, none is active. If no suggestions are shown,
 * load them instead. Return whether there were any.
 * @param {Searchbox} box
 * @param {1 | -1} step
 */
function moveActive(box, step) {
  const stops = box.panel.hidden ? 0 : box.options.children.length;
  if (!stops) {
    void suggest(box);
    return false;
  }
  const next = (box.active + 1 + step + stops + 1) % (stops + 1);
  activateOption(box, next - 1, markSelected);
  return true;
}

/**
 * Return the suggestions: papers, then tags, shelves, paths, venues, and authors with matching names, and finally a link
 * to all results.
 * @param {Engine} engine
 * @param {Answer} answer
 * @param {string} text
 */
function suggestions(engine, answer, text) {
  const stems = matchedStems(answer);
  const papers = defaultOrder(engine, answer);
  const starting = placesStarting(engine, text, MOST_OF_KIND);
  const places = starting.length ? starting : placesNamed(engine, answer, text, MOST_OF_KIND);
  const starts = starting.length ? foldedWords(text).filter((word) => !STOP_WORDS.has(word)) : [];
  return [
    ...papers.slice(0, MOST_PAPERS).map((paper) => paperOption(engine, answer, paper, stems)),
    ...places
      .slice(0, MOST_PLACES)
      .map((found) => suggestionOption(siteAddress(found.place.path), "", ...placeContent(found, stems, starts))),
    allResultsOption(text, papers.length),
    ...(papers.length ? [] : suggestOption(text)),
  ];
}

/**
 * Return the suggestion of a paper: its title, and on one line who wrote it and why it was found.
 * @param {Engine} engine
 * @param {Answer} answer
 * @param {number} paper
 * @param {Set<string>} stems
 */
function paperOption({ list, abstracts }, answer, paper, stems) {
  const { ids, titles } = list.papers;
  const byline = details(list, paper);
  const why = briefReason(list, answer, paper, `${titles[paper]} ; ${byline}`, abstracts[paper] ?? "");
  const mark = (/** @type {string} */ text) => highlightWords(text, why?.missing ? NONE : stems);
  return suggestionOption(
    paperAddress(ids[paper]),
    ids[paper],
    element("span", { class: "work" }, ...highlightWords(titles[paper], stems)),
    element(
      "span",
      { class: "byline" },
      element("span", {}, ...highlightWords(byline, stems)),
      " ",
      why && element("span", { class: "why" }, ...mark(`${byline && "· "}${why.brief}`)),
    ),
  );
}

/**
 * @param {string} text
 * @param {number} count
 */
function allResultsOption(text, count) {
  const address = new URL("browse/", ROOT);
  if (count) address.searchParams.set("q", text);
  const all = count === 1 ? "it" : `all ${count.toLocaleString("en")}`;
  const label = count ? `See ${all} with filters` : `No ${WORDS.many} found. Browse all ${WORDS.many}`;
  return suggestionOption(address.href, "", element("span", { class: "all" }, label));
}

/**
 * Return the option that suggests what search has not found, if the list takes suggestions.
 * @param {string} text
 */
function suggestOption(text) {
  const to = suggestionUrl(text);
  if (!to) return [];
  const option = suggestionOption(to, "", element("span", { class: "all" }, SUGGEST));
  option.rel = "nofollow";
  return [option];
}

/**
 * @param {string} address
 * @param {string} paper
 * @param {...(string | Node)} children
 */
function suggestionOption(address, paper, ...children) {
  const attributes = { role: "option", href: address, tabindex: "-1", "data-paper": paper || undefined };
  return element("a", attributes, ...children);
}
