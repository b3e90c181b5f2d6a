// @ts-check
// What orders and narrows the lists of pages, as one file.

export { startFiltering } from "./index-filter.js";
export { startOrdering } from "./list-order.js";
