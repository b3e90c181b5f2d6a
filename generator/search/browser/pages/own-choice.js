// @ts-check
// The choice of papers on the reader's own list, and what can be done with them at once.

import { MARK_NAMES, MARKS } from "../own/records.js";
import { announceOutcome } from "./controls.js";
import { element, entryCount, siteAddress, WORDS } from "./draw.js";
import { removePapers } from "./keeping.js";
import { showNotice } from "./notice.js";
import { typedTags } from "./own-dialog.js";
import { button } from "./widgets.js";

/**
 * @typedef {import("../own/records.js").Mark} Mark
 * @typedef {import("../own/store.js").OwnPapers} OwnPapers
 */

const MOST_COMPARED = 4;
const LONGEST_ADDRESS = 6000; // characters, which all browsers and hosts take

/** The bar above the rows, with actions for the chosen papers. */
export class ChoiceBar {
  /**
   * @param {HTMLElement} place
   * @param {OwnPapers} own
   */
  constructor(place, own) {
    this.place = place;
    this.own = own;
    this.elements = choiceElements();
    /** @type {Set<string>} The ids of the chosen papers. */
    this.chosen = new Set();
    /** @type {string[]} */
    this.found = [];
    /** @type {HTMLElement | undefined} */
    this.results = undefined;
    place.append(element("label", {}, this.elements.all, " ", this.elements.count), this.elements.actions);
    this.listen();
  }

  /** Return the ids of the chosen papers or, if there are none, of all that are found, in the order shown. */
  papers() {
    return this.chosen.size ? this.found.filter((id) => this.chosen.has(id)) : this.found;
  }

  /**
   * Return those of the papers found that are chosen or, if there are none, all.
   * @param {number[]} papers all that are found, by their numbers in the list
   */
  taken(papers) {
    const ids = new Set(this.papers());
    return papers.filter((_, at) => ids.has(this.found[at]));
  }

  listen() {
    const { own } = this;
    const { all, link, compare, mark, tag, remove } = this.elements;
    const named = () => this.papers().map((id) => ({ id, title: own.get(id)?.title ?? "" }));
    all.addEventListener("change", () => this.chooseAll(all.checked));
    announceOutcome(link, () => copyLink(this.papers()), "Link copied", "Could not copy");
    compare.addEventListener("click", () => location.assign(siteAddress(`compare/?papers=${this.papers().join(",")}`)));
    mark.addEventListener("change", () => {
      void own.change(named(), { mark: /** @type {Mark} */ (mark.value) });
      mark.selectedIndex = 0;
    });
    tag.addEventListener("change", () => {
      const added = typedTags(tag.value);
      void own.change(named(), (record) => ({ tags: [...new Set([...record.tags, ...added])] }));
      tag.value = "";
    });
    remove.addEventListener("click", () => {
      void removePapers(this.papers());
      this.chooseAll(false);
    });
  }

  /**
   * Show what can be done now that these papers are found.
   * @param {HTMLElement} results their rows
   * @param {string[]} found
   */
  draw(results, found) {
    if (!this.results) results.addEventListener("change", ({ target }) => this.choose(target));
    this.results = results;
    this.found = found;
    const known = new Set(found);
    for (const id of this.chosen) if (!known.has(id)) this.chosen.delete(id);
    this.place.hidden = !found.length;
    this.update();
  }

  /** @param {EventTarget | null} box */
  choose(box) {
    if (!(box instanceof HTMLInputElement) || !box.matches(".own-choose")) return;
    const id = /** @type {HTMLElement} */ (box.closest("[data-paper]")).dataset.paper ?? "";
    if (box.checked) this.chosen.add(id);
    else this.chosen.delete(id);
    this.update();
  }

  /** @param {boolean} isAll */
  chooseAll(isAll) {
    this.chosen.clear();
    if (isAll) for (const id of this.found) this.chosen.add(id);
    const boxes = /** @type {NodeListOf<HTMLInputElement> | undefined} */ (
      this.results?.querySelectorAll(".own-choose")
    );
    for (const box of boxes ?? []) box.checked = isAll;
    this.update();
  }

  update() {
    const { all, count, compare, actions } = this.elements;
    const { size } = this.chosen;
    all.checked = size > 0 && size === this.found.length;
    all.indeterminate = size > 0 && !all.checked;
    count.textContent = size ? `${entryCount(size)} chosen` : `Choose all ${this.found.length.toLocaleString("en")}`;
    actions.hidden = !size;
    compare.hidden = size < 2 || size > MOST_COMPARED;
  }
}

function choiceElements() {
  const all = element("input", { type: "checkbox" });
  const count = element("span", {});
  const link = button("Copy link", {});
  const compare = button("Compare", {});
  const mark = element(
    "select",
    { "aria-label": "Mark as" },
    element("option", { value: "-" }, "Mark as …"),
    ...["", ...MARKS].map((value) => element("option", { value }, MARK_NAMES.get(value))),
  );
  const tag = element("input", { type: "text", placeholder: "Add tags …", "aria-label": "Add tags", list: "own-tags" });
  const remove = button("Remove", {});
  const actions = element("span", {
    class: "own-actions",
    role: "group",
    "aria-label": `For the chosen ${WORDS.many}`,
    hidden: true,
  });
  actions.append(mark, tag, compare, link, remove);
  return { all, count, link, compare, mark, tag, remove, actions };
}

/**
 * Copy a link that shows the papers to whoever opens it. It has nothing but their ids.
 * @param {string[]} ids
 */
export async function copyLink(ids) {
  const address = siteAddress(`browse/?papers=${ids.join(",")}`);
  if (address.length <= LONGEST_ADDRESS) return navigator.clipboard.writeText(address);
  showNotice(`A link to ${entryCount(ids.length)} would be too long. Choose fewer, or save a file.`);
  throw new Error("The address is too long");
}
