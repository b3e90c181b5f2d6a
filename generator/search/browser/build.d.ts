/** What the service worker knows of the site, which is put before the script when the site is built. */
declare const BUILD: import("./own/caches.js").Build;

interface Window {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(address: string): string },
    ): { createScriptURL(address: string): object };
  };
}
