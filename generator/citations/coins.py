"""COinS context objects, which let Zotero recognize the papers listed on a page.

A context object is an OpenURL (ANSI/NISO Z39.88-2004) of URL-encoded key-value pairs, in the title of an empty element
of class `Z3988`. If there are very many authors, it names the first ones. Preprints use Dublin Core, because the
formats for journals and books have no suitable type.
"""

from collections.abc import Iterator
from urllib.parse import quote_plus

from generator.citations.citation import MAX_NAMED_AUTHORS, Citation

COINS_FORMATS = {"conference": "mtx:book", "journal": "mtx:journal", "preprint": "mtx:dc"}


def context_object(citation: Citation) -> str:
    """Return a paper's context object, not yet escaped for HTML."""
    return "&".join(f"{key}={quote_plus(value)}" for key, value in context_object_pairs(citation))


def context_object_pairs(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the keys and values of a context object."""
    title = "rft.title" if citation.kind == "preprint" else "rft.atitle"
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:{COINS_FORMATS[citation.kind]}"
    match citation.kind:
        case "conference":
            yield "rft.genre", "proceeding"
            yield "rft.btitle", citation.container
        case "journal":
            yield "rft.genre", "article"
            yield "rft.jtitle", citation.container
        case "preprint":
            yield "rft.type", "preprint"
    yield title, citation.title
    if citation.date:
        yield "rft.date", "-".join([f"{citation.date[0]:04}", *(f"{part:02}" for part in citation.date[1:])])
    for name in citation.authors[:1]:
        yield "rft.aulast", name.surname
        if name.given:
            yield "rft.aufirst", name.given
    for name in citation.authors[1:MAX_NAMED_AUTHORS]:
        yield "rft.au", f"{name.surname}, {f'{name.given} {name.suffix}'.strip()}" if name.given else name.family
    if citation.paper.doi:
        yield "rft_id", f"info:doi/{citation.paper.doi}"
    if citation.url:
        yield "rft_id" if citation.kind != "preprint" else "rft.identifier", citation.url
