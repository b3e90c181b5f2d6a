// @ts-check
// What the page gains with script: search, and buttons that copy and set citations. Without it the forms and lists still
// lead everywhere, and the text can be selected.

import { announceOutcome } from "./announce.js";

/**
 * Lets a button copy the text of the element beside it that its `data-copy` names.
 * @param {HTMLButtonElement} button
 */
function copying(button) {
  const source = button.parentElement?.querySelector(`#${button.dataset.copy}`); // beside it, as a title may have that id
  if (!source || !navigator.clipboard) return;
  button.hidden = false;
  announceOutcome(
    button,
    () => navigator.clipboard.writeText(source.textContent ?? ""),
    "Copied",
    "Copying failed: select the text",
  );
}

/**
 * Lets the buttons beside a paper's tags open the panel that chooses among them.
 * @param {HTMLElement} improve
 */
function suggesting(improve) {
  /** @type {Promise<(opener: HTMLElement) => void> | undefined} */
  let panel;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button.suggest"))) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      panel ??= import("./tag-picker.js").then(({ createTagPicker }) => createTagPicker(improve));
      (await panel)(button);
    });
  }
}

/**
 * Lets a button open the panel in which the papers of the files beside it are cited.
 * @param {HTMLButtonElement} button
 */
function citing(button) {
  const open = () =>
    import("./cite.js").then(({ filesBeside, openCiteDialog }) => openCiteDialog(button, filesBeside(button)));
  button.hidden = false;
  announceOutcome(button, open, button.textContent ?? "", "That failed: take a file");
}

/**
 * Lets `/` and `s` lead to the search field, unless the reader is typing already.
 * @param {KeyboardEvent} event
 */
function toSearch(event) {
  const at = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !["/", "s"].includes(event.key)) return;
  if (at.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll("[data-browse] [type=search], .search input")
  );
  const field = [...fields].find((one) => one.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

document.querySelectorAll("button[data-copy]").forEach((button) => copying(/** @type {HTMLButtonElement} */ (button)));
document.querySelectorAll(".take button.cite").forEach((button) => citing(/** @type {HTMLButtonElement} */ (button)));
document.addEventListener("keydown", toSearch);
const improve = /** @type {HTMLElement | null} */ (document.querySelector(".improve[data-entry]"));
if (improve) suggesting(improve);
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.search"));
form?.addEventListener(
  "focusin",
  () => void import("./searchbox.js").then(({ attachSearchbox }) => attachSearchbox(form)),
  { once: true },
);
const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-browse]"));
if (page) void import("./browse.js").then(({ startBrowsing }) => startBrowsing(page));
