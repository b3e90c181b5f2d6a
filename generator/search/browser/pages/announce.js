// @ts-check
// Lets a button announce, for a while and to screen readers too, whether what it does succeeded.

const ANNOUNCED_FOR = 2000; // milliseconds

/**
 * Let a button do something and announce the outcome.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<unknown>} act
 * @param {string} success the button's text afterwards
 * @param {string} failure its text if that fails
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
