// @ts-check
// The colors that a reader chose, or else the system's. It runs in the head, before anything is drawn, so that no page
// shows the wrong ones first; reading.css has the colors, and without script it follows the system by itself.

const KEPT_AS = "reading-list.colors";
const system = matchMedia("(prefers-color-scheme: dark)");
const shown = document.documentElement.dataset;

/** What was chosen; nothing where the browser keeps nothing for the site. */
function chosen() {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function systems() {
  return system.matches ? "dark" : "light";
}

function show() {
  const choice = chosen();
  shown.colors = choice === "dark" || choice === "light" ? choice : systems();
}

/** Shows the other colors and keeps the choice, unless the system would choose the same: then it is followed again. */
function turn() {
  const choice = shown.colors === "dark" ? "light" : "dark";
  shown.colors = choice;
  try {
    if (choice === systems()) localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, choice);
  } catch {
    // It holds for this page alone.
  }
}

show();
system.addEventListener("change", show);
addEventListener("storage", show); // chosen in another window
addEventListener("pageshow", (event) => event.persisted && show()); // chosen on a page that Back left
document.addEventListener("DOMContentLoaded", () => {
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("button[data-colors]"));
  button.addEventListener("click", turn);
  button.hidden = false;
});
