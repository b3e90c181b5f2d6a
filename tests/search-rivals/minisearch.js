// MiniSearch as its introduction sets it up: it completes words, allows typing errors, and prefers titles.

import MiniSearch from "minisearch";

const OPTIONS = {
  fields: ["title", "names", "people", "tags", "meanings", "published", "summary", "questions", "abstract"],
  storeFields: ["title"],
  searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 2 } },
};

export function indexed(documents) {
  const engine = new MiniSearch(OPTIONS);
  engine.addAll(documents);
  return engine;
}

export function loaded(index) {
  return MiniSearch.loadJSON(index, OPTIONS);
}
