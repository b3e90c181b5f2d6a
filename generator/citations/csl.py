"""CSL-JSON items, the input of citeproc and Zotero (schema csl-data, version 1.0.2)."""

from typing import Any

from generator.citations.citation import Citation
from generator.citations.names import AuthorName
from generator.content.text import single_line
from generator.output.json_text import drop_empty_values, encode_json

CSL_TYPES = {"conference": "paper-conference", "journal": "article-journal", "preprint": "article"}


def csl_item(citation: Citation) -> str:
    """Return a paper's CSL-JSON item, on one line."""
    paper = citation.paper
    preprint = citation.kind == "preprint"
    values: dict[str, Any] = {
        "id": citation.key,
        "type": CSL_TYPES[citation.kind],
        "title": citation.title,
        "author": [csl_author(name) for name in citation.authors],
        "issued": {"date-parts": [citation.date]} if citation.date else None,
        "container-title": citation.container,
        "genre": "Preprint" if preprint else "",
        "publisher": "arXiv" if preprint and paper.arxiv else "",
        "number": f"arXiv:{paper.arxiv}" if preprint and paper.arxiv else "",
        "DOI": paper.doi,
        "URL": citation.url,
        "abstract": single_line(paper.abstract),
    }
    return encode_json(drop_empty_values(values))


def csl_author(name: AuthorName) -> dict[str, str]:
    """Return a name in CSL-JSON; a name without parts is a literal."""
    if not name.given:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle, "suffix": name.suffix}
    return drop_empty_values(parts)
