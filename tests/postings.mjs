// Compares the inverted index of a list with one that is made in the plain way, and prints what differs, as JSON.
//
//     node tests/postings.mjs build/site/search
//
// The plain way: all texts of a field of a paper are split into words, and the stems of these are counted.

import { FIELDS } from "../generator/search/browser/engine/inverted-index.js";
import { STOP_WORDS, tokens } from "../generator/search/browser/engine/text.js";
import { joinedName } from "../generator/search/browser/engine/venue-names.js";
import { wholeEngine } from "../generator/search/browser/whole-engine.mjs";

const MOST = 63; // occurrences that count
const { list, index, titles, kinds, abstracts } = await wholeEngine(process.argv[2]);
const { papers, terms, categories, people, venues } = list;

function textsOf(paper) {
  const tags = kinds.termsByPaper[paper].map((term) => terms[term]);
  const own = papers.tags[paper].map((term) => terms[term]);
  const venue = venues[papers.venues[paper]];
  const joined = venue?.names && venue.name.includes(" ") ? [joinedName(venue.name)] : [];
  const shelf = categories[papers.categories[paper]].name;
  return {
    title: [papers.titles[paper], papers.otherTitles[paper]],
    aliases: papers.aliases[paper],
    introduces: papers.introduces[paper],
    people: papers.authors[paper].flatMap((at) => people[at].names),
    published: [papers.when[paper].slice(papers.marks[paper].length), ...joined],
    summary: [papers.summaries[paper]],
    questions: papers.questions[paper],
    terms: [
      ...tags.flatMap(({ name, aliases }) => [name, ...aliases]),
      shelf,
      papers.marks[paper],
      papers.sources[paper],
    ],
    covers: tags.flatMap(({ covers }) => covers),
    definitions: own.flatMap(({ definition, questions }) => [definition, ...questions]),
    abstract: [abstracts[paper]],
  };
}

const fields = papers.ids.map((_, paper) =>
  Object.entries(textsOf(paper)).map(([name, texts]) => ({ name, words: texts.flatMap(tokens) })),
);
const lengths = new Map(Object.keys(FIELDS).map((name) => [name, 0]));
const places = new Map(); // by the forms of words: whether they are in names, and elsewhere
const frequencies = new Map(); // by stem and paper
for (const { name, words } of fields.flat()) {
  lengths.set(name, lengths.get(name) + words.length);
  for (const form of words.flatMap(({ forms }) => forms))
    places.set(form, (places.get(form) ?? new Set()).add(name === "people"));
}
for (const [paper, all] of fields.entries())
  for (const { name, words } of all) {
    const counts = new Map();
    for (const key of words.flatMap(({ stems }) => stems)) counts.set(key, (counts.get(key) ?? 0) + 1);
    const { weight, length } = FIELDS[name];
    const norm = 1 - length + (length * words.length * papers.ids.length) / lengths.get(name);
    for (const [key, count] of counts) {
      const found = frequencies.get(key) ?? new Map();
      const { frequency, own } = found.get(paper) ?? { frequency: 0, own: false };
      const isOwn = own || (name !== "covers" && name !== "definitions");
      found.set(paper, { frequency: frequency + (weight * Math.min(count, MOST)) / norm, own: isOwn });
      frequencies.set(key, found);
    }
  }

function isSame(key, expected) {
  const found = index.postings(key);
  return (
    found.papers.length === expected.size &&
    found.papers.every((paper, at) => {
      const { frequency, own } = expected.get(paper) ?? {};
      return found.own[at] === own && Math.abs(found.frequencies[at] / frequency - 1) < 1e-12;
    })
  );
}

function isSameTitle(paper) {
  const stems = tokens(papers.titles[paper]).flatMap(({ text, stems }) => (STOP_WORDS.has(text) ? [] : stems));
  return JSON.stringify([...index.stemNumbers(stems)].sort()) === JSON.stringify([...titles[paper]].sort());
}

const differing = {
  stems: [...frequencies].filter(([key, expected]) => !isSame(key, expected)).map(([key]) => key),
  words: JSON.stringify(index.words) === JSON.stringify([...places.keys()].sort()) ? [] : ["words"],
  names: [...places].filter(([form, all]) => index.isName(form) !== all.has(true)).map(([form]) => form),
  onlyNames: [...places].filter(([form, all]) => index.isOnlyName(form) === all.has(false)).map(([form]) => form),
  titles: papers.ids.filter((_, paper) => !isSameTitle(paper)),
};
process.stdout.write(JSON.stringify({ stems: frequencies.size, differing }));
