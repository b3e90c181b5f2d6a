// @ts-check
// The panel in which a reader takes the citation of a paper, or those of a list, in the style of a publisher or as a file
// for a program. Styles are set by citeproc, which is fetchJson when the first of them is shown.

import { formatBibliography } from "../engine/bibliography.js";
import { plural } from "../engine/text.js";
import { announceOutcome } from "./announce.js";
import { fetchJson } from "./data.js";
import { element } from "./draw.js";

/**
 * @typedef {import("../engine/bibliography.js").Piece} Piece
 * @typedef {{name: string, count: number, file: (format: string) => Promise<string>}} Source What is to be cited: the name of
 *   its files, how many papers it has, and its text in the format of a file.
 * @typedef {{text: string, nodes: HTMLElement[], html: boolean, note: string}} Cited A text to take, how it is shown, whether
 *   it is to be had with its setting, and what has to be said of it.
 * @typedef {{name: string, extension: string, type: string}} Format
 */

const KEPT_AS = "reading-list.cite";
const KEPT_FOR = 60_000; // milliseconds that a file to be saved is kept
const MOST_SET = 300; // papers that are set in a style: about two seconds
const MOST_SHOWN = 100_000; // characters of a file
/** @type {Record<string, string>} */
const STYLES = { apa: "APA", ieee: "IEEE", acm: "ACM", mla: "MLA", chicago: "Chicago", harvard: "Harvard" };
const SENTENCE_CASE = ["apa", "ieee", "harvard"];
const NO_DATA = "The data of the papers cannot be loaded just now. BibTeX and RIS do without.";
const NO_STYLE = "This style cannot be set just now. BibTeX, RIS and CSL-JSON do without.";
const NO_FILE = "This file cannot be loaded just now. Others may still be had.";
/** @type {Record<string, Format>} */
const FILES = {
  bibtex: { name: "BibTeX", extension: "bib", type: "application/x-bibtex" },
  ris: { name: "RIS", extension: "ris", type: "application/x-research-info-systems" },
  csl: { name: "CSL-JSON", extension: "json", type: "application/vnd.citationstyles.csl+json" },
};
const SET = { extension: "txt", type: "text/plain;charset=utf-8" };

/** @type {ReturnType<typeof panel> | undefined} */
let shown;

/**
 * Opens the panel, and gives the focus back to its opener in the end.
 * @param {HTMLElement} opener
 * @param {Source} source
 */
export function openCiteDialog(opener, source) {
  shown ??= panel();
  shown(opener, source);
}

/**
 * What is cited beside a button: the files that are linked there.
 * @param {HTMLElement} button
 * @returns {Source}
 */
export function filesBeside(button) {
  const place = /** @type {HTMLElement} */ (button.parentElement);
  const link = (/** @type {string} */ format) =>
    /** @type {HTMLAnchorElement} */ (place.querySelector(`[data-format=${format}]`)).href;
  const name = decodeURIComponent(link("bibtex").split("/").pop() ?? "").replace(/\.bib$/, "");
  return { name, count: Number(place.dataset.papers), file: async (format) => (await answered(link(format))).text() };
}

/** @param {string} address */
async function answered(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** The function that opens the panel. */
function panel() {
  const title = element("h2", { id: "cite-title" });
  const close = element(
    "button",
    { type: "button", class: "close", "aria-label": "Close", click: () => dialog.close() },
    "×",
  );
  const limit = element("p", { id: "cite-limit", class: "hint" });
  const styles = group("Style", Object.entries(STYLES));
  styles.setAttribute("aria-describedby", limit.id);
  const files = group(
    "File",
    Object.entries(FILES).map(([id, { name }]) => [id, name]),
  );
  const choice = element("div", { class: "formats" }, styles, limit, files);
  const text = element("div", { class: "text", role: "region", tabindex: "0" });
  const note = element("p", { class: "hint" });
  const copy = element("button", { type: "button", hidden: !navigator.clipboard }, "Copy");
  const save = element("button", { type: "button" }, "Download");
  const maker = element(
    "a",
    { href: "https://github.com/juris-m/citeproc-js", target: "_blank", rel: "noopener" },
    "citeproc-js",
    element("span", { class: "unseen" }, " (in a new tab)"),
  );
  const thanks = element("p", { class: "hint" }, "Formatted by ", maker);
  const status = element("p", { class: "unseen", role: "status" });
  const ways = element("div", { class: "ways" }, copy, save, thanks);
  const top = element("div", { class: "top" }, title, close);
  const dialog = element(
    "dialog",
    { class: "citing", "aria-labelledby": title.id },
    top,
    choice,
    text,
    note,
    ways,
    status,
  );
  /** @type {Source} */
  let source;
  let format = "";
  let turn = 0;
  /** @type {Map<string, Promise<Cited>>} */
  let made = new Map();
  /** @type {Cited | null} */
  let ready = null;

  async function draw() {
    const mine = (turn += 1);
    ready = null;
    put([element("p", {}, "Loading …")], "");
    try {
      const cited = await found(format);
      if (mine !== turn) return; // the reader has gone on
      ready = cited;
      put(cited.nodes, cited.note);
      status.textContent = `${named(format)} is shown`;
    } catch (fault) {
      if (mine === turn) put([told(fault)], "");
    }
  }

  /**
   * @param {HTMLElement[]} nodes
   * @param {string} said
   */
  function put(nodes, said) {
    text.replaceChildren(...nodes);
    text.scrollTop = 0;
    text.setAttribute("aria-label", `Citation: ${named(format)}`);
    note.textContent = said;
    thanks.hidden = !(format in STYLES);
    copy.disabled = save.disabled = !ready;
    status.textContent = "";
  }

  /**
   * The text in a format, made once for as long as the panel is open.
   * @param {string} wanted
   */
  function found(wanted) {
    const mine = made;
    const known = mine.get(wanted) ?? (wanted in STYLES ? set(source, wanted) : filed(source, wanted));
    mine.set(wanted, known);
    known.catch(() => mine.delete(wanted));
    return known;
  }

  /** @param {unknown} fault */
  function told(fault) {
    const retry = () => {
      text.focus();
      void draw();
    };
    return element(
      "p",
      { role: "alert" },
      `${/** @type {Error} */ (fault).message} `,
      element("button", { type: "button", click: retry }, "Try again"),
    );
  }

  /** @param {string} wanted */
  function choose(wanted) {
    format = wanted;
    for (const input of inputs()) input.checked = input.value === wanted;
    void draw();
  }

  const inputs = () => /** @type {HTMLInputElement[]} */ ([...choice.querySelectorAll("input")]);
  choice.addEventListener("change", (event) => {
    choose(/** @type {HTMLInputElement} */ (event.target).value);
    keep(format);
  });
  announceOutcome(copy, () => copied(/** @type {Cited} */ (ready), text), "Copied", "Copying failed: select the text");
  announceOutcome(
    save,
    async () => download(source.name, format, /** @type {Cited} */ (ready).text),
    "Saved",
    "Saving failed",
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // the page's own keys mean the page behind
  document.body.append(dialog);

  return (/** @type {HTMLElement} */ opener, /** @type {Source} */ wanted) => {
    if (dialog.open) return;
    const many = wanted.count > MOST_SET;
    source = wanted;
    made = new Map();
    title.textContent = wanted.count === 1 ? "Cite this paper" : `Cite these ${plural(wanted.count, "paper")}`;
    limit.textContent = many
      ? `Styles take up to ${MOST_SET} papers, as setting more would take the browser long. The files have them all.`
      : "";
    for (const input of inputs()) input.disabled = many && input.value in STYLES;
    dialog.addEventListener("close", () => opener.focus(), { once: true });
    dialog.showModal();
    choose(many && kept() in STYLES ? "bibtex" : kept());
    inputs()
      .find((input) => input.checked)
      ?.focus();
  };
}

/**
 * Formats of a kind, of which one may be chosen.
 * @param {string} name
 * @param {[id: string, name: string][]} formats
 */
function group(name, formats) {
  const labels = formats.map(([value, said]) =>
    element("label", {}, element("input", { type: "radio", name: "format", value }), said),
  );
  return element("fieldset", {}, element("legend", {}, name), ...labels);
}

/** @param {string} format */
function named(format) {
  return STYLES[format] ?? FILES[format].name;
}

/**
 * The papers in a style.
 * @param {Source} source
 * @param {string} style
 * @returns {Promise<Cited>}
 */
async function set(source, style) {
  const tools = [
    import("citeproc"),
    fetchJson(`assets/scripts/styles/${style}.json`),
    fetchJson("assets/scripts/styles/locales.json"),
  ];
  const [items, [citeproc, rules, locales]] = await Promise.all([
    source.file("csl").then(JSON.parse).catch(failing(NO_DATA)),
    Promise.all(tools).catch(failing(NO_STYLE)),
  ]);
  const lines = await Promise.resolve()
    .then(() => formatBibliography(citeproc.default, rules, locales, items))
    .catch(failing(NO_STYLE));
  return {
    text: `${lines.map((pieces) => pieces.map(({ text }) => text).join("")).join("\n")}\n`,
    nodes: lines.map((pieces) => element("p", {}, ...pieces.map(drawn))),
    html: true,
    note: SENTENCE_CASE.includes(style)
      ? `${STYLES[style]} wants titles in sentence case. Here they have the capitals with which they were published.`
      : "",
  };
}

/**
 * The papers as a file.
 * @param {Source} source
 * @param {string} format
 * @returns {Promise<Cited>}
 */
async function filed(source, format) {
  const text = await source.file(format).catch(failing(NO_FILE));
  const long = text.length > MOST_SHOWN;
  return {
    text,
    nodes: [element("pre", {}, long ? text.slice(0, MOST_SHOWN) : text)],
    html: false,
    note: long ? "Only the beginning is shown. What is copied or downloaded is whole." : "",
  };
}

/**
 * Turns a fault into one that can be told to the reader.
 * @param {string} said
 * @returns {(fault: unknown) => never}
 */
function failing(said) {
  return (fault) => {
    console.warn(fault);
    throw new Error(said);
  };
}

/** @param {Piece} piece */
function drawn({ text, tags }) {
  return tags.reduceRight((/** @type {Node} */ inner, tag) => element(tag, {}, inner), document.createTextNode(text));
}

/**
 * @param {Cited} cited
 * @param {HTMLElement} shown
 */
async function copied({ text, html }, shown) {
  const { clipboard } = navigator;
  if (!html || !window.ClipboardItem) return clipboard.writeText(text);
  const kinds = {
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([shown.innerHTML], { type: "text/html" }),
  };
  return clipboard.write([new ClipboardItem(kinds)]).catch(() => clipboard.writeText(text));
}

/**
 * @param {string} name
 * @param {string} format
 * @param {string} text
 */
function download(name, format, text) {
  const { extension, type } = FILES[format] ?? SET;
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: `${name}.${extension}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_FOR);
}

/** The format that was chosen last, where the browser keeps it. */
function kept() {
  try {
    const format = localStorage.getItem(KEPT_AS) ?? "";
    return Object.hasOwn(STYLES, format) || Object.hasOwn(FILES, format) ? format : "apa";
  } catch {
    return "apa";
  }
}

/** @param {string} format */
function keep(format) {
  try {
    localStorage.setItem(KEPT_AS, format);
  } catch {
    // It holds for this page alone.
  }
}
