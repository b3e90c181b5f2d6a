// @ts-check
// A button that does something and says, for a while and to screen readers too, what came of it.

const SAID_FOR = 2000; // milliseconds

/**
 * @param {HTMLButtonElement} button
 * @param {() => Promise<unknown>} act
 * @param {string} done what it says then
 * @param {string} failed what it says where that fails
 */
export function announceOutcome(button, act, done, failed) {
  const label = button.textContent;
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    if (!status.isConnected) button.after(status);
    button.textContent = status.textContent = await act().then(
      () => done,
      () => failed,
    );
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, SAID_FOR);
  });
}
