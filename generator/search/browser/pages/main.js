// @ts-check
// The entry point on every page: sets up search and the buttons that share, cite, and suggest tags. Without JavaScript,
// every page can still be reached through the forms and lists, and text can be selected.

import { announceOutcome, nameFileLinks } from "./controls.js";

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
    openCiteDialog(button, linkedFiles(place));
  };
  button.hidden = false;
  place.closest(".citation")?.classList.add("offered"); // the dialog has all of it
  announceOutcome(button, open, button.textContent ?? "", "Could not open: download a file instead");
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

/**
 * Let `/` and `s` move the focus to the search field, unless the reader is typing in a field.
 * @param {KeyboardEvent} event
 */
function focusSearch(event) {
  const at = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !["/", "s"].includes(event.key)) return;
  if (at.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
  const selector = "[data-browse] [type=search], .search input";
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(selector));
  const field = [...fields].find((one) => one.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

for (const button of document.querySelectorAll("button.share")) enableShare(/** @type {HTMLButtonElement} */ (button));
for (const button of document.querySelectorAll("button.cite")) enableCite(/** @type {HTMLButtonElement} */ (button));
document.addEventListener("keydown", focusSearch);
for (const menu of document.querySelectorAll("details.menu")) enableMenu(/** @type {HTMLDetailsElement} */ (menu));
nameFileLinks(document);
const improve = /** @type {HTMLElement | null} */ (document.querySelector(".improve[data-entry]"));
if (improve) enableSuggest(improve);
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.search"));
form?.addEventListener(
  "focusin",
  async () => {
    const { attachSearchbox } = await import("./search.js");
    attachSearchbox(form);
  },
  { once: true },
);
const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-browse]"));
if (page) void import("./search.js").then(({ startBrowsing }) => startBrowsing(page));
const tools = /** @type {HTMLElement | null} */ (document.querySelector("[data-arrange]"));
if (tools) void import("./lists.js").then(({ startOrdering }) => startOrdering(tools));
const filter = /** @type {HTMLElement | null} */ (document.querySelector("[data-narrow]"));
if (filter) void import("./lists.js").then(({ startFiltering }) => startFiltering(filter));
const map = /** @type {HTMLElement | null} */ (document.querySelector("[data-map]"));
if (map) void import("./search.js").then(({ startMap }) => startMap(map));
