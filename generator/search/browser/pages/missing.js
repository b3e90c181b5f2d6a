// @ts-check
// On the page for addresses that lead nowhere: who has no page of their own, or no longer, is found among all papers.

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
const home = new URL("../../", src);
const [, author] =
  location.pathname.slice(home.pathname.length).match(/^authors\/([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/) ?? [];
if (author && location.pathname.startsWith(home.pathname)) location.replace(new URL(`browse/?author=${author}`, home));
