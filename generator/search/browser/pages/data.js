// @ts-check
// Fetches the list and its texts when search is first used, and builds the engine from them.

import { unpackList } from "../engine/columns.js";
import { Engine } from "../engine/engine.js";
import { OWN_EVENT, OWN_KEY, stored } from "./controls.js";
import { fetchJson, wholeArray } from "./fetch.js";

const SLICE = 10; // milliseconds of work between two pauses; a slow phone can do little more in the time of a frame

/** The number of parts of the texts indexed so far, and their total number. */
export const progress = { parts: 0, of: 0 };

/** @type {Promise<Engine> | null} */
let loading = null;
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Set<(engine: Engine) => void>} */
const ownListeners = new Set();
let isRenewing = false;

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
  const engine = await loading.catch(() => null);
  if (!engine) return;
  await readOwn(engine);
  for (const listener of ownListeners) listener(engine);
}

document.addEventListener(OWN_EVENT, () => void renewOwn());

async function buildEngine() {
  const list = fetchJson("search/list.json");
  const texts = fetchJson("search/texts-0.json").catch(() => null);
  const built = new Engine(unpackList(await list));
  const count = built.list.papers.ids.length;
  await pause();
  await inSlices(count, (paper) => built.addPapers(paper, paper + 1));
  progress.of = built.list.parts;
  const abstracts = wholeArray(await texts, Math.min(count, built.list.part));
  await inSlices(abstracts.length, (paper) => built.addAbstracts(paper, [abstracts[paper]]));
  progress.parts = 1;
  if (stored(OWN_KEY)) await readOwn(built).catch(console.warn);
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
    await inSlices(abstracts.length, (at) => built.addAbstracts(first + at, [abstracts[at]]));
    progress.parts += 1;
    for (const listener of listeners) listener();
  }
}

/**
 * Do some work for each number below a count, with pauses.
 * @param {number} count
 * @param {(at: number) => void} work
 */
async function inSlices(count, work) {
  let end = performance.now() + SLICE;
  for (let at = 0; at < count; at++) {
    work(at);
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
