// @ts-check
// A short message at the foot of the window, read out by screen readers, with an action such as “Undo” where there is one.

import { element } from "./draw.js";
import { button } from "./widgets.js";

const SHOWN_FOR = 20_000; // milliseconds; longer while the pointer or the focus is on it

/** @type {HTMLElement | undefined} */
let place;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Show a message, in place of the one before.
 * @param {string} text
 * @param {{label: string, act: () => void}} [action]
 */
export function showNotice(text, action) {
  place ??= createPlace();
  const close = () => place?.replaceChildren();
  const act = () => {
    close();
    action?.act();
  };
  const status = element("span", { role: "status" });
  place.replaceChildren(
    element(
      "div",
      { class: "notice" },
      status,
      action && button(action.label, { class: "link", click: act }),
      button("×", { class: "close", "aria-label": "Close", click: close }),
    ),
  );
  status.textContent = text; // only now, as screen readers read out what changes
  clearTimeout(timer);
  timer = setTimeout(() => place?.matches(":hover, :focus-within") || close(), SHOWN_FOR);
}

function createPlace() {
  const made = element("div", { class: "notices" });
  document.body.append(made);
  return made;
}
