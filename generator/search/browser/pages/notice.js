// @ts-check
// A short message at the foot of the window, read out by screen readers, with an action such as “Undo” where there is one.

import { element } from "./draw.js";
import { ROOT } from "./fetch.js";
import { button } from "./widgets.js";

const OFFLINE_KEY = `reading-list.offline ${ROOT.pathname}`; // in the storage of the visit
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

/** Say once in a visit what can be read without a network; never where the browser cannot remember that it was said. */
export function sayOffline() {
  try {
    if (sessionStorage.getItem(OFFLINE_KEY)) return;
    sessionStorage.setItem(OFFLINE_KEY, "1");
  } catch {
    return;
  }
  showNotice("You are offline: pages that you have seen or saved still open.");
}

function createPlace() {
  const made = element("div", { class: "notices" });
  document.body.append(made);
  return made;
}
