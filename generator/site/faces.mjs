// Writes `faces.css`: the faces of the site's typefaces, and for each of them faces that stand in until it arrives.
//
// A face that stands in is a typeface that readers' systems have, scaled so that lines break where they will break
// later and are as high, so that nothing moves. The numbers come from capsize, which compares how wide and how high the
// letters of both are. Systems' own typefaces may not be distributed, but free ones with the same widths can be read.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { createFontStack } from "@capsizecss/core";
import { fromFile } from "@capsizecss/unpack/fs";

const MODULES = "node_modules";
const SHEETS = [
  ["source-serif-4", "index"],
  ["source-serif-4", "wght-italic"],
  ["source-sans-3", "index"],
  ["source-code-pro", "index"],
];

// Without unicode-range, unlike the package's own rule, which excludes Greek and italic letters.
const MATHEMATICS = `@font-face {
  font-family: "STIX Two Math";
  src: url("stix-two-math/files/stix-two-math-latin-400-normal.woff2") format("woff2");
  font-display: swap;
}
`;

/** The faces of the site that others stand in for: their family, and a file of just that weight and style. */
const OWN = {
  serif: {
    regular: "source-serif-4/400Regular",
    bold: "source-serif-4/600SemiBold",
    italic: "source-serif-4/400Regular_Italic",
  },
  sans: { regular: "source-sans-3/400Regular", bold: "source-sans-3/600SemiBold" },
};

/** The names of the faces that stand in, on Windows, macOS, iOS, Android and Linux, and the free typeface to measure. */
const OTHERS = [
  {
    family: "Serif as Georgia",
    own: OWN.serif,
    measured: "gelasio",
    regular: ["Georgia"],
    bold: ["Georgia Bold", "Georgia-Bold"],
    italic: ["Georgia Italic", "Georgia-Italic"],
  },
  {
    family: "Serif as Noto",
    own: OWN.serif,
    measured: "noto-serif",
    regular: ["Noto Serif", "Noto Serif Regular", "NotoSerif", "NotoSerif-Regular"],
    bold: ["Noto Serif Bold", "NotoSerif-Bold"],
    italic: ["Noto Serif Italic", "NotoSerif-Italic"],
  },
  {
    family: "Serif as Times",
    own: OWN.serif,
    measured: "tinos",
    regular: ["Times New Roman", "TimesNewRomanPSMT", "Liberation Serif", "LiberationSerif", "Tinos"],
    bold: ["Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold", "LiberationSerif-Bold"],
    italic: ["Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic", "LiberationSerif-Italic"],
  },
  {
    family: "Serif as DejaVu",
    own: OWN.serif,
    measured: "dejavu-serif",
    regular: ["DejaVu Serif", "DejaVuSerif"],
    bold: ["DejaVu Serif Bold", "DejaVuSerif-Bold"],
    italic: ["DejaVu Serif Italic", "DejaVuSerif-Italic"],
  },
  {
    family: "Sans as Arial",
    own: OWN.sans,
    measured: "arimo",
    regular: ["Arial", "ArialMT", "Liberation Sans", "LiberationSans", "Arimo"],
    bold: ["Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "LiberationSans-Bold"],
  },
  {
    family: "Sans as Roboto",
    own: OWN.sans,
    measured: "roboto",
    regular: ["Roboto", "Roboto Regular", "Roboto-Regular"],
    bold: ["Roboto Bold", "Roboto-Bold", "Roboto"], // the last is variable on new systems, and has all weights
  },
  {
    family: "Sans as DejaVu",
    own: OWN.sans,
    measured: "dejavu-sans",
    regular: ["DejaVu Sans", "DejaVuSans"],
    bold: ["DejaVu Sans Bold", "DejaVuSans-Bold"],
  },
];

/** The letters and marks that stand-ins are scaled for: Latin, punctuation and currencies. */
const LATIN = "U+0000-024F, U+02BB-02DC, U+1E00-1EFF, U+2000-206F, U+20A0-20CF, U+2122, U+2212";

const KINDS = {
  regular: { file: "400-normal", styles: { fontWeight: "1 500", fontStyle: "normal" } },
  bold: { file: "700-normal", styles: { fontWeight: "501 1000", fontStyle: "normal" } },
  italic: { file: "400-italic", styles: { fontWeight: "1 1000", fontStyle: "italic" } },
};

/** Return the path of a TrueType file, given as the folder of one weight of a family. */
async function fileOf(folder) {
  const path = `${MODULES}/@expo-google-fonts/${folder}`;
  return `${path}/${(await readdir(path)).find((name) => name.endsWith(".ttf"))}`;
}

/** Return the rule of a face that stands in, of a kind such as `bold`. */
async function ruleOf({ family, own, measured, ...names }, kind) {
  const { file, styles } = KINDS[kind];
  const wanted = await fromFile(await fileOf(own[kind]));
  const given = await fromFile(`${MODULES}/@fontsource/${measured}/files/${measured}-latin-${file}.woff2`);
  const { fontFaces } = createFontStack([wanted, given], { fontFaceFormat: "styleObject" });
  const { ascentOverride, descentOverride, lineGapOverride, sizeAdjust } = fontFaces[0]["@font-face"];
  const values = {
    "font-family": `"${family}"`,
    "font-weight": styles.fontWeight,
    "font-style": styles.fontStyle,
    src: names[kind].map((name) => `local("${name}")`).join(", "),
    "size-adjust": sizeAdjust,
    "ascent-override": ascentOverride,
    "descent-override": descentOverride,
    "line-gap-override": lineGapOverride ?? "0%",
    "unicode-range": LATIN, // other characters, such as arrows, keep the size that systems give them
  };
  const lines = Object.entries(values).map(([name, value]) => `  ${name}: ${value};`);
  return `@font-face {\n${lines.join("\n")}\n}\n`;
}

/**
 * Return the rules of a typeface's package, with the addresses that its files have on the site. A typeface of text that
 * is not there within 100 ms is for the next page: one that takes the place of another moves lines, if only one. Code
 * is rare, and has its own at any time.
 */
async function ownRules(name, sheet) {
  const rules = await readFile(`${MODULES}/@fontsource-variable/${name}/${sheet}.css`, "utf8");
  const placed = rules.replaceAll("url(./files/", `url(${name}/files/`);
  return name === "source-code-pro" ? placed : placed.replaceAll("display: swap", "display: optional");
}

const [folder] = process.argv.slice(2);
const standIns = OTHERS.flatMap((other) => Object.keys(other.own).map((kind) => ruleOf(other, kind)));
const rules = await Promise.all([...SHEETS.map(([name, sheet]) => ownRules(name, sheet)), ...standIns]);
await writeFile(`${folder}/faces.css`, [...rules, MATHEMATICS].join("\n"));
