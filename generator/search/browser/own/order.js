// @ts-check
// The order that a reader gives papers by hand: each has a place, a number, so that moving a paper changes one record.

const LEAST_GAP = 1e-9; // between two places; closer ones are numbered anew

/**
 * Return the new places of papers, by their numbers in the order, so that one of them stands before another.
 * @param {number[]} places of all papers, in order
 * @param {number} from the number of the paper that is moved
 * @param {number} to its number after that
 * @returns {Map<number, number>}
 */
export function movedPlaces(places, from, to) {
  const others = places.toSpliced(from, 1);
  const before = others[to - 1] ?? (others[0] ?? 0) - 2;
  const after = others[to] ?? before + 2;
  if (after - before > LEAST_GAP) return new Map([[from, (before + after) / 2]]);
  const order = places
    .map((_, at) => at)
    .toSpliced(from, 1)
    .toSpliced(to, 0, from);
  return new Map(order.map((at, place) => [at, place]));
}
