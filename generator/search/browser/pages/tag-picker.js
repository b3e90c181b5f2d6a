// @ts-check
// The panel in which a reader chooses tags for a paper, and the ways to propose them. Whatever is chosen stays while the
// page is open, so that nothing is lost when the panel is closed.

import { describeChange, findTerms, issueAddress, orderTags, standardReport, tagsLine } from "../engine/proposal.js";
import { plural } from "../engine/text.js";
import { announceOutcome } from "./announce.js";
import { fetchJson } from "./data.js";
import { element } from "./draw.js";

/**
 * @typedef {import("../engine/proposal.js").VocabularyTerm} Term
 * @typedef {import("../engine/proposal.js").Vocabulary} Vocabulary
 * @typedef {{id: string, title: string, tags: string[], edit: string, issue: string}} Entry A paper as its page tells it.
 */

/**
 * The function that opens the panel, and gives the focus back to its opener in the end.
 * @param {HTMLElement} improve the page's invitation to improve the entry
 */
export function createTagPicker(improve) {
  const entry = told(improve);
  const content = element("div", { class: "content" });
  const close = element(
    "button",
    { type: "button", class: "close", "aria-label": "Close", click: () => dialog.close() },
    "×",
  );
  const title = element("h2", { id: "picker-title" }, "Suggest tags");
  const dialog = element(
    "dialog",
    { class: "picker", "aria-labelledby": title.id },
    element("div", { class: "top" }, title, close),
    content,
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // the page's own keys mean the page behind
  document.body.append(dialog);
  /** @type {HTMLInputElement | null} */
  let input = null;

  return async (/** @type {HTMLElement} */ opener) => {
    if (dialog.open) return;
    dialog.addEventListener("close", () => opener.focus(), { once: true });
    dialog.showModal();
    if (!input) {
      content.replaceChildren(element("p", { role: "status" }, "Loading the vocabulary …"));
      const vocabulary = await fetchJson("search/terms.json").catch(() => null);
      if (vocabulary) ({ input } = filled(content, entry, vocabulary));
      else content.replaceChildren(...failing(entry));
    }
    if (input && matchMedia("(hover: hover)").matches) input.focus(); // on a touch screen a keyboard would cover the panel
  };
}

/**
 * @param {HTMLElement} improve
 * @returns {Entry}
 */
function told(improve) {
  const { entry: id = "", tags = "", issue = "" } = improve.dataset;
  const title = document.querySelector("h1")?.textContent ?? id;
  return { id, title, tags: tags.split(" ").filter(Boolean), edit: improve.querySelector("a")?.href ?? "", issue };
}

/** @param {Entry} entry */
function failing({ edit }) {
  const said = "The vocabulary cannot be loaded just now. You can still change the tags by hand: ";
  return [element("p", { role: "alert" }, said, away(edit, "open the file to edit"))];
}

/**
 * A link that opens beside the page, so that the choice stays.
 * @param {string} to
 * @param {string} text
 */
function away(to, text) {
  return element(
    "a",
    { href: to, target: "_blank", rel: "nofollow noopener" },
    text,
    element("span", { class: "unseen" }, " (in a new tab)"),
  );
}

/**
 * Fills the panel: the tags, the terms to choose from, and what comes of it.
 * @param {HTMLElement} place
 * @param {Entry} entry
 * @param {Vocabulary} vocabulary
 */
function filled(place, entry, vocabulary) {
  const { terms } = vocabulary;
  const named = new Map(terms.map((term) => [term.id, term]));
  let chosen = entry.tags;
  const status = element("p", { class: "unseen", role: "status" });
  const tags = chips(entry.tags, named, (id) => toggle(id));
  const list = choice(terms, named, {
    toggle: (id) => toggle(id),
    back: () => void (chosen.length && toggle(chosen[chosen.length - 1])),
    say: (text) => (status.textContent = text),
  });
  const result = proposal(entry, vocabulary);

  /** @param {string} id */
  function toggle(id) {
    const out = chosen.includes(id);
    chosen = orderTags(terms, entry.tags, out ? chosen.filter((one) => one !== id) : [...chosen, id]);
    draw();
    status.textContent = `${out ? "Removed" : "Added"} ${named.get(id)?.name ?? id}: ${plural(chosen.length, "tag")}`;
  }

  function draw() {
    const focused = tags.focused();
    tags.draw(chosen);
    list.mark(chosen);
    result.draw(chosen);
    if (focused >= 0 && !tags.focus(focused)) list.input.focus();
  }

  place.replaceChildren(tags.node, ...list.nodes, ...result.nodes, status);
  draw();
  return { input: list.input };
}

/**
 * The chosen tags by facet: each unfolds its definition, and has a button to take it away.
 * @param {string[]} before
 * @param {Map<string, Term>} named
 * @param {(id: string) => void} takeAway
 */
function chips(before, named, takeAway) {
  const node = element("dl", { class: "chosen" });
  /** @type {Map<string, HTMLElement>} */
  const made = new Map();

  /** @param {string} id */
  function chip(id) {
    const { name, definition, scope } = named.get(id) ?? {
      name: id,
      definition: "It is not in the vocabulary.",
      scope: "",
    };
    const told = element("details", {}, element("summary", {}, name), ...meaning(definition, scope));
    const remove = element(
      "button",
      { type: "button", "aria-label": `Remove ${name}`, click: () => takeAway(id) },
      "×",
    );
    return element("dd", { class: before.includes(id) ? undefined : "added" }, told, remove);
  }

  /** @param {string} id */
  function kept(id) {
    const known = made.get(id) ?? chip(id);
    made.set(id, known);
    return known;
  }

  const facet = (/** @type {string} */ id) => named.get(id)?.facet ?? "Other";
  const buttons = () => /** @type {HTMLElement[]} */ ([...node.querySelectorAll("button")]);
  return {
    node,
    focused: () => buttons().findIndex((button) => button === document.activeElement),
    focus: (/** @type {number} */ at) => {
      const all = buttons();
      all[Math.min(at, all.length - 1)]?.focus();
      return all.length > 0;
    },
    draw: (/** @type {string[]} */ chosen) => {
      const facets = new Set(chosen.map(facet));
      const groups = [...facets].map((name) =>
        element("div", {}, element("dt", {}, name), ...chosen.filter((id) => facet(id) === name).map(kept)),
      );
      node.replaceChildren(...(groups.length ? groups : [element("div", {}, element("dt", {}, "No tags"))]));
    },
  };
}

/**
 * What a term means, and when it is to be used.
 * @param {string} definition
 * @param {string} scope
 */
function meaning(definition, scope) {
  return [element("span", { class: "definition" }, definition), scope && element("span", { class: "scope" }, scope)];
}

/**
 * The field in which one looks for a term, and the list of those found, to be chosen or taken back.
 * @param {Term[]} terms
 * @param {Map<string, Term>} named
 * @param {{toggle: (id: string) => void, back: () => void, say: (text: string) => void}} act
 */
function choice(terms, named, { toggle, back, say }) {
  const options = element("div", {
    id: "picker-terms",
    role: "listbox",
    "aria-label": "Terms",
    "aria-multiselectable": "true",
    tabindex: "-1",
  });
  const input = element("input", {
    ...{ id: "picker-input", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": options.id },
    ...{
      "aria-autocomplete": "list",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      placeholder: "Name, other name or id",
    },
  });
  const label = element("label", { for: input.id }, "Find a term");
  const none = element("p", { class: "none", hidden: true }, "No term has this name.");
  const made = new Map(terms.map((term) => [term.id, option(term, named.get(term.parent)?.name ?? "")]));
  let active = -1;

  /** @param {number} at */
  function activate(at) {
    options.children[active]?.classList.remove("active");
    active = at;
    const option = options.children[at];
    option?.classList.add("active");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function look() {
    const hits = findTerms(terms, input.value);
    activate(-1);
    options.replaceChildren(
      ...hits.map(({ term, alias }) => /** @type {ReturnType<typeof option>} */ (made.get(term.id)).as(alias)),
    );
    options.scrollTop = 0;
    options.hidden = !hits.length;
    none.hidden = hits.length > 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    if (input.value.trim() && hits.length) activate(0);
    say(hits.length ? plural(hits.length, "term") : "No term is called so");
  }

  /** @param {Element} option */
  function choose(option) {
    toggle(option.id.replace("term-", ""));
  }

  look();
  input.addEventListener("input", look);
  input.addEventListener("focus", () => {
    if (matchMedia("(hover: none), (max-height: 40rem)").matches) label.scrollIntoView(); // with the list, above a keyboard on the screen
  });
  options.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  options.addEventListener("click", (event) => {
    const option = /** @type {Element} */ (event.target).closest("[role=option]");
    if (!option) return;
    activate([...options.children].indexOf(option));
    choose(option);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options.hidden ? 0 : options.children.length;
    if (event.key === "ArrowDown" && count) activate((active + 1) % count);
    else if (event.key === "ArrowUp" && count) activate(((active < 0 ? count : active) - 1 + count) % count);
    else if (event.key === "Backspace" && !input.value && !event.repeat) back();
    else if (event.key === "Enter") {
      const option = count && options.children[active];
      if (option) {
        if (input.value) {
          input.value = "";
          look();
        }
        choose(option);
      }
    } else return;
    event.preventDefault();
  });
  return {
    input,
    nodes: [label, input, options, none],
    mark: (/** @type {string[]} */ chosen) => {
      for (const [id, { node }] of made) node.setAttribute("aria-selected", String(chosen.includes(id)));
    },
  };
}

/**
 * A term in the list, which can say by what other name it was found.
 * @param {Term} term
 * @param {string} parent
 */
function option({ id, name, facet, definition, scope }, parent) {
  const also = element("span", {});
  const node = element(
    "div",
    { role: "option", id: `term-${id}`, "aria-selected": "false" },
    element("span", { class: "name" }, element("b", {}, name), also),
    element("span", { class: "facet" }, parent ? `${facet} › ${parent}` : facet),
    ...meaning(definition, scope),
  );
  const as = (/** @type {string} */ alias) => {
    also.textContent = alias && ` also called ${alias}`;
    return node;
  };
  return { node, as };
}

/**
 * The line that results, what it changes, and the ways to send it.
 * @param {Entry} entry
 * @param {Vocabulary} vocabulary
 */
function proposal(entry, vocabulary) {
  const asked = element("p", { class: "asked" });
  const changed = element("p", { class: "changed" });
  const line = element("code", {});
  const copy = element("button", { type: "button", hidden: !navigator.clipboard }, "Copy YAML");
  const edit = away(entry.edit, "Open the file to edit");
  const issue = entry.issue ? away("", "Open a prefilled issue") : null;
  const hint = element("p", { class: "hint", role: "status" });
  const copied = () => navigator.clipboard.writeText(line.textContent ?? "");
  announceOutcome(copy, copied, "Copied", "Copying failed: select the line");
  edit.addEventListener("click", () => {
    const paste = "paste it over the old tags in the file.";
    void Promise.resolve()
      .then(copied)
      .then(
        () => (hint.textContent = `The line is copied: ${paste}`),
        () => (hint.textContent = `The line could not be copied: select it here, and ${paste}`),
      );
  });
  hint.textContent = `Opening the file copies the line, to be pasted over the old tags there.${issue ? " The issue has it filled in." : ""}`;
  return {
    nodes: [
      asked,
      changed,
      element("div", { class: "line" }, element("pre", {}, line), copy),
      element("div", { class: "ways" }, edit, issue),
      hint,
    ],
    draw: (/** @type {string[]} */ chosen) => {
      asked.textContent = standardReport(vocabulary, chosen);
      asked.hidden = !asked.textContent;
      changed.textContent = describeChange(entry.tags, chosen);
      line.textContent = tagsLine(chosen);
      if (issue) issue.href = issueAddress(entry.issue, entry, chosen);
    },
  };
}
