// @ts-check
// Fetches the list and its texts, once and when search is first used, and builds the engine from them.

import { unpackList } from "../engine/columns.js";
import { Engine } from "../engine/engine.js";

const BATCH = 250; // papers added between two pauses

/** The site's root, wherever the site is. */
export const ROOT = new URL("../../", import.meta.url);

/** How many of the list's parts have been added, and how many there are. */
export const progress = { parts: 0, of: 0 };

/** @type {Promise<Engine> | null} */
let loading = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * Return the engine, once it has the list and the first part of the texts; the others follow. After a failure it can be
 * called again.
 */
export function loadEngine() {
  loading ??= buildEngine().catch((fault) => {
    loading = null;
    throw fault;
  });
  return loading;
}

/**
 * Call back whenever the engine has got more texts.
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
  built.addAbstracts(0, completeTexts(await texts, Math.min(count, built.list.part)));
  progress.parts = 1;
  void addRemainingTexts(built);
  return built;
}

/**
 * Add the other parts. A part that cannot be fetched is left out: its papers are still found by everything else.
 * @param {Engine} built
 */
async function addRemainingTexts(built) {
  for (let part = 1; part < built.list.parts; part++) {
    const abstracts = await fetchJson(`search/texts-${part}.json`).catch(() => []);
    for (let at = 0; at < abstracts.length; at += BATCH) {
      built.addAbstracts(part * built.list.part + at, abstracts.slice(at, at + BATCH));
      await pause();
    }
    progress.parts += 1;
    for (const listener of listeners) listener();
  }
}

/**
 * Return the texts if there are as many as there should be.
 * @param {unknown} texts
 * @param {number} count
 * @returns {string[]}
 */
function completeTexts(texts, count) {
  if (!Array.isArray(texts) || texts.length !== count) throw new Error("The search data is incomplete");
  return texts;
}

/**
 * Return a file of the site, parsed as JSON.
 * @param {string} path
 */
export async function fetchJson(path) {
  return (await fetchFile(path)).json();
}

/**
 * Return a file of the site. It is revalidated each time, so that all files are of one build.
 * @param {string} path
 */
export async function fetchFile(path) {
  const answer = await fetch(new URL(path, ROOT), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** Let the browser draw and handle input. */
function pause() {
  return new Promise((done) => setTimeout(done));
}
