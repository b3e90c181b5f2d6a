import { indexed } from "./minisearch.js";
import { fetched, waited } from "./waiting.js";

export async function open() {
  const text = await fetched("documents.json");
  const [engine, first] = await waited(() => indexed(JSON.parse(text)));
  return { ask: (query) => engine.search(query).map(({ id }) => id), first };
}
