// @ts-check
// The search engine with all data of a site, for programs that run in Node.js.

import { readFile } from "node:fs/promises";
import { unpackList } from "./engine/columns.js";
import { Engine } from "./engine/engine.js";

/**
 * Return an engine with all data in the `search/` of a site: list.json and texts-*.json.
 * @param {string} folder
 */
export async function wholeEngine(folder) {
  const read = async (/** @type {string} */ name) => JSON.parse(await readFile(`${folder}/${name}.json`, "utf8"));
  const engine = new Engine(unpackList(await read("list")));
  finish(engine.indexList());
  for (const [part, [first]] of engine.list.texts.entries()) {
    const texts = await read(`texts-${part}`);
    engine.takeTexts(first, texts);
    finish(engine.indexTexts(first, texts));
  }
  return engine;
}

/** @param {Iterator<void>} steps */
function finish(steps) {
  while (!steps.next().done);
}
