// @ts-check
// The entry point on every page: sets up search, the keys, and the buttons that keep, share, cite, and suggest tags.
// Without JavaScript, every page can still be reached through the forms and lists, and text can be selected.

import { announceOutcome, completeRows, KEYS_OFF, OWN_KEY, stored } from "./controls.js";
import { ROOT } from "./fetch.js";
import { followNetwork, registerWorker } from "./registration.js";

/**
 * Let a button share the page's address by the system's own means or, where there are none, copy it.
 * @param {HTMLButtonElement} button
 */
function enableShare(button) {
  const url = location.href.split("#")[0];
  if (!navigator.share && !navigator.clipboard) return;
  button.hidden = false;
  if (!navigator.share)
    return announceOutcome(button, () => navigator.clipboard.writeText(url), "Link copied", "Copying failed");
  const title = document.querySelector("h1")?.textContent ?? document.title;
  button.addEventListener("click", () => void navigator.share({ title, url }).catch(() => {})); // the reader may cancel
}

/**
 * Let the buttons beside a paper's tags open the dialog for suggesting tags.
 * @param {HTMLElement} improve
 */
function enableSuggest(improve) {
  /** @type {Promise<(opener: HTMLElement) => void> | undefined} */
  let picker;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button.suggest"))) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      picker ??= import("./dialogs.js").then(({ createTagPicker }) => createTagPicker(improve));
      (await picker)(button);
    });
  }
}

/**
 * Let a button open the dialog that cites the papers of the files linked beside it or, if there are none, on the page.
 * @param {HTMLButtonElement} button
 */
function enableCite(button) {
  const place = /** @type {HTMLElement | null} */ (button.closest(".take") ?? document.querySelector(".take"));
  if (!place) return;
  const open = async () => {
    const { linkedFiles, openCiteDialog } = await import("./dialogs.js");
    openCiteDialog(button, await linkedFiles(place));
  };
  button.hidden = false;
  place.closest(".citation")?.classList.add("offered"); // the dialog has all of it
  announceOutcome(button, open, "Cite", "Could not open");
}

/**
 * Let a button open the dialog in which the reader chooses what to compare the paper of the page with. Related papers
 * have links that lead to the comparison at once.
 * @param {HTMLButtonElement} button
 */
function enableCompare(button) {
  const { ownPaper = "" } = /** @type {HTMLElement} */ (button.closest("[data-own-paper]")).dataset;
  startParts(".rest > .papers.brief > [data-paper]", (/** @type {HTMLElement} */ row) => {
    const link = document.createElement("a");
    link.className = "compare-with";
    link.href = new URL(`compare/?papers=${ownPaper},${row.dataset.paper}`, ROOT).href;
    link.title = "Compare";
    link.setAttribute("aria-label", `Compare with ${row.querySelector(".work")?.textContent}`);
    row.append(link);
  });
  button.hidden = false;
  button.addEventListener("click", async () => (await import("./compare.js")).openCompareChooser(button, ownPaper));
}

/**
 * Close the menu of the header when the reader presses Escape or turns to something else.
 * @param {HTMLDetailsElement} menu
 */
function enableMenu(menu) {
  const opener = menu.querySelector("summary");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    opener?.focus();
  });
  const closeOutside = (/** @type {EventTarget | null} */ target) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  };
  menu.addEventListener("focusout", (event) => closeOutside(event.relatedTarget));
  document.addEventListener("click", (event) => closeOutside(event.target));
}

/** @type {Promise<typeof import("./own.js")> | undefined} */
let own;

/** Load what keeps papers. Imports may resolve in another order than they began, but what the reader does may not. */
function loadOwn() {
  own ??= import("./own.js");
  return own;
}

/**
 * Follow the keys that act on any page, unless the reader is typing in a field or has turned them off.
 * @param {KeyboardEvent} event
 */
function followKeys(event) {
  const { key, target } = event;
  const at = /** @type {HTMLElement} */ (target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (at.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
  if (key !== "?" && stored(KEYS_OFF)) return;
  if (key === "/" || key === "s") focusSearch(event);
  else if ("kmn?".includes(key)) void loadOwn().then(({ followKey }) => followKey(key));
}

/**
 * Let the buttons that keep papers do so, also those of rows that are drawn later. What the reader keeps is loaded only
 * if there is any.
 */
function enableKeeping() {
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest?.("button.keep, button.notes");
    const place = /** @type {HTMLElement | null} */ (button?.closest("[data-paper], [data-own-paper]"));
    if (!button || !place) return;
    const isNotes = button.matches(".notes");
    void loadOwn().then(({ openNotes, toggleKept }) => (isNotes ? openNotes(place) : toggleKept(place)));
  });
  document.addEventListener("change", ({ target }) => {
    const tick = /** @type {HTMLInputElement} */ (target);
    const place = /** @type {HTMLElement | null} */ (tick.closest(".tick") && tick.closest("[data-paper]"));
    if (place) void loadOwn().then(({ tickStep }) => tickStep(place, tick.checked));
  });
  startParts("button.keep, button.notes, .tick", (control) => {
    control.hidden = false;
  });
  startParts("[data-kept]", (count) => {
    count.textContent = stored(OWN_KEY) ?? "";
  });
  if (stored(OWN_KEY)) void loadOwn().then(({ showOwn }) => showOwn());
  addEventListener("storage", ({ key }) => {
    if (key === OWN_KEY) void loadOwn().then(({ showBegun }) => showBegun());
  });
}

/**
 * Move the focus to the search field.
 * @param {KeyboardEvent} event
 */
function focusSearch(event) {
  const selector = "[data-browse] [type=search], .search input";
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(selector));
  const field = [...fields].find((one) => one.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

/**
 * Call a function with each part of the page that matches a selector.
 * @param {string} selector
 * @param {(part: any) => unknown} start
 */
function startParts(selector, start) {
  for (const part of document.querySelectorAll(selector)) void start(part);
}

registerWorker();
followNetwork();
startParts("button.share", enableShare);
startParts("button.cite", enableCite);
document.addEventListener("keydown", followKeys);
startParts("details.menu", enableMenu);
completeRows(document);
enableKeeping();
startParts(".improve[data-entry]", enableSuggest);
startParts("form.search", (form) =>
  form.addEventListener("focusin", async () => (await import("./search.js")).attachSearchbox(form), { once: true }),
);
startParts("[data-browse]", async (page) => (await import("./search.js")).startBrowsing(page));
startParts("button.compare", enableCompare);
startParts("[data-compare]", async (page) => (await import("./compare.js")).startComparing(page));
startParts("[data-own]", async (page) => (await import("./own-page.js")).startOwnPage(page));
startParts("[data-saved]", async (place) => (await import("./offline.js")).showSaved(place));
startParts("[data-arrange]", async (tools) => (await import("./lists.js")).startOrdering(tools));
startParts("[data-narrow]", async (filter) => (await import("./lists.js")).startFiltering(filter));
startParts("[data-map]", async (map) => (await import("./search.js")).startMap(map));
