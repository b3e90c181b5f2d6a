// Prints what the search engine answers to queries, without a browser.
//
//     node tests/answers.mjs build/site/search < queries.json
//
// Each line of the input is JSON: an array of queries. So is each of the output, with an object for each query: the ids
// of the papers, best first, those of them that come near, the words that were read as others, and the reasons for each
// paper.

import { createInterface } from "node:readline";
import { reasons } from "../generator/search/browser/engine/reasons.js";
import { wholeEngine } from "../generator/search/browser/whole-engine.mjs";

const [folder] = process.argv.slice(2);
const engine = await wholeEngine(folder);
const { papers } = engine.list;

function why(answer, paper) {
  const visible = `${papers.titles[paper]} ; ${papers.summaries[paper]}`;
  return reasons(engine.list, answer, paper, visible, engine.abstracts[paper]).map(({ label, text }) => [label, text]);
}

function answered(query) {
  const answer = engine.search(query);
  return {
    papers: answer.papers.map((paper) => papers.ids[paper]),
    near: [...answer.near].map((paper) => papers.ids[paper]),
    corrections: answer.matches.flatMap(({ word, correction }) => (correction === word ? [] : [[word, correction]])),
    reasons: answer.papers.map((paper) => why(answer, paper)),
  };
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(JSON.parse(line).map(answered)));
