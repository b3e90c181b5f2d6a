import { loaded } from "./minisearch.js";
import { fetched, waited } from "./waiting.js";

export async function open() {
  const index = await fetched("index.json");
  const [engine, first] = await waited(() => loaded(index));
  return { ask: (query) => engine.search(query).map(({ id }) => id), first };
}
