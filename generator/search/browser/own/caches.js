// @ts-check
// The caches of a site that can be read without a network, as its pages and its service worker name them. Each site of an
// origin has its own, by its root.

/**
 * @typedef {{version: string, shell: string[], data: [path: string, digest: string][], dataSize: number}} Build What the service worker knows of
 *   the site it belongs to: its version, the files that every page needs, and those of search with their size in bytes.
 */

const AT_ONCE = 4; // requests

/** The page for what is not saved. */
export const OFFLINE_PAGE = "offline/";
/** The list of pages that can be saved, and of data that they may ask for, with digests and sizes. */
export const PAGE_LIST = "offline.json";

/**
 * Return the names of the caches.
 * @param {string} root the root URL of the site
 */
export function cacheNames(root) {
  const own = `reading-list ${new URL(root).pathname} `;
  return {
    /** What begins the names of all caches of the site. */
    own,
    /** The files that every page needs, in the version of the worker. */
    shell: (/** @type {string} */ version) => `${own}shell ${version}`,
    /** The pages that the reader has seen, and what they loaded. */
    seen: `${own}seen`,
    /** The pages that are saved on purpose: those of kept papers, or all. */
    saved: `${own}saved`,
  };
}

/**
 * Return the address under which an answer is stored: without the query and the fragment, which only scripts read.
 * @param {string} address
 */
export function cacheKey(address) {
  const url = new URL(address);
  return url.origin + url.pathname;
}

/**
 * Return the digest of a file as the build states it: the first 12 hexadecimal digits of its SHA-256.
 * @param {ArrayBuffer} content
 */
export async function digestOf(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest.slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Do something with each item, a few at a time.
 * @template Item
 * @param {Iterable<Item>} items
 * @param {(item: Item) => Promise<unknown>} act
 */
export async function inTurns(items, act) {
  const rest = [...items];
  const work = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
