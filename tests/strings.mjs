// Prints each text in the scripts of the site, as JSON on a line of its own, with the place where it begins.

import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

const FOLDERS = ["engine", "pages"].map((name) => `generator/search/browser/${name}`);

function printTexts(file, node) {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    console.log(JSON.stringify([`${file.fileName}:${line + 1}`, node.text]));
  }
  ts.forEachChild(node, (child) => printTexts(file, child));
}

for (const path of FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))) {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  printTexts(file, file);
}
