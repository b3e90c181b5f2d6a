// @ts-check
// Fetches the list and its texts when search is first used, and builds the engine from them: what shows papers comes
// first, then what searches for words.

import { unpackList } from "../engine/columns.js";
import { Engine } from "../engine/engine.js";
import { namesIn } from "../engine/places.js";
import { OWN_EVENT, OWN_KEY, stored } from "./controls.js";
import { fetchJson, wholeArray } from "./fetch.js";

const SLICE = 10; // milliseconds of work between two pauses; a slow phone can do little more in the time of a frame
const BETWEEN_NEWS = 250; // milliseconds between two calls of the listeners, as each draws the results again

/** The number of parts of the texts indexed so far, and their total number. */
export const progress = { parts: 0, of: 0 };

/** @typedef {import("../engine/engine.js").Texts} Texts */

/** The engine with the list, and the same when it can search. @type {{list: Promise<Engine>, engine: Promise<Engine>} | null} */
let loading = null;
/** @type {Set<(engine: Engine) => void>} */
const listeners = new Set();
/** @type {Set<(engine: Engine) => void>} */
const ownListeners = new Set();
let isRenewing = false;

/**
 * Return the engine, once it can search: it has indexed the list and the first part of the texts; the other parts follow
 * in the background. If loading fails, the next call tries again.
 */
export function loadEngine() {
  return begin().engine;
}

/** Return the engine, once it has the list and the texts of the newest papers, but not before it can search for words. */
export function loadList() {
  return begin().list;
}

/** Begin to load, unless that has begun. */
function begin() {
  if (loading) return loading;
  const list = fetchList();
  const engine = list.then(indexed);
  const mine = { list: list.then(({ engine: made }) => made), engine };
  for (const promise of [mine.list, engine])
    promise.catch(() => {
      if (loading === mine) loading = null;
    });
  loading = mine;
  return mine;
}

/**
 * Call a listener with the engine whenever it has indexed more texts.
 * @param {(engine: Engine) => void} listener
 */
export function onProgress(listener) {
  listeners.add(listener);
}

/**
 * Call a listener with the engine whenever it has taken over what the reader has changed on their list.
 * @param {(engine: Engine) => void} listener
 */
export function onOwnChange(listener) {
  ownListeners.add(listener);
}

/**
 * Put what the reader keeps into the columns of the list.
 * @param {Engine} engine
 */
export async function readOwn({ list }) {
  const { ownColumnsOf } = await import("./own.js");
  list.own = await ownColumnsOf(list);
}

/** Take over what the reader has changed, here or in another tab; the page shows the change itself before that. */
async function renewOwn() {
  if (isRenewing || !loading) return;
  isRenewing = true;
  await pause();
  isRenewing = false;
  const engine = await loading.list.catch(() => null);
  if (!engine) return;
  await readOwn(engine);
  for (const listener of ownListeners) listener(engine);
}

document.addEventListener(OWN_EVENT, () => void renewOwn());

/** Return the engine with the list, and the first part of the texts. */
async function fetchList() {
  const list = fetchJson("search/list.json");
  const part = fetchJson("search/texts-0.json").catch(() => null);
  const unpacked = unpackList(await list);
  await pause();
  const engine = new Engine(unpacked);
  const texts = wholeTexts(await part, unpacked.texts[0]);
  engine.takeTexts(0, texts);
  progress.of = unpacked.texts.length;
  if (stored(OWN_KEY)) await readOwn(engine).catch(console.warn);
  return { engine, texts };
}

/**
 * Index the list and the first part of the texts, and return the engine.
 * @param {Awaited<ReturnType<typeof fetchList>>} fetched
 */
async function indexed({ engine, texts }) {
  await pause();
  await inSlices(engine.indexList());
  await inSlices(engine.directory.steps());
  await inSlices(namesIn(engine).steps());
  await inSlices(engine.indexTexts(0, texts));
  progress.parts = 1;
  void addRemainingTexts(engine);
  return engine;
}

/**
 * Take over and index the other parts. A part that cannot be fetched is skipped; its papers can still be found without.
 * @param {Engine} engine
 */
async function addRemainingTexts(engine) {
  const { texts: parts } = engine.list;
  const get = (/** @type {number} */ part) =>
    part < parts.length
      ? fetchJson(`search/texts-${part}.json`)
          .then((texts) => wholeTexts(texts, parts[part]))
          .catch(() => ({}))
      : {};
  let told = performance.now();
  let next = get(1);
  for (let part = 1; part < parts.length; part++) {
    const texts = await next;
    next = get(part + 1);
    engine.takeTexts(parts[part][0], texts);
    await inSlices(engine.indexTexts(parts[part][0], texts));
    progress.parts += 1;
    if (progress.parts < progress.of && performance.now() - told < BETWEEN_NEWS) continue;
    for (const listener of listeners) listener(engine);
    told = performance.now();
  }
}

/**
 * Return texts if they are those of as many papers as they should be. Otherwise, throw an error.
 * @param {any} texts
 * @param {[first: number, count: number]} part
 * @returns {Texts}
 */
function wholeTexts(texts, [, count]) {
  const columns = Object.values(texts ?? {});
  if (!columns.length) throw new Error("The data is incomplete");
  for (const column of columns) wholeArray(column, count);
  return texts;
}

/**
 * Do some work in steps, with pauses.
 * @param {Iterator<void>} steps
 */
async function inSlices(steps) {
  let end = performance.now() + SLICE;
  while (!steps.next().done) {
    if (performance.now() < end) continue;
    await pause();
    end = performance.now() + SLICE;
  }
  await pause();
}

/** Let the browser render and handle input. Unlike timers, messages are not delayed when there are many. */
export function pause() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done(undefined);
    };
    port2.postMessage(null);
  });
}
