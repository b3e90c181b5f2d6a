// @ts-check
// Reads the Markdown of a reader's note as a tree of plain values, so that whatever the note says is shown as text: HTML
// stays text, images become links, and links lead to web pages and email addresses only.

import { Lexer } from "marked";

/**
 * @typedef {{tag: string, href?: string, children: NoteNode[]} | string} NoteNode A piece of text, or an element.
 * @typedef {import("marked").Token} Token
 */

const DEEPEST = 12; // levels of lists and quotes within each other
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)/i;
const ELEMENTS = new Map(
  Object.entries({
    ...{ paragraph: "p", heading: "p", blockquote: "blockquote", list_item: "li", strong: "strong", em: "em" },
    ...{ del: "s", codespan: "code", br: "br", hr: "hr" },
  }),
);

/**
 * Return the nodes of a note.
 * @param {string} text
 * @returns {NoteNode[]}
 */
export function noteNodes(text) {
  try {
    return tokenNodes(new Lexer({ gfm: true }).lex(text), DEEPEST);
  } catch {
    return [text]; // it is nested so deeply that it cannot be read
  }
}

/**
 * @param {Token[]} tokens
 * @param {number} depth levels left
 * @returns {NoteNode[]}
 */
function tokenNodes(tokens, depth) {
  return tokens.flatMap((token) => (depth ? tokenNode(token, depth) : [token.raw]));
}

/**
 * @param {Token} token
 * @param {number} depth
 * @returns {NoteNode[]}
 */
function tokenNode(token, depth) {
  const inner = /** @type {{tokens?: Token[]}} */ (token).tokens;
  const inside = () => tokenNodes(inner ?? [], depth - 1);
  if (token.type === "space" || token.type === "def") return [];
  if (token.type === "checkbox") return [token.checked ? "☑ " : "☐ "];
  if (token.type === "list") return listNode(/** @type {import("marked").Tokens.List} */ (token), depth);
  if (token.type === "heading") return [{ tag: "p", children: [{ tag: "strong", children: inside() }] }];
  if (token.type === "code") return [{ tag: "pre", children: [{ tag: "code", children: [token.text] }] }];
  if (token.type === "codespan") return [{ tag: "code", children: [token.text] }];
  if (token.type === "link" || token.type === "image") return linkNode(token, depth);
  if (token.type === "text" && inner) return inside();
  if (token.type === "escape" || token.type === "text") return [token.text];
  const tag = ELEMENTS.get(token.type);
  return tag ? [{ tag, children: inside() }] : [token.raw];
}

/**
 * @param {import("marked").Tokens.List} list
 * @param {number} depth
 * @returns {NoteNode[]}
 */
function listNode(list, depth) {
  const items = list.items.map((item) => ({ tag: "li", children: tokenNodes(item.tokens, depth - 1) }));
  return [{ tag: list.ordered ? "ol" : "ul", children: items }];
}

/**
 * @param {Token} token
 * @param {number} depth
 * @returns {NoteNode[]}
 */
function linkNode(token, depth) {
  const { href, text, raw } = /** @type {import("marked").Tokens.Link} */ (token);
  const isSafe = SAFE_ADDRESS.test(href) && URL.canParse(href);
  if (!isSafe) return [raw];
  const inner = token.type === "link" && token.tokens ? tokenNodes(token.tokens, depth - 1) : [text || href];
  return [{ tag: "a", href, children: inner }];
}
