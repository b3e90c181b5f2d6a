export async function fetched(name) {
  return (await fetch(name)).text();
}

/** Returns a value, and the milliseconds that it takes to make. */
export async function waited(make) {
  const start = performance.now();
  return [await make(), performance.now() - start];
}
