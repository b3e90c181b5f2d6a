// @ts-check
// Finds papers for fields in which a reader chooses one.

import { defaultOrder } from "../engine/rank.js";
import { loadEngine } from "./data.js";
import { details } from "./rows.js";

/**
 * Return the papers that a text finds, best first, each with who wrote it and where it was published.
 * @param {string} text
 * @param {number} most
 */
export async function findPapers(text, most) {
  const engine = await loadEngine();
  const { ids, titles } = engine.list.papers;
  const found = defaultOrder(engine, engine.search(text)).slice(0, most);
  return found.map((paper) => ({ id: ids[paper], title: titles[paper], byline: details(engine.list, paper) }));
}
