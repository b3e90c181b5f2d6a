// @ts-check
// Fetches the list and its texts, once and when search is first used; an engine that can be asked comes out.

import { unpackList } from "../engine/columns.js";
import { Engine } from "../engine/engine.js";

const STEP = 250; // papers taken in between two looks at what the reader does

/** The site's root, wherever the site is. */
export const ROOT = new URL("../../", import.meta.url);

/** @type {Promise<Engine> | null} */
let opening = null;
/** @type {Set<() => void>} */
const listeners = new Set();
/** How many of the list's parts have been taken in, and how many there are. */
export const progress = { parts: 0, of: 0 };

/**
 * The engine, once it knows the list and the first part of the texts; the others follow. After a failure it may be tried
 * again.
 */
export function loadEngine() {
  opening ??= open().catch((fault) => {
    opening = null;
    throw fault;
  });
  return opening;
}

/**
 * Calls back whenever the engine has learned more.
 * @param {() => void} listener
 */
export function onProgress(listener) {
  listeners.add(listener);
}

async function open() {
  const list = fetchJson("search/list.json");
  const first = fetchJson("search/texts-0.json").catch(() => null);
  const engine = new Engine(unpackList(await list));
  const count = engine.list.papers.ids.length;
  for (let at = 0; at < count; at += STEP) {
    engine.addPapers(at, at + STEP);
    if (count > STEP) await pause();
  }
  progress.of = engine.list.parts;
  engine.addAbstracts(0, whole(await first, Math.min(count, engine.list.part)));
  progress.parts = 1;
  void rest(engine);
  return engine;
}

/**
 * Takes in the other parts. A part that cannot be had is left out: the papers are still found by all else.
 * @param {Engine} engine
 */
async function rest(engine) {
  for (let part = 1; part < engine.list.parts; part++) {
    const abstracts = await fetchJson(`search/texts-${part}.json`).catch(() => []);
    for (let at = 0; at < abstracts.length; at += STEP) {
      engine.addAbstracts(part * engine.list.part + at, abstracts.slice(at, at + STEP));
      await pause();
    }
    progress.parts += 1;
    for (const listener of listeners) listener();
  }
}

/**
 * @param {unknown} texts
 * @param {number} count
 * @returns {string[]}
 */
function whole(texts, count) {
  if (!Array.isArray(texts) || texts.length !== count) throw new Error("The search data is not whole");
  return texts;
}

/**
 * A file of the site, read as JSON; asked for anew each time, so that list and texts are of one build.
 * @param {string} file
 */
export async function fetchJson(file) {
  const answer = await fetch(new URL(file, ROOT), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return answer.json();
}

/** Lets the browser draw and hear the reader. */
function pause() {
  return new Promise((done) => setTimeout(done));
}
