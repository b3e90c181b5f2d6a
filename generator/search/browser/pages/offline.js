// @ts-check
// Saves pages for reading without a network: those of kept papers at once, and all others if the reader asks for it.

import { plural } from "../engine/text.js";
import { cacheKey, cacheNames, inTurns, PAGE_LIST } from "../own/caches.js";
import { element } from "./draw.js";
import { fetchJson, ROOT } from "./fetch.js";
import { showNotice } from "./notice.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 * @typedef {[path: string, digest: string, size: number]} SavedFile A file of the site: its path, what begins its
 *   digest, and its size in bytes.
 */

const SAVED_ALL = "saved-all"; // the name under which the choice is remembered
const SAVED_VERSION = "saved-version"; // the same for the version whose pages are saved
const CITATIONS = ["bib", "ris", "csl.json"];
const NAMES = cacheNames(ROOT.href);

/** What to call when the pages of kept papers have been saved. @type {Set<() => void>} */
const savedListeners = new Set();

/** Return whether pages can be saved in this browser. */
export function canSave() {
  return "caches" in window && Boolean(navigator.serviceWorker?.controller);
}

/**
 * Save the pages of kept papers, now and from now on, and if the whole list is saved, what is new in it.
 * @param {OwnPapers} own
 */
export async function saveKept(own) {
  if (!canSave()) return;
  const kept = new Set(own.kept().map(({ id }) => id));
  const save = async (/** @type {Iterable<string>} */ ids) => {
    await savePapers(own, ids).catch(sayOnce);
    for (const listener of savedListeners) listener();
  };
  own.listen((ids) => {
    const changed = [...ids].filter((id) => kept.has(id) !== Boolean(own.get(id)));
    for (const id of changed) if (!kept.delete(id)) kept.add(id);
    if (changed.length) void save(changed);
  });
  await save(own.records.keys());
  await saveNewFiles(own).catch(() => {}); // the next page tries again
}

/**
 * @param {OwnPapers} own
 * @param {Iterable<string>} ids
 */
async function savePapers(own, ids) {
  const cache = await caches.open(NAMES.saved);
  const stored = new Set((await cache.keys()).map(({ url }) => url));
  const address = (/** @type {string} */ id) => paperFiles(id)[0];
  const missing = [...ids].filter((id) => own.get(id) && !stored.has(address(id)));
  const dropped = own.notes.get(SAVED_ALL) ? [] : [...ids].filter((id) => !own.get(id) && stored.has(address(id)));
  await inTurns(missing, async (id) => {
    for (const file of paperFiles(id)) await saveFile(cache, file);
  });
  for (const file of dropped.flatMap(paperFiles)) await cache.delete(file);
}

/**
 * Return the addresses of what is saved of a paper: its page and its citations.
 * @param {string} id
 */
function paperFiles(id) {
  return ["/", ...CITATIONS.map((extension) => `.${extension}`)].map((end) => new URL(`papers/${id}${end}`, ROOT).href);
}

/**
 * @param {Cache} cache
 * @param {string} address
 */
async function saveFile(cache, address) {
  const found = await fetch(address, { cache: "no-cache" });
  if (found.status === 200 && !found.redirected) await cache.put(cacheKey(address), found);
}

/**
 * If the whole list is saved, fetch what is new in this version of the site.
 * @param {OwnPapers} own
 */
async function saveNewFiles(own) {
  if (!own.notes.get(SAVED_ALL)) return;
  const { version, files } = await offlineManifest();
  if (own.notes.get(SAVED_VERSION) === version) return;
  const cache = await caches.open(NAMES.saved);
  await inTurns(await missingFiles(cache, files), (url) => saveFile(cache, url));
  await own.setNote(SAVED_VERSION, version);
}

/**
 * Return the addresses of files that are not saved.
 * @param {Cache} cache
 * @param {SavedFile[]} files
 */
async function missingFiles(cache, files) {
  const stored = new Set((await cache.keys()).map(({ url }) => url));
  return files.map(([path]) => new URL(path, ROOT).href).filter((url) => !stored.has(url));
}

/**
 * Return the version of the site, and its pages and data.
 * @returns {Promise<{version: string, files: SavedFile[]}>}
 */
async function offlineManifest() {
  const { version, pages, data } = await fetchJson(PAGE_LIST);
  if (typeof version !== "string" || !Array.isArray(pages) || !Array.isArray(data))
    throw new Error("The list of pages is broken");
  return { version, files: [...pages, ...data] };
}

let isSaid = false;

/**
 * Say once that pages cannot be saved.
 * @param {unknown} fault
 */
function sayOnce(fault) {
  console.warn(fault);
  if (isSaid || !navigator.onLine) return;
  isSaid = true;
  showNotice("Pages could not be saved for reading offline: this browser has no room for them.");
}

/**
 * Show a link to the page that the reader asked for, and the saved pages of papers.
 * @param {HTMLElement} place
 */
export async function showSaved(place) {
  const asked = new URLSearchParams(location.search).get("page");
  const again = new URL(asked ?? "", ROOT);
  if (asked !== null && again.href.startsWith(ROOT.href))
    place.append(element("p", {}, element("a", { href: again.href }, "Try the page again")));
  place.hidden = false;
  if (!("caches" in window)) return;
  const names = [NAMES.saved, NAMES.seen];
  const stored = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  const urls = new Set(stored.flat().map(({ url }) => url));
  const { papers } = await fetchJson("search/list.json");
  const address = (/** @type {string} */ id) => new URL(`papers/${id}/`, ROOT).href;
  const rows = papers.ids.flatMap((/** @type {string} */ id, /** @type {number} */ at) =>
    urls.has(address(id)) ? [element("li", {}, element("a", { href: address(id) }, papers.titles[at]))] : [],
  );
  if (rows.length) place.append(element("h2", {}, "Saved here"), element("ul", {}, ...rows));
}

/**
 * Fill the panel in which the reader saves the whole list.
 * @param {HTMLElement} place
 * @param {OwnPapers} own
 */
export async function offerSaving(place, own) {
  if (!canSave()) return;
  const manifest = await offlineManifest().catch(() => null);
  const panel = new SavingPanel(place, own, manifest?.files ?? []);
  savedListeners.add(() => void panel.update());
  await panel.update();
  place.hidden = false;
}

/** The panel: what is saved, how large the rest is, and the progress. */
class SavingPanel {
  /**
   * @param {HTMLElement} place
   * @param {OwnPapers} own
   * @param {SavedFile[]} files
   */
  constructor(place, own, files) {
    this.own = own;
    this.files = files;
    this.isStopped = true;
    this.summary = element("summary", {}, "Read without a network");
    this.state = element("p", { role: "status" });
    this.bar = element("progress", { "aria-label": "Saved pages", hidden: true });
    this.all = button("", { click: () => void this.saveAll() });
    this.stop = button("Stop", { hidden: true, click: () => void this.finish() });
    this.none = button("Remove all but what I keep", { click: () => void this.removeRest() });
    const buttons = element("div", { class: "own-files" }, this.all, this.stop, this.none);
    place.replaceChildren(element("details", {}, this.summary, this.state, this.bar, buttons));
  }

  async update() {
    const cache = await caches.open(NAMES.saved);
    const stored = (await cache.keys()).map(({ url }) => url);
    const sizes = new Map(this.files.map(([path, , size]) => [new URL(path, ROOT).href, size]));
    const rest = [...sizes.keys()].filter((url) => !stored.includes(url));
    const summary = (/** @type {string[]} */ urls) => {
      const bytes = urls.reduce((sum, url) => sum + (sizes.get(url) ?? 0), 0);
      return [plural(urls.filter((url) => url.endsWith("/")).length, "page"), megabytes(bytes)];
    };
    const [pages, size] = summary(stored);
    this.state.textContent = stored.length
      ? `${pages} saved, ${size}.`
      : "The pages of what you keep are saved here. Pages that you have seen can be read, too.";
    this.all.textContent = `Save the whole list: ${summary(rest).join(", ")}`;
    this.all.hidden = !rest.length || !this.isStopped;
    const kept = this.keptFiles();
    this.none.hidden = !this.isStopped || stored.every((url) => kept.has(url));
  }

  async saveAll() {
    this.isStopped = false;
    void navigator.storage?.persist?.(); // so that the browser does not clear it when it needs room
    const cache = await caches.open(NAMES.saved);
    const rest = await missingFiles(cache, this.files);
    this.bar.max = rest.length;
    this.bar.value = 0;
    this.bar.hidden = this.stop.hidden = false;
    this.all.hidden = this.none.hidden = true;
    this.stop.focus();
    await this.own.setNote(SAVED_ALL, true);
    try {
      await inTurns(rest, async (url) => {
        if (this.isStopped) return;
        await saveFile(cache, url);
        this.bar.value += 1;
        this.state.textContent = `${this.bar.value} of ${plural(rest.length, "file")} saved`;
      });
      if (!this.isStopped) showNotice("The whole list is saved for reading without a network.");
    } catch (fault) {
      console.warn(fault);
      showNotice("Saving stopped: there is no network, or no room in this browser. What is saved stays.");
    }
    await this.finish();
  }

  async finish() {
    const hadFocus = document.activeElement === this.stop;
    this.isStopped = true;
    this.bar.hidden = this.stop.hidden = true;
    await this.update();
    if (hadFocus) (this.all.hidden ? this.summary : this.all).focus();
  }

  /** Return the addresses of what stays saved. */
  keptFiles() {
    return new Set(this.own.kept().flatMap(({ id }) => paperFiles(id)));
  }

  async removeRest() {
    await this.own.setNote(SAVED_ALL, false);
    const cache = await caches.open(NAMES.saved);
    const kept = this.keptFiles();
    const rest = (await cache.keys()).filter(({ url }) => !kept.has(url));
    await inTurns(rest, (request) => cache.delete(request));
    await this.update();
    this.summary.focus();
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  const shown = Math.max(bytes / 1e6, 0.1);
  return `${shown.toLocaleString("en", { maximumFractionDigits: shown < 10 ? 1 : 0 })} MB`;
}
