// @ts-check
// Answers queries outside the browser, with the engine of the site, to measure the quality of search.
//
//     node generator/search/browser/measure.mjs build/site/search < queries.json
//
// The folder is the `search/` of the site, with list.json and texts-*.json. The input is JSON: `[{"q": "…"}, …]`. So is
// the output: `[["paper-id", …], …]`, the ids of at most 100 papers for each query, best first, in the order of the
// queries.

import { text } from "node:stream/consumers";
import { rankPapers } from "./engine/rank.js";
import { listFacets, parseSelection } from "./engine/selection.js";
import { wholeEngine } from "./whole-engine.mjs";

const BEST = 100; // papers per query

const [folder] = process.argv.slice(2);
/** @type {{q: string}[]} */
const queries = JSON.parse(await text(process.stdin));
const engine = await wholeEngine(folder);
const facets = listFacets(engine.list);
const answers = queries.map(({ q }) => {
  const { papers } = rankPapers(engine, facets, { ...parseSelection(""), q });
  return papers.slice(0, BEST).map((paper) => engine.list.papers.ids[paper]);
});
process.stdout.write(`${JSON.stringify(answers)}\n`);
