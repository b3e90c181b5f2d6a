// @ts-check
// The dialog that offers the citations of one or more papers in several formats.

import { citationText, copyCitation, downloadCitation, FILES, formatName, STYLES } from "./citation-text.js";
import { announceOutcome } from "./controls.js";
import { element, entryCount, WORDS } from "./draw.js";
import { fetchFile } from "./fetch.js";
import { button, modalDialog, newTabLink, openDialog, selectInstead } from "./widgets.js";

/**
 * @typedef {import("./citation-text.js").Source} Source
 * @typedef {import("./citation-text.js").CitationText} CitationText
 * @typedef {{
 *   elements: ReturnType<typeof panelElements>, source: Source, format: string, turn: number,
 *   texts: Map<string, Promise<CitationText>>, shown: CitationText | null,
 * }} CitePanel The elements and what they cite; the chosen format; a counter of choices, to discard outdated texts; the
 *   texts made since the dialog was opened; and the text shown, also while another one is loading.
 */

const FORMAT_KEY = "reading-list.cite";
const MOST_STYLED = 300; // papers; formatting as many in a style takes about two seconds
const WHOLE_FILES = "The files contain all of them.";
const LIMIT = `Styles are available for up to ${MOST_STYLED} ${WORDS.many}. ${WHOLE_FILES}`;

/** @type {CitePanel | undefined} */
let citePanel;

/**
 * Open the dialog. When it is closed, the focus returns to the opener.
 * @param {HTMLElement} opener
 * @param {Source} source
 */
export function openCiteDialog(opener, source) {
  citePanel ??= createPanel(source);
  const { dialog, title, limit, inputs } = citePanel.elements;
  if (dialog.open) return;
  const isLong = source.count > MOST_STYLED;
  citePanel.source = source;
  citePanel.texts = new Map();
  citePanel.shown = null;
  title.textContent = source.count === 1 ? `Cite this ${WORDS.one}` : `Cite these ${entryCount(source.count)}`;
  limit.textContent = isLong ? LIMIT : "";
  for (const input of inputs) input.disabled = isLong && STYLES.has(input.value);
  openDialog(dialog, opener);
  const preferred = storedFormat();
  chooseFormat(citePanel, isLong && STYLES.has(preferred) ? firstFile() : preferred);
  inputs.find((input) => input.checked)?.focus();
}

function firstFile() {
  return [...FILES.keys()][0];
}

/**
 * Return the files linked in a place, as a source of citations, or the papers on the page if it has no files of its own,
 * or if these cannot be had, as they are not saved for reading without a network.
 * @param {HTMLElement} place
 * @returns {Promise<Source>}
 */
export async function linkedFiles(place) {
  const { listedPapers, namedCitations } = await import("./citations.js");
  if (place.querySelector(".whole")) return listedPapers();
  const link = (/** @type {string} */ format) =>
    /** @type {HTMLAnchorElement} */ (place.querySelector(`[data-format=${format}]`)).href;
  const file = decodeURIComponent(link(firstFile()).split("/").pop() ?? "");
  const name = file.split(".")[0];
  const linked = async (/** @type {string} */ format) => (await fetchFile(link(format))).text();
  const joined = (/** @type {string} */ format) =>
    place.closest(".citation") ? namedCitations(format, [name]) : listedPapers().file(format);
  return {
    name,
    count: Number(place.dataset.papers),
    file: (format) => linked(format).catch(() => joined(format)),
  };
}

/**
 * @param {Source} source
 * @returns {CitePanel}
 */
function createPanel(source) {
  const elements = panelElements();
  const { formats, text, copy, save } = elements;
  /** @type {CitePanel} */
  const panel = { elements, source, format: "", turn: 0, texts: new Map(), shown: null };
  const shown = () => /** @type {CitationText} */ (panel.shown);
  formats.addEventListener("change", (event) => {
    chooseFormat(panel, /** @type {HTMLInputElement} */ (event.target).value);
    storeFormat(panel.format);
  });
  const copyText = () => copyCitation(shown(), text).catch(selectInstead(text));
  announceOutcome(copy, copyText, "Copied", "Copying failed: the text is selected");
  const download = () => downloadCitation(panel.source.name, panel.format, shown().text);
  announceOutcome(save, download, "Saved", "Could not save");
  return panel;
}

function panelElements() {
  const limit = element("p", { id: "cite-limit", class: "hint" });
  const formats = formatChoice(limit);
  const text = element("div", { class: "text", role: "region", tabindex: "0" });
  const note = element("p", { class: "hint" });
  const copy = button("Copy", { hidden: !navigator.clipboard });
  const save = button("Download", {});
  const maker = newTabLink("https://github.com/juris-m/citeproc-js", "citeproc-js", "noopener");
  const thanks = element("p", { class: "hint" }, "Formatted by ", maker);
  const status = element("p", { class: "unseen", role: "status" });
  const ways = element("div", { class: "ways" }, copy, save, thanks);
  const { dialog, title } = modalDialog("citing", "cite-title", formats, text, note, ways, status);
  const inputs = [...formats.querySelectorAll("input")];
  return { dialog, title, limit, formats, inputs, text, note, copy, save, thanks, status };
}

/**
 * Return the form controls for choosing a format: a citation style or a file format.
 * @param {HTMLElement} limit
 */
function formatChoice(limit) {
  const styles = formatGroup("Style", [...STYLES.keys()]);
  styles.setAttribute("aria-describedby", limit.id);
  return element("div", { class: "formats" }, styles, limit, formatGroup("File", [...FILES.keys()]));
}

/**
 * @param {string} name
 * @param {string[]} formats
 */
function formatGroup(name, formats) {
  const labels = formats.map((value) =>
    element("label", {}, element("input", { type: "radio", name: "format", value }), formatName(value)),
  );
  const title = element("span", { id: `cite-${name.toLowerCase()}` }, name);
  return element("div", { role: "group", "aria-labelledby": title.id }, title, ...labels);
}

/**
 * @param {CitePanel} panel
 * @param {string} format
 */
function chooseFormat(panel, format) {
  panel.format = format;
  for (const input of panel.elements.inputs) input.checked = input.value === format;
  void updateText(panel);
}

/**
 * Show the text in the chosen format, as soon as it is loaded. Until then, the one before stays in its place.
 * @param {CitePanel} panel
 */
async function updateText(panel) {
  panel.turn += 1;
  const mine = panel.turn;
  if (!panel.shown) showText(panel, null, [element("p", {}, "Loading …")]);
  holdText(panel);
  try {
    const citation = await cachedText(panel, panel.format);
    if (mine !== panel.turn) return; // the reader has chosen another format in the meantime
    showText(panel, citation, citation.nodes);
    panel.elements.status.textContent = `${formatName(panel.format)} is shown`;
  } catch (fault) {
    if (mine === panel.turn) showText(panel, null, [failureNotice(panel, /** @type {Error} */ (fault))]);
  }
}

/**
 * Let nobody take the text, as it is about to be replaced.
 * @param {CitePanel} panel
 */
function holdText({ elements: { text, copy, save, status } }) {
  text.setAttribute("aria-busy", "true");
  copy.disabled = true;
  save.disabled = true;
  status.textContent = "";
}

/**
 * @param {CitePanel} panel
 * @param {CitationText | null} citation
 * @param {HTMLElement[]} nodes
 */
function showText(panel, citation, nodes) {
  const { text, note, copy, save, thanks, status } = panel.elements;
  panel.shown = citation;
  text.replaceChildren(...nodes);
  text.scrollTop = 0;
  text.setAttribute("aria-busy", "false");
  text.setAttribute("aria-label", `Citation: ${formatName(panel.format)}`);
  note.textContent = citation?.note ?? "";
  thanks.hidden = !STYLES.has(panel.format);
  copy.disabled = !citation;
  save.disabled = !citation;
  status.textContent = "";
}

/**
 * Return the text in a format, cached while the dialog is open.
 * @param {CitePanel} panel
 * @param {string} format
 */
function cachedText({ texts, source }, format) {
  const text = texts.get(format) ?? citationText(source, format);
  texts.set(format, text);
  text.catch(() => texts.delete(format));
  return text;
}

/**
 * @param {CitePanel} panel
 * @param {Error} fault
 */
function failureNotice(panel, { message }) {
  const retry = () => {
    panel.elements.text.focus();
    void updateText(panel);
  };
  return element("p", { role: "alert" }, `${message} `, button("Try again", { click: retry }));
}

/** Return the format that was chosen last, if the browser has stored it. */
function storedFormat() {
  try {
    const format = localStorage.getItem(FORMAT_KEY) ?? "";
    return STYLES.has(format) || FILES.has(format) ? format : "apa";
  } catch {
    return "apa";
  }
}

/** @param {string} format */
function storeFormat(format) {
  try {
    localStorage.setItem(FORMAT_KEY, format);
  } catch {
    // The choice applies to this page only.
  }
}
