// The site's search on the data that the site has for it.

import { unpackList } from "../../generator/search/browser/engine/columns.js";
import { Engine } from "../../generator/search/browser/engine/engine.js";
import { namesIn } from "../../generator/search/browser/engine/places.js";
import { rankPapers } from "../../generator/search/browser/engine/rank.js";
import { listFacets, parseSelection } from "../../generator/search/browser/engine/selection.js";
import { fetched, waited } from "./waiting.js";

function finish(steps) {
  while (!steps.next().done);
}

function withTexts(engine, part, text) {
  const [first] = engine.list.texts[part];
  const texts = JSON.parse(text);
  engine.takeTexts(first, texts);
  finish(engine.indexTexts(first, texts));
}

function answering(list, texts) {
  const engine = new Engine(unpackList(JSON.parse(list)));
  finish(engine.indexList());
  finish(engine.directory.steps());
  finish(namesIn(engine).steps());
  withTexts(engine, 0, texts);
  return engine;
}

export async function open() {
  const [list, newest] = await Promise.all([fetched("search/list.json"), fetched("search/texts-0.json")]);
  const [engine, first] = await waited(() => answering(list, newest));
  const facets = listFacets(engine.list);
  const ask = (q) => {
    const { papers } = rankPapers(engine, facets, { ...parseSelection(""), q });
    return papers.map((paper) => engine.list.papers.ids[paper]);
  };
  const rest = async () => {
    const parts = engine.list.texts.slice(1);
    const texts = await Promise.all(parts.map((_, at) => fetched(`search/texts-${at + 1}.json`)));
    const [, more] = await waited(() => {
      for (const [at, text] of texts.entries()) withTexts(engine, at + 1, text);
    });
    return more;
  };
  return { ask, first, rest };
}
