// @ts-check
// The dialog in which a reader chooses tags for a paper and proposes them. Choices are kept as long as the page is
// open, so nothing is lost when the dialog is closed.

import {
  addTag,
  describeChange,
  implyingTag,
  issueAddress,
  orderTags,
  standardReport,
  tagsLine,
} from "../engine/proposal.js";
import { plural } from "../engine/text.js";
import { announceOutcome } from "./controls.js";
import { element } from "./draw.js";
import { fetchJson } from "./fetch.js";
import { definitionNodes, termChooser } from "./term-chooser.js";
import { button, modalDialog, newTabLink, openDialog, selectInstead } from "./widgets.js";

/**
 * @typedef {import("../engine/proposal.js").VocabularyTerm} VocabularyTerm
 * @typedef {import("../engine/proposal.js").Vocabulary} Vocabulary
 * @typedef {{id: string, title: string, tags: string[], edit: string, issue: string}} Entry A paper, with
 *   the URL for editing its file, and the URL template for an issue.
 */

const REL = "nofollow noopener"; // of links for editing entries
const NO_VOCABULARY = "The vocabulary could not be loaded. You can still change the tags by hand: ";

/**
 * Return the function that opens the dialog. When the dialog is closed, the focus returns to the opener.
 * @param {HTMLElement} improve the part of the page that invites readers to improve the entry
 */
export function createTagPicker(improve) {
  const entry = pageEntry(improve);
  const content = element("div", { class: "content" });
  const { dialog, title } = modalDialog("picker", "picker-title", content);
  title.textContent = "Suggest tags";
  /** @type {HTMLInputElement | null} */
  let input = null;

  return async (/** @type {HTMLElement} */ opener) => {
    if (dialog.open) return;
    openDialog(dialog, opener);
    input ??= await loadPicker(content, entry);
    if (matchMedia("(hover: hover)").matches) input?.focus(); // on a touch screen, the keyboard would cover the dialog
  };
}

/**
 * @param {HTMLElement} improve
 * @returns {Entry}
 */
function pageEntry(improve) {
  const { entry: id = "", tags = "", issue = "" } = improve.dataset;
  const title = document.querySelector("h1")?.textContent ?? id;
  return { id, title, tags: tags.split(" ").filter(Boolean), edit: improve.querySelector("a")?.href ?? "", issue };
}

/**
 * Fetch the vocabulary and fill the dialog. Return its input field, or null if the vocabulary cannot be fetched or used.
 * @param {HTMLElement} content
 * @param {Entry} entry
 */
async function loadPicker(content, entry) {
  content.replaceChildren(element("p", { role: "status" }, "Loading the vocabulary …"));
  try {
    return fillPicker(content, entry, await fetchJson("search/terms.json"));
  } catch {
    const edit = newTabLink(entry.edit, "open the file to edit", REL);
    content.replaceChildren(element("p", { role: "alert" }, NO_VOCABULARY, edit));
    return null;
  }
}

/**
 * Fill the dialog with the chosen tags, the terms to choose from, and the proposal. Return its input field.
 * @param {HTMLElement} place
 * @param {Entry} entry
 * @param {Vocabulary} vocabulary
 */
function fillPicker(place, entry, vocabulary) {
  const { terms } = vocabulary;
  const termsById = new Map(terms.map((term) => [term.id, term]));
  let chosen = entry.tags;
  const status = element("p", { class: "unseen", role: "status" });
  const announce = (/** @type {string} */ text) => {
    status.textContent = text;
  };
  const toggle = (/** @type {string} */ id) => {
    const isChosen = chosen.includes(id);
    const nameOf = (/** @type {string} */ one) => termsById.get(one)?.name ?? one;
    const name = nameOf(id);
    const narrower = implyingTag(terms, chosen, id);
    if (narrower && !isChosen) return announce(`${nameOf(narrower)} implies ${name}`);
    const tags = isChosen ? chosen.filter((one) => one !== id) : addTag(terms, chosen, id);
    chosen = orderTags(terms, entry.tags, tags);
    draw();
    announce(`${isChosen ? "Removed" : "Added"} ${name}: ${plural(chosen.length, "tag")}`);
  };
  const takeBack = () => {
    if (chosen.length) toggle(chosen[chosen.length - 1]);
  };
  const tags = chosenTags(entry.tags, termsById, toggle);
  const chooser = termChooser(terms, termsById, { toggle, takeBack, announce });
  const proposal = proposalPanel(entry, vocabulary);
  const draw = () => {
    const focused = tags.focusedButton();
    tags.draw(chosen);
    chooser.markChosen(chosen);
    proposal.draw(chosen);
    if (focused >= 0 && !tags.focusButton(focused)) chooser.input.focus();
  };
  place.replaceChildren(tags.node, ...chooser.nodes, ...proposal.nodes, status);
  draw();
  return chooser.input;
}

/**
 * Return the chosen tags, grouped by facet. Each has a definition that can be unfolded, and a button to remove it.
 * @param {string[]} before
 * @param {Map<string, VocabularyTerm>} termsById
 * @param {(id: string) => void} remove
 */
function chosenTags(before, termsById, remove) {
  const node = element("dl", { class: "chosen" });
  /** @type {Map<string, HTMLElement>} */
  const tags = new Map();
  const tag = (/** @type {string} */ id) => {
    const item = tags.get(id) ?? chosenTag(id, termsById.get(id), before.includes(id), () => remove(id));
    tags.set(id, item);
    return item;
  };
  const facetOf = (/** @type {string} */ id) => termsById.get(id)?.facet ?? "Other";
  const buttons = () => /** @type {HTMLElement[]} */ ([...node.querySelectorAll("button")]);
  return {
    node,
    focusedButton: () => buttons().indexOf(/** @type {HTMLElement} */ (document.activeElement)),
    focusButton: (/** @type {number} */ at) => {
      const all = buttons();
      all[Math.min(at, all.length - 1)]?.focus();
      return all.length > 0;
    },
    draw: (/** @type {string[]} */ chosen) => {
      const groups = [...new Set(chosen.map(facetOf))].map((facet) => {
        const own = chosen.filter((id) => facetOf(id) === facet);
        return element("div", {}, element("dt", {}, facet), ...own.map(tag));
      });
      node.replaceChildren(...(groups.length ? groups : [element("div", {}, element("dt", {}, "No tags"))]));
    },
  };
}

/**
 * @param {string} id
 * @param {VocabularyTerm | undefined} term
 * @param {boolean} isOld
 * @param {() => void} remove
 */
function chosenTag(id, term, isOld, remove) {
  const { name, definition, scope } = term ?? { name: id, definition: "It is not in the vocabulary.", scope: "" };
  const details = element("details", {}, element("summary", {}, name), ...definitionNodes(definition, scope));
  const removal = button("×", { "aria-label": `Remove ${name}`, click: remove });
  return element("dd", { class: isOld ? undefined : "added" }, details, removal);
}

/**
 * Return the part of the dialog with what changes, and the ways to propose it: a filled-in issue, and then the line for
 * those who change the file themselves.
 * @param {Entry} entry
 * @param {Vocabulary} vocabulary
 */
function proposalPanel(entry, vocabulary) {
  const standard = element("p", { class: "asked" });
  const change = element("p", { class: "changed" });
  const line = element("code", {});
  const issue = entry.issue ? newTabLink("", "Suggest these tags", REL) : null;
  const byHand = editParts(entry, line);
  const draw = (/** @type {string[]} */ chosen) => {
    standard.textContent = standardReport(vocabulary, chosen);
    standard.hidden = !standard.textContent;
    change.textContent = describeChange(entry.tags, chosen);
    line.textContent = tagsLine(chosen);
    if (issue) issue.href = issueAddress(entry.issue, entry, chosen);
  };
  if (!issue) return { nodes: [standard, change, ...byHand], draw };
  const hint = `Opens a filled-in issue at ${new URL(entry.issue).hostname}, which you send with an account there.`;
  const ways = element("div", { class: "ways" }, issue, element("p", { class: "hint" }, hint));
  const more = element("details", { class: "byhand" }, element("summary", {}, "Or change the file"), ...byHand);
  return { nodes: [standard, change, ways, more], draw };
}

/**
 * Return the line for the entry's file, a button that copies it, and a link that opens the file.
 * @param {Entry} entry
 * @param {HTMLElement} line
 */
function editParts(entry, line) {
  const copy = button("Copy YAML", { hidden: !navigator.clipboard });
  const edit = newTabLink(entry.edit, "Open the file to edit", REL);
  const hint = element(
    "p",
    { class: "hint", role: "status" },
    "Opening the file copies the line, to replace the old tags.",
  );
  const copyLine = async () => navigator.clipboard.writeText(line.textContent ?? "");
  const copyOrSelect = () => copyLine().catch(selectInstead(line));
  announceOutcome(copy, copyOrSelect, "Copied", "Copying failed: the line is selected");
  edit.addEventListener("click", async () => {
    hint.textContent = await copyLine().then(
      () => "The line is copied, to replace the old tags in the file.",
      () => "The line could not be copied. It replaces the old tags in the file.",
    );
  });
  const lineAndCopy = element("div", { class: "line" }, element("pre", {}, line), copy);
  return [lineAndCopy, element("div", { class: "ways" }, edit, hint)];
}
