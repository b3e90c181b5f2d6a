// @ts-check
// What the page gains with script: a button that copies the citation. Without it the text can be selected.

const SAID_FOR = 2000; // milliseconds

/**
 * Lets a button copy the text of the element that its `data-copy` names, and say so.
 * @param {HTMLButtonElement} button
 */
function copying(button) {
  const source = document.getElementById(button.dataset.copy ?? "");
  if (!source || !navigator.clipboard) return;
  const label = button.textContent;
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  button.after(status);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = await navigator.clipboard.writeText(source.textContent ?? "").then(
      () => "Copied",
      () => "Copying failed: select the text",
    );
    button.textContent = status.textContent = said;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, SAID_FOR);
  });
}

document.querySelectorAll("button[data-copy]").forEach((button) => copying(/** @type {HTMLButtonElement} */ (button)));
