// @ts-check
// What scripts add to the buttons and links of any page: buttons briefly announce whether their action succeeded, for
// screen readers too, and the links of rows to files have names. The HTML has no such names, as they would repeat each
// title twice in every list.

/** The key of local storage for the size of the reader's own list; each list of an origin has its own. */
export const OWN_KEY = `reading-list.own ${new URL("../../", import.meta.url).pathname}`;
const ANNOUNCED_FOR = 2000; // milliseconds

/**
 * Let a button perform an action and announce the outcome.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<unknown>} act
 * @param {string} success the button's text if the action succeeds
 * @param {string} failure its text if the action fails
 */
export function announceOutcome(button, act, success, failure) {
  const label = button.textContent;
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    if (!status.isConnected) button.after(status);
    button.textContent = status.textContent = await act().then(
      () => success,
      () => failure,
    );
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, ANNOUNCED_FOR);
  });
}

/**
 * Let the links to a paper's files say whose they are, to readers who hear a link without what is around it.
 * @param {ParentNode} place the row, or what contains rows
 */
export function nameFileLinks(place) {
  for (const link of place.querySelectorAll(".marks > a")) {
    const title = link.closest("li")?.querySelector(".work")?.textContent;
    link.setAttribute("aria-label", `${link.textContent} of ${title}`);
  }
}
