// @ts-check
// Values that take long to make: they are made in small steps, between which a page can react, or at once if they are
// needed before.

/**
 * @template Value
 * @typedef {{readonly value: Value, steps: () => Generator<void, void, void>}} Gradual
 */

/**
 * Return a value that a generator returns in the end.
 * @template Value
 * @param {() => Generator<void, Value, void>} make
 * @returns {Gradual<Value>}
 */
export function gradual(make) {
  const making = make();
  let made = /** @type {{value: Value} | null} */ (null);
  const step = () => {
    const { done, value } = making.next();
    if (done) made = { value };
    return made;
  };
  return {
    get value() {
      let end = made;
      while (!end) end = step();
      return end.value;
    },
    *steps() {
      while (!made && !step()) yield;
    },
  };
}
