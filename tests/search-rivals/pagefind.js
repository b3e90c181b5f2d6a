// Pagefind, which fetches parts of its index for each query, and a file for each result that is shown.

import { waited } from "./waiting.js";

const SHOWN = 10;

export async function open() {
  const engine = await import(new URL("pagefind/pagefind.js", location.href));
  const [, first] = await waited(() => engine.init());
  const ask = async (query) => {
    const { results } = await engine.search(query);
    const shown = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
    return shown.map(({ url }) => url.split("/").at(-1).replace(".html", ""));
  };
  return { ask, first };
}
