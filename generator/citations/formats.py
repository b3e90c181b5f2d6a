"""The table of citation formats that can be downloaded.

To add a format, write a module with a function that returns a paper's citation as text, and add a row to
`CITATION_FORMATS`. The row also adds the format's files, the links on pages and in their heads, its API field, and its
place in the citation dialog.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.citations.bibtex import bibtex_entry
from generator.citations.citation import Citation, brief_citation
from generator.citations.coins import context_object
from generator.citations.csl import csl_item
from generator.citations.ris import ris_record
from generator.output.json_text import json_array
from generator.output.lazy_mapping import LazyMapping
from generator.output.workers import map_in_parallel


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A citation format.

    `id` identifies it in the API and in scripts. `write` returns one paper's
    citation, which ends with a line break unless the format is JSON. `has_abstract` says whether it has the abstract.
    """

    id: str
    name: str
    extension: str
    media_type: str
    write: Callable[[Citation], str]
    has_abstract: bool

    @property
    def is_json(self) -> bool:
        return self.media_type.endswith("json")


CITATION_FORMATS = (
    CitationFormat("bibtex", "BibTeX", "bib", "application/x-bibtex", bibtex_entry, has_abstract=False),
    CitationFormat("ris", "RIS", "ris", "application/x-research-info-systems", ris_record, has_abstract=True),
    CitationFormat(
        "csl", "CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", csl_item, has_abstract=True
    ),
)


@dataclass(frozen=True, slots=True)
class FormattedCitation:
    """A paper's citation in every format.

    `texts` are whole, by format id; `brief_texts` and `coins` are those for files and pages of lists.
    """

    texts: Mapping[str, str]
    brief_texts: Mapping[str, str]
    coins: str


def format_citations(
    citations: Mapping[str, Citation], known: Mapping[str, FormattedCitation]
) -> Mapping[str, FormattedCitation]:
    """Return each paper's citation in every format, by the paper's id, given those that are known.

    The citations are formatted once, because many files repeat them.
    """
    names = [name for name in citations if name not in known]
    formatted = map_in_parallel(lambda name: format_citation(citations[name]), names, "citing papers")
    return {**known, **dict(zip(names, formatted, strict=True))}


def format_citations_on_request(citations: Mapping[str, Citation]) -> Mapping[str, FormattedCitation]:
    """Return the same; that of a paper is formatted when it is first asked for."""
    return LazyMapping(citations, lambda name: format_citation(citations[name]))


def format_citation(citation: Citation) -> FormattedCitation:
    """Return one paper's citation in every format."""
    brief = brief_citation(citation)
    texts = {each.id: each.write(citation) for each in CITATION_FORMATS}
    differ = [each for each in CITATION_FORMATS if each.has_abstract or brief.authors != citation.authors]
    return FormattedCitation(
        texts=texts,
        brief_texts=texts | {each.id: each.write(brief) for each in differ},
        coins=context_object(citation),
    )


def citation_file(of: CitationFormat, citations: Iterable[Mapping[str, str]]) -> str:
    """Return a file of citations, given in all formats: a JSON array, or the texts separated by blank lines.

    Scripts take it apart again, so no citation has a blank line within it.
    """
    texts = [citation[of.id] for citation in citations]
    return json_array(texts) if of.is_json else blank_line(texts).join(texts)


def blank_line(texts: Sequence[str]) -> str:
    """Return a blank line with the line ending of these texts."""
    return "\r\n" if texts and texts[0].endswith("\r\n") else "\n"
