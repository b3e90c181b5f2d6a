// @ts-check
// The service worker: the network comes first, so that readers always get the newest version, and what they have seen or
// saved is shown when there is no network. A new version takes over when the reader says so, or when no page is open.

import { cacheKey, cacheNames, OFFLINE_PAGE } from "../own/caches.js";

/**
 * @typedef {{waitUntil: (work: Promise<unknown>) => void}} Lasting
 * @typedef {Lasting & {request: Request, respondWith: (answer: Promise<Response>) => void}} FetchEvent
 * @typedef {{
 *   registration: {scope: string}, skipWaiting: () => Promise<void>,
 *   clients: {claim: () => Promise<void>, matchAll: (options: object) => Promise<{url: string}[]>},
 *   addEventListener: (type: string, listener: (event: any) => void) => void,
 * }} Worker
 */

const worker = /** @type {Worker} */ (/** @type {unknown} */ (self));
const ROOT = worker.registration.scope;
const NAMES = cacheNames(ROOT);
const SHELL = NAMES.shell(BUILD.version);
const PATIENCE = 3000; // milliseconds for the network, if there is a saved answer
const MOST_SEEN = 300; // answers
const MOST_DATA = 4_000_000; // bytes of search data that are fetched unasked; about a quarter of that is transferred
const AT_ONCE = 4; // requests

worker.addEventListener("install", (/** @type {Lasting} */ event) => event.waitUntil(fetchShell()));
worker.addEventListener("activate", (/** @type {Lasting} */ event) => event.waitUntil(takeOver()));
worker.addEventListener("message", (event) => {
  if (event.data === "activate") event.waitUntil(worker.skipWaiting());
  if (event.data === "fetch-data") event.waitUntil(fetchData());
});
worker.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
  const { request } = event;
  const isOurs = request.method === "GET" && request.url.startsWith(ROOT) && !request.headers.has("range");
  if (!isOurs || request.cache === "only-if-cached" || request.url.startsWith(`${ROOT}sw.js`)) return;
  event.respondWith(answer(request, event));
});

/** Fetch what every page needs. If a file is missing, this version is not installed, and the one before goes on. */
async function fetchShell() {
  const cache = await caches.open(SHELL);
  await inTurns(BUILD.shell, async (path) => cache.put(ROOT + path, await fetchWhole(ROOT + path)));
}

/** Delete the caches of other versions, and begin with the pages that are open. */
async function takeOver() {
  const names = (await caches.keys()).filter((name) => name.startsWith(NAMES.own));
  const current = [SHELL, NAMES.seen, NAMES.saved];
  await Promise.all(names.filter((name) => !current.includes(name)).map((name) => caches.delete(name)));
  await worker.clients.claim();
  const pages = await worker.clients.matchAll({ type: "window" });
  const seen = await caches.open(NAMES.seen);
  await Promise.allSettled(
    pages
      .map(({ url }) => cacheKey(url))
      .filter((key) => key.startsWith(ROOT))
      .map(async (key) => seen.put(key, await fetchWhole(key))),
  );
}

/** Fetch the data of search, unless it is there or large. */
async function fetchData() {
  if (BUILD.dataSize > MOST_DATA) return;
  const seen = await caches.open(NAMES.seen);
  await inTurns(BUILD.data, async (path) => {
    if (!(await seen.match(ROOT + path))) await seen.put(ROOT + path, await fetchWhole(ROOT + path));
  });
}

/**
 * Return a file, as the server has it now.
 * @param {string} address
 */
async function fetchWhole(address) {
  const found = await fetch(address, { cache: "no-cache" });
  if (found.status !== 200) throw new Error(`${address}: ${found.status}`);
  return found;
}

/**
 * Do something with each item, a few at a time.
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => Promise<unknown>} act
 */
async function inTurns(items, act) {
  const rest = [...items];
  const work = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * Return the answer to a request: that of the network or, if it fails or takes long, what is stored.
 * @param {Request} request
 * @param {Lasting} event
 * @returns {Promise<Response>}
 */
async function answer(request, event) {
  const key = cacheKey(request.url);
  const fetched = fetch(request);
  event.waitUntil(fetched.then((found) => store(request, key, found.clone())).catch(() => {}));
  const stored = await storedAnswer(key);
  if (stored) return Promise.race([fetched, delay(PATIENCE).then(() => stored)]).catch(() => stored);
  return fetched.catch(async (fault) => {
    if (request.mode !== "navigate") throw fault;
    const asked = encodeURIComponent(request.url.slice(ROOT.length));
    return Response.redirect(`${ROOT}${OFFLINE_PAGE}?page=${asked}`); // as its links are relative to its address
  });
}

/**
 * @param {string} key
 * @returns {Promise<Response | undefined>}
 */
async function storedAnswer(key) {
  for (const name of [NAMES.saved, NAMES.seen, SHELL]) {
    const found = await (await caches.open(name)).match(key);
    if (found) return found;
  }
  return undefined;
}

/**
 * Store an answer where it is stored already or, if it belongs to a page that the reader has seen, there.
 * @param {Request} request
 * @param {string} key
 * @param {Response} found
 */
async function store(request, key, found) {
  if (found.status !== 200 || found.redirected || found.type !== "basic") return;
  for (const name of [NAMES.saved, SHELL]) {
    const cache = await caches.open(name);
    if (await cache.match(key)) return cache.put(key, found);
  }
  const isPart = /^(?:assets|search)\//.test(key.slice(ROOT.length));
  if (request.mode !== "navigate" && !isPart) return;
  const seen = await caches.open(NAMES.seen);
  await seen.delete(key); // so that it comes last
  await seen.put(key, found);
  const keys = await seen.keys();
  const pages = keys.filter(({ url }) => url.endsWith("/"));
  await Promise.all(pages.slice(0, Math.max(0, pages.length - MOST_SEEN)).map((page) => seen.delete(page)));
}

/** @param {number} milliseconds */
function delay(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
