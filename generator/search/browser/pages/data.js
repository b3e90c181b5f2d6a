// @ts-check
// Fetches the list and its texts when search is first used, and builds the engine from them.

import { unpackList } from "../engine/columns.js";
import { Engine } from "../engine/engine.js";

const BATCH = 250; // papers indexed between two pauses

/** The root URL of the site. */
export const ROOT = new URL("../../", import.meta.url);

/** The number of parts of the texts indexed so far, and their total number. */
export const progress = { parts: 0, of: 0 };

/** @type {Promise<Engine> | null} */
let loading = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * Return the engine, once it has the list and the first part of the texts; the other parts follow in the background.
 * If loading fails, the next call tries again.
 */
export function loadEngine() {
  loading ??= buildEngine().catch((fault) => {
    loading = null;
    throw fault;
  });
  return loading;
}

/**
 * Call a listener whenever the engine has indexed more texts.
 * @param {() => void} listener
 */
export function onProgress(listener) {
  listeners.add(listener);
}

async function buildEngine() {
  const list = fetchJson("search/list.json");
  const texts = fetchJson("search/texts-0.json").catch(() => null);
  const built = new Engine(unpackList(await list));
  const count = built.list.papers.ids.length;
  for (let at = 0; at < count; at += BATCH) {
    built.addPapers(at, at + BATCH);
    if (count > BATCH) await pause();
  }
  progress.of = built.list.parts;
  built.addAbstracts(0, wholeArray(await texts, Math.min(count, built.list.part)));
  progress.parts = 1;
  void addRemainingTexts(built);
  return built;
}

/**
 * Index the other parts. A part that cannot be fetched is skipped; its papers can still be found without abstracts.
 * @param {Engine} built
 */
async function addRemainingTexts(built) {
  for (let part = 1; part < built.list.parts; part++) {
    const first = part * built.list.part;
    const abstracts = await fetchJson(`search/texts-${part}.json`)
      .then((texts) => wholeArray(texts, Math.min(built.list.papers.ids.length - first, built.list.part)))
      .catch(() => []);
    for (let at = 0; at < abstracts.length; at += BATCH) {
      built.addAbstracts(first + at, abstracts.slice(at, at + BATCH));
      await pause();
    }
    progress.parts += 1;
    for (const listener of listeners) listener();
  }
}

/**
 * Return the content of a file if it is an array with at least as many items as it should have. Otherwise, throw an error.
 * @param {unknown} content
 * @param {number} count
 * @returns {any[]}
 */
export function wholeArray(content, count) {
  if (!Array.isArray(content) || content.length < count) throw new Error("The data is incomplete");
  return content;
}

/**
 * Return a file of the site, parsed as JSON.
 * @param {string} path
 */
export async function fetchJson(path) {
  return (await fetchFile(path)).json();
}

/**
 * Return a file of the site. It is always revalidated, so that all files are from the same build.
 * @param {string} path
 */
export async function fetchFile(path) {
  const answer = await fetch(new URL(path, ROOT), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** Let the browser render and handle input. */
function pause() {
  return new Promise((done) => setTimeout(done));
}
