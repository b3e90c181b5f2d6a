// Prints what the search engine answers to queries, without a browser.
//
//     node tests/answers.mjs build/site/search < queries.json
//
// Each line of the input is JSON: an array of queries. So is each of the output, with an object for each query: the ids
// of the papers, best first, those of them that come near, the words that were read as others, and the reasons for each
// paper.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { unpackList } from "../generator/search/browser/engine/columns.js";
import { Engine } from "../generator/search/browser/engine/engine.js";
import { reasons } from "../generator/search/browser/engine/reasons.js";

const [folder] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
const engine = new Engine(unpackList(read("list.json")));
const { papers, parts, part } = engine.list;
engine.addPapers(0, papers.ids.length);
for (let at = 0; at < parts; at++) engine.addAbstracts(at * part, read(`texts-${at}.json`));

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
