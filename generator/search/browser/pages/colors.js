// @ts-check
// Prepares the page for what the browser has stored. Shows the page in the color scheme that the reader chose or, by
// default, that of the system, and keeps the place of what scripts will show. This runs in the head, before anything is
// drawn, so that no page flashes in the wrong colors or moves. The colors are defined in reading.css, which follows the
// system without JavaScript.

const COLORS_KEY = "reading-list.colors";
const system = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement.dataset;

/** Return the stored choice, or nothing if there is none or the browser has no storage for the site. */
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

/** Switch to the other color scheme and store it; if it is the system's, go back to following the system instead. */
function toggleColors() {
  const choice = root.colors === "dark" ? "light" : "dark";
  root.colors = choice;
  try {
    if (choice === systemColors()) localStorage.removeItem(COLORS_KEY);
    else localStorage.setItem(COLORS_KEY, choice);
  } catch {
    // The choice applies to this page only.
  }
}

/**
 * Return what the button shows if it leads to a color scheme; the style sheet shows one of the two.
 * @param {string} className
 * @param {string} text
 */
function colorChoice(className, text) {
  const choice = Object.assign(document.createElement("span"), { className, title: text });
  choice.append(Object.assign(document.createElement("span"), { className: "unseen", textContent: text }));
  return choice;
}

/** Keep the place of the progress on paths, and of the link that goes on with the path or, on the home page, with one. */
function keepPlace() {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const site = new URL("../../", script.src).pathname;
  try {
    const begun = localStorage.getItem(`reading-list.continue ${site}`);
    if (begun === null) return;
    root.begun = "";
    const here = location.pathname.slice(site.length);
    if (here ? begun.split(" ").includes(here) : begun) root.midway = "";
  } catch {
    // Then the page may move a little.
  }
}

keepPlace();
showColors();
system.addEventListener("change", showColors);
addEventListener("storage", showColors); // changed in another window
addEventListener("pageshow", (event) => event.persisted && showColors()); // changed before the reader went back here
document.addEventListener("DOMContentLoaded", () => {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("button.colors"));
  if (!button) return; // the reader left while the page was loading
  button.append(colorChoice("to-dark", "Dark colors"), colorChoice("to-light", "Light colors"));
  button.addEventListener("click", toggleColors);
  button.hidden = false;
});
