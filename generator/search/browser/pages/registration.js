// @ts-check
// Registers the service worker, by which pages can be read without a network, and offers a new version of the site when
// there is one. Where this cannot be, everything goes on as without it. Says what can be read while there is no network.

import { ROWS_EVENT } from "./controls.js";
import { ROOT } from "./fetch.js";

const PREPARE_PAUSE = 4000; // milliseconds after which the worker fetches what may be needed later

// The only policy that pages may have; it is made before any other script could make it.
const policy = window.trustedTypes?.createPolicy("service-worker", {
  createScriptURL(address) {
    if (address === new URL("sw.js", ROOT).href) return address;
    throw new TypeError("Only the site's own service worker can be registered");
  },
});

/** Register the service worker once the page is loaded. */
export function registerWorker() {
  if (!navigator.serviceWorker) return;
  if (document.readyState === "complete") void register();
  else addEventListener("load", () => void register());
}

/** Say that there is no network and, on the page and when a link is chosen, that other sites cannot be reached. */
export function followNetwork() {
  const show = () => {
    document.documentElement.toggleAttribute("data-disconnected", !navigator.onLine);
    if (navigator.onLine) return;
    for (const link of document.querySelectorAll("a")) link.toggleAttribute("data-outward", isOutward(link));
    if (navigator.serviceWorker?.controller) void import("./own.js").then(({ sayOffline }) => sayOffline());
  };
  show();
  addEventListener("online", show);
  addEventListener("offline", show);
  document.addEventListener(ROWS_EVENT, show);
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a");
    if (navigator.onLine || !link || !isOutward(link)) return;
    event.preventDefault();
    void import("./own.js").then(({ showNotice }) =>
      showNotice(`You are offline, and ${link.host} needs the network.`),
    );
  });
}

/**
 * Return whether a link leads to another site.
 * @param {HTMLAnchorElement} link
 */
function isOutward({ protocol, origin }) {
  return /^https?:$/.test(protocol) && origin !== location.origin;
}

async function register() {
  const address = new URL("sw.js", ROOT).href;
  const trusted = /** @type {string} */ (/** @type {unknown} */ (policy?.createScriptURL(address) ?? address));
  try {
    const registration = await navigator.serviceWorker.register(trusted, { scope: ROOT.pathname });
    await offerVersion(registration);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => offerVersion(registration));
    });
    const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
    if (!connection?.saveData) setTimeout(() => registration.active?.postMessage("prepare"), PREPARE_PAUSE);
  } catch {
    // There is no worker, or the browser does not allow it.
  }
}

/**
 * Offer a version that is waiting. The page loads again only if the reader asks for it.
 * @param {ServiceWorkerRegistration} registration
 */
async function offerVersion({ waiting }) {
  if (!waiting || !navigator.serviceWorker.controller) return;
  const { showNotice } = await import("./own.js");
  const act = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("activate");
  };
  showNotice("A new version of this list is ready.", { label: "Reload", act });
}
