// Indexes documents with MiniSearch: node tests/search-rivals/index.mjs documents.json index.json

import { readFile, writeFile } from "node:fs/promises";
import { indexed } from "./minisearch.js";

const [documents, index] = process.argv.slice(2);
await writeFile(index, JSON.stringify(indexed(JSON.parse(await readFile(documents, "utf8")))));
