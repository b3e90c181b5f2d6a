// @ts-check
// The reader's own list, loaded once for a page. Its size is also in local storage, so that pages of readers who keep
// nothing load none of this.

import { ownColumns } from "../own/columns.js";
import { OwnPapers } from "../own/store.js";
import { CONTINUE_KEY, OWN_EVENT, OWN_KEY } from "./controls.js";
import { ROOT } from "./fetch.js";
import { showNotice } from "./notice.js";

const TROUBLES = new Map([
  ["forbidden", "This browser stores nothing for this site, so what you keep lasts only until you leave this page."],
  ["full", "This browser's storage is full, so what you change lasts only until you leave this page."],
  ["newer", "A newer version of this site is open in this browser. Reload the page to change your list."],
]);

/** @type {Promise<OwnPapers> | undefined} */
let loading;

/** Return the reader's own list. */
export function ownPapers() {
  loading ??= new OwnPapers(`reading-list ${ROOT.pathname}`).open().then((own) => {
    own.listen(() => {
      storeCount(own);
      document.dispatchEvent(new Event(OWN_EVENT));
    });
    own.onTrouble((trouble) => showNotice(TROUBLES.get(trouble) ?? ""));
    storeCount(own);
    return own;
  });
  return loading;
}

/**
 * Return what the reader made of the papers of the list. Records of papers whose ids have changed follow them.
 * @param {import("../engine/columns.js").List} list
 */
export async function ownColumnsOf({ papers, moved }) {
  const own = await ownPapers();
  await own.follow(new Map(Object.entries(moved.paper)));
  return ownColumns(papers.ids, (id) => own.get(id));
}

/**
 * Return the paper that a row or page is about, as the store names it.
 * @param {HTMLElement} place
 */
export function paperOf(place) {
  const { paper, ownPaper } = place.dataset;
  const titled = place.querySelector(".work") ?? document.querySelector("h1");
  return { id: paper ?? ownPaper ?? "", title: titled?.textContent?.trim() ?? "" };
}

/** @param {OwnPapers} own */
function storeCount(own) {
  const count = own.kept().length;
  try {
    if (count) localStorage.setItem(OWN_KEY, String(count));
    else for (const key of [OWN_KEY, CONTINUE_KEY]) localStorage.removeItem(key);
  } catch {
    // Without local storage, pages show what is kept only after the reader has used a button.
  }
}
