// Prints how search reads queries, as JSON, a line for each line with queries: the wishes, the words that are searched for, the papers in order, the query
// with all wishes taken back, the pages that it names, what to try instead of filters that are none, and why a suggestion
// of the best papers says it was found.
//
//     node tests/wishes.mjs FOLDER < queries.json

import { createInterface } from "node:readline";
import { placesNamed, placesStarting } from "../generator/search/browser/engine/places.js";
import { parseQuery } from "../generator/search/browser/engine/query.js";
import { rankPapers } from "../generator/search/browser/engine/rank.js";
import { briefReason } from "../generator/search/browser/engine/reasons.js";
import { listFacets, parseSelection } from "../generator/search/browser/engine/selection.js";
import { takeBack } from "../generator/search/browser/engine/wishes.js";
import { wholeEngine } from "../generator/search/browser/whole-engine.mjs";

const engine = await wholeEngine(process.argv[2]);
const { list } = engine;
const facets = listFacets(list);

const ITEMS = {
  venue: list.venues,
  author: list.people,
  kind: list.kinds,
  term: list.terms,
  withoutTerm: list.terms,
};

function described({ kind, name, values }) {
  const items = ITEMS[kind];
  return [kind, ...(items ? values.map((at) => items[at].name) : kind === "years" ? values : name ? [name] : [])];
}

function reading(q) {
  const { answer, papers } = rankPapers(engine, facets, { ...parseSelection(""), q });
  const all = [...answer.wishes, ...answer.ignoredWishes];
  const { ids, titles } = list.papers;
  const why = (paper) => briefReason(list, answer, paper, titles[paper], engine.abstracts[paper])?.brief ?? "";
  const named = ({ place, name }) => [place.kind, place.names[0].text, name.text, place.path, place.papers];
  return {
    wishes: answer.wishes.map(described),
    ignored: answer.ignoredWishes.map(described),
    words: answer.matches.map(({ word }) => word).join(" "),
    papers: papers.map((paper) => ids[paper]),
    back: takeBack(q, parseQuery(q), all),
    named: placesNamed(engine, answer, q, 3).map(named),
    starting: placesStarting(engine, q, 2).map(named),
    unknown: answer.unknownOperators.map(({ name, advice }) => [name, advice]),
    why: Object.fromEntries(papers.slice(0, 6).map((paper) => [ids[paper], why(paper)])),
  };
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(JSON.parse(line).map(reading)));
