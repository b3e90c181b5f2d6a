"""The records of the API, with the types defined in `schemas.py`.

There is one record per paper, term, category, path, author, venue and relation. Addresses are absolute if the site's
address is known; otherwise they are relative to the site's root.
"""

from collections.abc import Iterable, Iterator

from generator.citations.citation import first_year
from generator.citations.formats import CITATION_FORMATS
from generator.citations.names import display_name, is_others
from generator.content.model import RELATION_TYPES, Paper
from generator.exports import schemas
from generator.related.relate import FORWARD_RELATION_LABELS, INVERSE_RELATION_LABELS
from generator.site.addresses import paper_address
from generator.site.catalogue import (
    Catalogue,
    author_address,
    group_papers,
    paper_people,
    person_id,
    selection_address,
    venue_description,
)
from generator.site.page_ids import venue_id


def base_address(catalogue: Catalogue) -> str:
    """Return the prefix of all addresses within the site."""
    return catalogue.library.site.address or ""


def papers_in_id_order(catalogue: Catalogue) -> list[Paper]:
    """Return the papers, sorted by id."""
    return sorted(catalogue.papers.values(), key=lambda paper: paper.id)


def paper_ids(papers: Iterable[Paper]) -> list[str]:
    return [paper.id for paper in papers]


# Papers


def paper_records(catalogue: Catalogue) -> Iterator[schemas.ApiRecord]:
    """Return the records of the papers, sorted by id, each with everything that the paper's page shows."""
    base = base_address(catalogue)
    for paper in papers_in_id_order(catalogue):
        here = f"{base}papers/{paper.id}"
        yield schemas.api_record(
            schemas.PaperRecord,
            paper,
            url=f"{here}/",
            authors=[author_reference(catalogue, name) for name in paper.authors if not is_others(name)],
            authors_complete=not any(map(is_others, paper.authors)),
            editors=[display_name(name) for name in paper.editors if not is_others(name)],
            year=first_year(paper),
            published_url=paper.url,
            venue=volume_record(catalogue, paper),
            related=list(suggestion_records(catalogue, paper)),
            key=catalogue.citations[paper.id].key,
            markdown=f"{here}.md.txt",
            **{of.id: f"{here}.{of.extension}" for of in CITATION_FORMATS},
        )


def author_reference(catalogue: Catalogue, name: str) -> schemas.AuthorReference:
    slug = person_id(catalogue.person_ids, name)
    address = author_address(catalogue, name) or selection_address(slug)
    return {"id": slug, "name": display_name(name), "url": base_address(catalogue) + address}


def volume_record(catalogue: Catalogue, paper: Paper) -> schemas.ApiRecord | None:
    """Return the record of the venue and year in which a paper was published, or None."""
    if not paper.venue:
        return None
    slug = venue_id(paper.venue.name)
    full = venue_description(catalogue, catalogue.lists["venues"][slug]).full
    url = f"{base_address(catalogue)}venues/{slug}/"
    return schemas.api_record(schemas.VolumeRecord, paper.venue, id=slug, url=url, full=full)


def suggestion_records(catalogue: Catalogue, paper: Paper) -> Iterator[schemas.SuggestionRecord]:
    """Return the records of the papers suggested after a paper."""
    for link in catalogue.links.get(paper.id, ()):
        reasons = [f"{reason.label}: {reason.detail}" for reason in link.reasons]
        yield {"id": link.id, "score": link.score, "reasons": reasons}


def legacy_paper_record(paper: schemas.ApiRecord) -> schemas.ApiRecord:
    """Return a paper's record in the format that predates the versioned API."""
    venue = paper["venue"]
    return {
        "id": paper["id"],
        "title": paper["title"],
        "authors": [author["name"] for author in paper["authors"]],
        "published": paper["published"],
        "venue": venue and {"name": venue["name"], "year": venue["year"], "track": venue["track"]},
        "arxiv": paper["arxiv"],
        "category": paper["category"],
        "tags": paper["tags"],
        "summary": paper["summary"],
        "url": paper["url"],
        "relations": paper["relations"],
        "related": paper["related"],
    }


# The vocabulary, the lists and the graph


def facet_records(catalogue: Catalogue) -> Iterator[schemas.ApiRecord]:
    for facet in catalogue.library.facets:
        url = f"{base_address(catalogue)}tags/#{facet.id}"
        yield schemas.api_record(schemas.FacetRecord, facet, terms=[term.id for term in facet.terms], url=url)


def term_records(catalogue: Catalogue) -> Iterator[schemas.ApiRecord]:
    for facet in catalogue.library.facets:
        for term in facet.terms:
            yield schemas.api_record(
                schemas.TermRecord,
                term,
                facet=facet.id,
                papers=paper_ids(catalogue.lists["tags"][term.id].papers),
                url=f"{base_address(catalogue)}tags/{term.id}/",
            )


def category_records(catalogue: Catalogue) -> Iterator[schemas.ApiRecord]:
    for category in catalogue.library.categories:
        yield schemas.api_record(
            schemas.CategoryRecord,
            category,
            papers=paper_ids(catalogue.lists["categories"][category.id].papers),
            url=f"{base_address(catalogue)}categories/{category.id}/",
        )


def path_records(catalogue: Catalogue) -> Iterator[schemas.ApiRecord]:
    for path in catalogue.library.paths:
        yield schemas.api_record(schemas.PathRecord, path, url=f"{base_address(catalogue)}paths/{path.id}/")


def author_records(catalogue: Catalogue) -> Iterator[schemas.AuthorRecord]:
    papers = group_papers(catalogue.papers.values(), lambda paper: paper_people(catalogue, paper))
    for slug, name in sorted(catalogue.people.items()):
        person = catalogue.persons.get(slug)
        yield {
            **author_reference(catalogue, name),
            "papers": paper_ids(papers[slug]),
            "same_as": list(map(display_name, person.same_as)) if person else [],
            "orcid": person.orcid if person else None,
        }


def venue_records(catalogue: Catalogue) -> Iterator[schemas.ApiRecord]:
    base = base_address(catalogue)
    for slug, venue in sorted(catalogue.lists["venues"].items()):
        facts = venue_description(catalogue, venue)
        yield schemas.api_record(
            schemas.VenueRecord, facts, id=slug, papers=paper_ids(venue.papers), url=base + venue.address
        )


def relation_type_records() -> Iterator[schemas.RelationTypeRecord]:
    """Return the records of the types of relations."""
    for kind in RELATION_TYPES:
        name, inverse = FORWARD_RELATION_LABELS[kind], INVERSE_RELATION_LABELS[kind]
        yield {"id": kind, "name": name, "inverse": inverse, "symmetric": name == inverse}


def graph_nodes(catalogue: Catalogue) -> Iterator[schemas.GraphNode]:
    base = base_address(catalogue)
    for paper in papers_in_id_order(catalogue):
        yield {
            "id": paper.id,
            "title": paper.title,
            "year": first_year(paper),
            "category": paper.category,
            "url": base + paper_address(paper),
        }


def graph_edges(catalogue: Catalogue) -> Iterator[schemas.GraphEdge]:
    for paper in papers_in_id_order(catalogue):
        for relation in paper.relations:
            yield {"source": paper.id, "target": relation.to, "type": relation.type, "because": relation.because}
