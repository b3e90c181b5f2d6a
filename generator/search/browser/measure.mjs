// @ts-check
// Answers queries outside the browser, with the engine of the site, to measure the quality of search.
//
//     node generator/search/browser/measure.mjs build/site/search < queries.json
//
// The folder is the `search/` of the site, with list.json and texts-*.json. The input is JSON: `[{"q": "…"}, …]`. So is
// the output: `[["paper-id", …], …]`, the ids of at most 100 papers for each query, best first, in the order of the
// queries.

import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { unpackList } from "./engine/columns.js";
import { Engine } from "./engine/engine.js";
import { rankPapers } from "./engine/rank.js";
import { listFacets, parseSelection } from "./engine/selection.js";

const BEST = 100; // papers per query

/**
 * Return an engine with all data in the folder.
 * @param {string} folder
 */
async function engineFor(folder) {
  const read = async (/** @type {string} */ file) => JSON.parse(await readFile(`${folder}/${file}`, "utf8"));
  const engine = new Engine(unpackList(await read("list.json")));
  const { papers, parts, part } = engine.list;
  engine.addPapers(0, papers.ids.length);
  for (let at = 0; at < parts; at++) engine.addAbstracts(at * part, await read(`texts-${at}.json`));
  return engine;
}

const [folder] = process.argv.slice(2);
/** @type {{q: string}[]} */
const queries = JSON.parse(await text(process.stdin));
const engine = await engineFor(folder);
const facets = listFacets(engine.list);
const answers = queries.map(({ q }) => {
  const { papers } = rankPapers(engine, facets, { ...parseSelection(""), q });
  return papers.slice(0, BEST).map((paper) => engine.list.papers.ids[paper]);
});
process.stdout.write(`${JSON.stringify(answers)}\n`);
