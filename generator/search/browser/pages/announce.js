// @ts-check
// Lets a button announce briefly whether its action succeeded, for screen readers too.

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
