// @ts-check
// Shows the colors that a reader chose, or else the system's. It runs in the head, before anything is drawn, so that no
// page flashes in the wrong ones; reading.css has the colors, and without script it follows the system by itself.

const COLORS_KEY = "reading-list.colors";
const system = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement.dataset;

/** Return what was chosen; nothing if the browser keeps nothing for the site. */
function chosenColors() {
  try {
    return localStorage.getItem(COLORS_KEY);
  } catch {
    return null;
  }
}

function systemColors() {
  return system.matches ? "dark" : "light";
}

function showColors() {
  const choice = chosenColors();
  root.colors = choice === "dark" || choice === "light" ? choice : systemColors();
}

/** Show the other colors and keep the choice, unless the system would choose the same: then it is followed again. */
function toggleColors() {
  const choice = root.colors === "dark" ? "light" : "dark";
  root.colors = choice;
  try {
    if (choice === systemColors()) localStorage.removeItem(COLORS_KEY);
    else localStorage.setItem(COLORS_KEY, choice);
  } catch {
    // The choice holds for this page alone.
  }
}

showColors();
system.addEventListener("change", showColors);
addEventListener("storage", showColors); // chosen in another window
addEventListener("pageshow", (event) => event.persisted && showColors()); // chosen on a page that Back left
document.addEventListener("DOMContentLoaded", () => {
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("button[data-colors]"));
  button.addEventListener("click", toggleColors);
  button.hidden = false;
});
