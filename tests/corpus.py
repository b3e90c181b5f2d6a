"""Generates larger lists: the papers of a list, and more that recombine their words and sentences.

The number of papers is the random seed, so the same number always gives the same list.
"""

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sites import TOY

from generator.citations.bibtex import bibtex_entry
from generator.citations.citation import citations_by_paper
from generator.content.loader import load
from generator.content.model import Paper
from generator.curate.importers.entries import entry_yaml

MADE = "made-"  # begins the ids of recombined papers
PEOPLE = 3  # authors to choose from, per paper


def corpus(papers: int, folder: Path, listed: Path = TOY) -> Path:
    """Create a content folder with this many papers, including those of a list, and return it."""
    shutil.copytree(listed, folder)
    real = load(folder, {})[0].papers
    for paper in recombined(real, papers - len(real)):
        (folder / "papers" / f"{paper.id}.yml").write_text(entry_yaml(paper), "utf-8")
    return folder


def bibliography(papers: int, file: Path, listed: Path = TOY) -> Path:
    """Write a .bib file with this many papers and their abstracts, with accents in TeX, and return it."""
    real = load(listed, {})[0]
    made = replace(real, papers=tuple(recombined(real.papers, papers)))
    abstracts = {paper.id: paper.abstract.replace("{", "").replace("}", "") for paper in made.papers}
    entries = (
        f"{bibtex_entry(citation).removesuffix('}' + chr(10))}  abstract = {{{abstracts[name]}}},\n}}\n".replace(
            "ü", '{\\"u}'
        )
        for name, citation in citations_by_paper(made).items()
    )
    file.write_text("\n".join(entries), "utf-8")
    return file


def recombined(real: Sequence[Paper], count: int) -> Iterator[Paper]:
    """Yield papers with titles, abstracts, and authors recombined from those of others."""
    chance = random.Random(count)
    sentences = [s for paper in real for s in re.split(r"(?<=[.!?]) ", paper.abstract)]
    words = sorted({word for paper in real for word in re.findall(r"\w{4,}", paper.title)})
    names = [author.rsplit(" ", 1) for paper in real for author in paper.authors if " " in author]
    questions = [question for paper in real for question in paper.questions] or ["What is it?"]
    summaries = [s for paper in real for s in re.split(r"(?<=[.!?]) ", paper.summary or "") if s]
    people = [f"{chance.choice(names)[0]} {chance.choice(names)[1]}" for _ in range(PEOPLE * count)]
    for number in range(count):
        model = chance.choice(real)
        month = f"{chance.randrange(2014, 2026)}-{chance.randrange(1, 13):02}"
        yield replace(
            model,
            id=f"{MADE}{number:05}",
            title=f"{' '.join(chance.sample(words, 7))} {number}",
            published_title=None,
            authors=tuple(dict.fromkeys(chance.sample(people, chance.randrange(1, 8)))),
            arxiv=f"{month[2:4]}{month[5:]}.{90_000 + number % 10_000}",
            doi=None,
            acl_anthology=None,
            replaces=(),
            published=month,
            abstract=" ".join(chance.sample(sentences, 8)),
            summary=f"Made for measuring, number {number}. {' '.join(chance.sample(summaries, 2))}",
            aliases=(),
            introduces=(),
            why=f"A reason of its own, {number}.",
            questions=tuple(chance.sample(questions, min(3, len(questions)))),
            relations=(),
        )
