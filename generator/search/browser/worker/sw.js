// @ts-check
// The service worker: the network comes first, so that readers always get the newest version, and what they have seen or
// saved is shown when there is no network. A new version takes over when the reader says so, or when no page is open.

import { cacheKey, cacheNames, digestOf, inTurns, OFFLINE_PAGE, PAGE_LIST } from "../own/caches.js";

/**
 * @typedef {{waitUntil: (work: Promise<unknown>) => void}} Lasting
 * @typedef {Lasting & {request: Request, respondWith: (answer: Promise<Response>) => void}} FetchEvent
 * @typedef {Lasting & {data: unknown, source: {url: string} | null}} MessageEvent
 * @typedef {{
 *   registration: {scope: string}, skipWaiting: () => Promise<void>,
 *   clients: {claim: () => Promise<void>},
 *   addEventListener: (type: string, listener: (event: any) => void) => void,
 * }} Worker
 */

const worker = /** @type {Worker} */ (/** @type {unknown} */ (self));
const ROOT = worker.registration.scope;
const NAMES = cacheNames(ROOT);
const SHELL = NAMES.shell(BUILD.version);
const PATIENCE = 3000; // milliseconds for the network, if there is a saved answer
const MOST_SEEN = 300; // pages
const MOST_DATA = 4_000_000; // bytes of search data that are fetched unasked; about a quarter of that is transferred
const CITATION = /\.(?:bib|ris|csl\.json)$/; // the end of the addresses of files that belong to a page

worker.addEventListener("install", (/** @type {Lasting} */ event) => event.waitUntil(fetchShell()));
worker.addEventListener("activate", (/** @type {Lasting} */ event) => event.waitUntil(takeOver()));
worker.addEventListener("message", (/** @type {MessageEvent} */ event) => {
  if (event.data === "activate") event.waitUntil(worker.skipWaiting());
  if (event.data === "prepare") event.waitUntil(prepare(event.source?.url ?? ROOT).catch(() => {})); // the next page asks again
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

/** Delete the caches of other versions. Requests wait for this, so nothing is fetched here. */
async function takeOver() {
  const names = (await caches.keys()).filter((name) => name.startsWith(NAMES.own));
  const current = [SHELL, NAMES.seen, NAMES.saved];
  await Promise.all(names.filter((name) => !current.includes(name)).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/**
 * Fetch what may be needed without a network, once a page has been loaded.
 * @param {string} page its address
 */
async function prepare(page) {
  const seen = await caches.open(NAMES.seen);
  const key = cacheKey(page);
  if (key.startsWith(ROOT) && !(await storedAnswer(key))) await seen.put(key, await fetchWhole(key));
  await refresh();
  if (BUILD.dataSize > MOST_DATA) return;
  await inTurns(BUILD.data, async ([path]) => {
    if (!(await seen.match(ROOT + path))) await seen.put(ROOT + path, await fetchWhole(ROOT + path));
  });
}

/** Fetch again what is stored and has changed, once for this version, which then has the list of what can be saved. */
async function refresh() {
  const shell = await caches.open(SHELL);
  if (await shell.match(ROOT + PAGE_LIST)) return;
  const listed = await fetchWhole(ROOT + PAGE_LIST);
  /** @type {{pages: [path: string, digest: string][], data: [path: string, digest: string][]}} */
  const { pages, data } = await listed.clone().json();
  const digests = new Map([...pages, ...data, ...BUILD.data].map(([path, digest]) => [ROOT + path, digest]));
  for (const name of [NAMES.saved, NAMES.seen]) {
    const cache = await caches.open(name);
    const urls = (await cache.keys()).map(({ url }) => url);
    /** @type {Set<string>} */
    const changed = new Set();
    await inTurns(urls, async (url) => {
      const digest = digests.get(url);
      const stored = digest && (await cache.match(url));
      if (stored && (await digestOf(await stored.arrayBuffer())) !== digest) changed.add(url);
    });
    const isOld = (/** @type {string} */ url) => changed.has(url) || changed.has(url.replace(CITATION, "/"));
    await inTurns(urls.filter(isOld), async (url) => cache.put(url, await fetchWhole(url)));
  }
  await shell.put(ROOT + PAGE_LIST, listed);
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
  if (stored) {
    const failure = request.mode === "navigate" ? 500 : 400; // a new version may lack files of the one that a page is of
    const sound = fetched.then((found) => (found.status < failure ? found : stored));
    return Promise.race([sound, delay(PATIENCE).then(() => stored)]).catch(() => stored);
  }
  return fetched.catch((fault) => {
    if (request.mode !== "navigate" || key === ROOT + OFFLINE_PAGE) throw fault;
    const asked = encodeURIComponent(request.url.slice(ROOT.length));
    return Response.redirect(`${ROOT}${OFFLINE_PAGE}?page=${asked}`); // as its links are relative to its address
  });
}

/**
 * Return what is stored; at last that of a new version that waits, whose pages may have been shown already.
 * @param {string} key
 * @returns {Promise<Response | undefined>}
 */
async function storedAnswer(key) {
  const names = [NAMES.saved, NAMES.seen, SHELL];
  const others = (await caches.keys()).filter((name) => name.startsWith(NAMES.own) && !names.includes(name));
  for (const name of [...names, ...others]) {
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
