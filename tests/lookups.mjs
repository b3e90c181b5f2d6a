// Prints each place in the scripts of the site where an object is looked up by a text that may be any: `file:line: code`.
//
// An object also has what all objects inherit, such as `constructor`, so texts that readers, curators, or data files
// give are looked up in a Map. Keys of a closed set (a union of literals) and indexes of arrays are no such texts.

import { relative } from "node:path";
import ts from "typescript";

const CONFIGURATION = "generator/search/browser/tsconfig.json";
const { config } = ts.readConfigFile(CONFIGURATION, ts.sys.readFile);
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, "generator/search/browser");
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();
const OPEN = ts.TypeFlags.String | ts.TypeFlags.Any | ts.TypeFlags.Unknown;

/** Return whether a node looks up an object by a text that may be any. */
function isOpenLookup(node) {
  if (ts.isElementAccessExpression(node)) return isOpen(node.argumentExpression);
  return (
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword && !ts.isStringLiteral(node.left)
  );
}

function isOpen(key) {
  const type = checker.getTypeAtLocation(key);
  return (type.isUnion() ? type.types : [type]).some(({ flags }) => flags & OPEN);
}

function printLookups(file, node) {
  if (isOpenLookup(node)) {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    console.log(`${relative(".", file.fileName)}:${line + 1}: ${node.getText(file)}`);
  }
  ts.forEachChild(node, (child) => printLookups(file, child));
}

for (const file of program.getSourceFiles())
  if (!file.fileName.includes("node_modules")) printLookups(file, file);
