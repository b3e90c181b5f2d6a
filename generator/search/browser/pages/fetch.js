// @ts-check
// Fetches files of the site.

/** The root URL of the site. */
export const ROOT = new URL("../../", import.meta.url);

/**
 * Return the content of a file if it is an array with at least as many items as it should have. Otherwise, throw an error.
 * @param {unknown} content
 * @param {number} count
 * @returns {any[]}
 */
export function wholeArray(content, count) {
  if (!Array.isArray(content) || content.length < count) throw new Error("The data is incomplete");
  return content;
}

/**
 * Return a file of the site, parsed as JSON.
 * @param {string} path
 */
export async function fetchJson(path) {
  return (await fetchFile(path)).json();
}

/**
 * Return a file of the site. It is always revalidated, so that all files are from the same build.
 * @param {string} path
 */
export async function fetchFile(path) {
  const answer = await fetch(new URL(path, ROOT), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}
