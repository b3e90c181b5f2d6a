// @ts-check
// The search box of every page: suggestions while one types, by mouse and by keyboard. Without script, or where the data
// cannot be had, it is a plain form that leads to the list.

import { fold, plural, words } from "../engine/text.js";
import { loadEngine, onProgress, ROOT } from "./data.js";
import { byline, element, highlightWords, matchedStems, paperAddress } from "./draw.js";

/** @typedef {import("../engine/engine.js").Engine} Engine */

const PAPERS = 6; // suggested
const OTHERS = 2; // tags, and as many people
const PLAIN = [
  ["browse/", "All papers"],
  ["categories/", "Shelves"],
  ["tags/", "Tags"],
  ["authors/", "Authors"],
];

/**
 * Gives the box its suggestions; called when the reader first turns to it.
 * @param {HTMLFormElement} form
 */
export function attachSearchbox(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const panel = /** @type {HTMLElement} */ (form.querySelector(".suggestions"));
  const options = /** @type {HTMLElement} */ (panel.querySelector("[data-suggestions]"));
  const note = /** @type {HTMLElement} */ (panel.querySelector(".note"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  let active = -1;
  let turn = 0;

  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": options.id,
    "aria-autocomplete": "list",
  }))
    input.setAttribute(name, value);

  async function suggest() {
    const mine = ++turn;
    const text = input.value;
    if (!text.trim()) return close();
    try {
      const engine = await loadEngine();
      if (mine !== turn) return; // the reader has typed on, or left
      show(suggestions(engine, text), "");
      options.dataset.suggestions = text;
    } catch {
      if (mine === turn) show([], "Search is not available just now. These pages list everything:");
    }
  }

  /**
   * @param {HTMLElement[]} found
   * @param {string} said
   */
  function show(found, said) {
    options.replaceChildren(...found);
    found.forEach((option, at) => (option.id = `suggestion-${at}`));
    note.replaceChildren(
      ...(said ? [said, ...PLAIN.map(([to, name]) => element("a", { href: new URL(to, ROOT).href }, name))] : []),
    );
    note.hidden = !said;
    options.hidden = !found.length;
    panel.hidden = false;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = said || plural(found.length, "suggestion");
    activate(-1);
  }

  function close() {
    turn += 1;
    panel.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  /** @param {number} at */
  function activate(at) {
    options.children[active]?.removeAttribute("aria-selected");
    active = at;
    const option = options.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  void suggest();
  void loadEngine().catch(() => {}); // the reader is about to ask
  input.addEventListener("focus", () => void suggest());
  input.addEventListener("input", () => void suggest());
  onProgress(() => {
    if (!panel.hidden && active < 0) void suggest();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = panel.hidden ? 0 : options.children.length;
    if (event.key === "Escape") {
      if (panel.hidden && !input.value) input.blur();
      else if (panel.hidden) input.value = "";
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count) return void suggest();
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active < 0 && step < 0 ? count - 1 : ((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0) /** @type {HTMLElement} */ (options.children[active]).click();
    else return;
    event.preventDefault();
  });
}

/**
 * Papers, then tags and people whose name begins so, then the way to all results.
 * @param {Engine} engine
 * @param {string} text
 */
function suggestions(engine, text) {
  const answer = engine.search(text);
  const { ids, titles, when } = engine.list.papers;
  const stems = matchedStems(answer);
  const papers = answer.papers
    .slice(0, PAPERS)
    .map((paper) =>
      option(
        paperAddress(ids[paper]),
        ids[paper],
        element("span", { class: "work" }, ...highlightWords(titles[paper], stems)),
        element(
          "span",
          { class: "byline" },
          ...highlightWords([byline(engine, paper), when[paper]].filter(Boolean).join(" · "), stems),
        ),
      ),
    );
  const { terms, people } = engine.list;
  const tags = beginning(
    terms.map((term) => [term.id, term.name, ...term.aliases]),
    text,
  ).map(([id, name]) => place("Tag", `tags/${id}/`, name));
  const persons = beginning(
    people.map(({ id, name }) => [id, name]),
    text,
  ).map(([id, name]) => place("Author", `authors/${id}/`, name));
  const all = new URL("browse/", ROOT);
  all.searchParams.set("q", text);
  const count = answer.papers.length;
  const words = count
    ? `See ${count === 1 ? "it" : `all ${count.toLocaleString("en")}`} with filters`
    : "Nothing fits; look through all papers";
  return [
    ...papers,
    ...tags,
    ...persons,
    option(count ? all.href : new URL("browse/", ROOT).href, "", element("span", { class: "all" }, words)),
  ];
}

/**
 * @param {string} kind
 * @param {string} to
 * @param {string} name
 */
function place(kind, to, name) {
  return option(new URL(to, ROOT).href, "", element("span", { class: "kind" }, kind), " ", name);
}

/**
 * Those of some entries, each an id, a name and perhaps more names, of which a name has words that begin like the text's.
 * @param {readonly (readonly string[])[]} entries
 * @param {string} text
 */
function beginning(entries, text) {
  const asked = words(text).map((word) => word.text);
  if (!asked.length || asked.join("").length < 2) return [];
  const fits = (/** @type {string} */ name) => {
    const parts = fold(name).split(/[^\p{L}\p{N}]+/u);
    return asked.every((word, at) =>
      parts.some((part) => (at === asked.length - 1 ? part.startsWith(word) : part === word)),
    );
  };
  const found = [];
  for (const entry of entries) {
    if (entry.slice(1).some(fits)) found.push(entry);
    if (found.length === OTHERS) break;
  }
  return found;
}

/**
 * @param {string} to
 * @param {string} paper
 * @param {...(string | Node)} children
 */
function option(to, paper, ...children) {
  return element("a", { role: "option", href: to, tabindex: "-1", "data-paper": paper || undefined }, ...children);
}
