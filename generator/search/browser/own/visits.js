// @ts-check
// What was added to the list since the reader's last visit: the ids that the list had then are remembered.

/**
 * @typedef {{ids: string[], at: number, fresh: string[], since: number}} Visits The ids of the list and the time of the
 *   latest visit, and what was new in it since the one before; that is 0 in the first visit. Times are in milliseconds.
 */

const AWAY = 30 * 60_000; // milliseconds without a page of one's own, after which the next one is a new visit

/**
 * Return what to remember now that the reader is here.
 * @param {Visits | undefined} before
 * @param {string[]} ids of the list as it is now
 * @param {number} now
 * @returns {Visits}
 */
export function visited(before, ids, now) {
  if (!before) return { ids, at: now, fresh: [], since: 0 };
  if (now - before.at < AWAY) return { ...before, at: now };
  const known = new Set(before.ids);
  return { ids, at: now, fresh: ids.filter((id) => !known.has(id)), since: before.at };
}

/**
 * Return whether what a browser has stored is what this function returns.
 * @param {any} value
 * @returns {value is Visits}
 */
export function isVisits(value) {
  return (
    Array.isArray(value?.ids) && Array.isArray(value.fresh) && Number.isFinite(value.at) && Number.isFinite(value.since)
  );
}
