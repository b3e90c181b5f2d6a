// @ts-check
// The reader's own list on every page, as one file.

export { advanceMark, removePapers, showBegun, showOwn, tickStep, toggleKept } from "./keeping.js";
export { sayOffline, showNotice } from "./notice.js";
export { openNotes } from "./own-dialog.js";
export { ownColumnsOf, ownPapers } from "./own-list.js";
export { followKey } from "./shortcuts.js";
