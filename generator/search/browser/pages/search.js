// @ts-check
// All that searches, as one file: whoever uses one of these soon uses another, and one file is smaller than its parts.

export { startBrowsing } from "./browse.js";
export { loadEngine } from "./data.js";
export { findPapers } from "./find.js";
export { startMap } from "./map.js";
export { details } from "./rows.js";
export { attachSearchbox } from "./searchbox.js";
