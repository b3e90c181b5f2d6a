// @ts-check
// Names the links of rows. The HTML has no such names, as they would repeat each title twice in every list.

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
