// @ts-check
// The reader's own list on every page, as one file.

export { ownPapers } from "./own-list.js";
