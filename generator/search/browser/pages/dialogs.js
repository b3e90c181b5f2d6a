// @ts-check
// The dialogs, as one file.

export { linkedFiles, openCiteDialog } from "./cite.js";
export { createTagPicker } from "./tag-picker.js";
