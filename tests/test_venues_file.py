"""What `venues.yml` says about a venue is in all citations of its papers, and imports recognize the venue by it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator.citations.bibtex import bibtex_entry
from generator.citations.citation import Citation, citations_by_paper, paper_citation
from generator.citations.coins import context_object
from generator.citations.csl import csl_item
from generator.citations.ris import ris_record
from generator.content.model import KnownVenue, Library, Paper, Track, Venue, WorkType
from generator.content.venues import container_title, venues_by_name, with_venue_names
from generator.curate.editor_schema import content_schemas
from generator.curate.importers.entries import candidate_entries
from generator.curate.importers.libraries import read_library_files
from generator.curate.importers.venues import VenueTitles, comparable_title
from generator.measure.search import search_answers
from generator.search.data import list_columns
from generator.site.catalogue import build_catalogue
from generator.site.render import render_site

ICML = KnownVenue(
    "ICML", "conference", "International Conference on Machine Learning", publisher="PMLR", issn="2640-3498"
)
NEURIPS = KnownVenue(
    "NeurIPS",
    "conference",
    "Conference on Neural Information Processing Systems",
    "Advances in Neural Information Processing Systems",
    aliases=("NIPS",),
)
TPAMI = KnownVenue("TPAMI", "journal", "IEEE Transactions on Pattern Analysis and Machine Intelligence")
DSAA = KnownVenue("DSAA", "conference", "IEEE International Conference on Data Science and Advanced Analytics")
BLACKBOX = KnownVenue("BlackboxNLP", "workshop", "BlackboxNLP Workshop on Interpreting Neural Networks for NLP")
BARE = KnownVenue("GEM Workshop", "workshop")
VENUES = (ICML, NEURIPS, TPAMI, DSAA, BLACKBOX, BARE)


def paper(name: str, track: Track = "conference", **more: Any) -> Paper:
    return replace(Paper("x", "A title", "shelf", authors=("Ann Other",), venue=Venue(name, 2017, track)), **more)


def cited(name: str, track: Track = "conference", **more: Any) -> Citation:
    return paper_citation(paper(name, track, **more), "key", venues_by_name(VENUES))


@pytest.mark.parametrize(
    ("venue", "title"),
    [
        (ICML, "Proceedings of the International Conference on Machine Learning"),
        (NEURIPS, "Advances in Neural Information Processing Systems"),
        (TPAMI, "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
        (BLACKBOX, "Proceedings of the BlackboxNLP Workshop on Interpreting Neural Networks for NLP"),
        (BARE, "GEM Workshop"),
        (KnownVenue("WWW", "conference", "The Web Conference"), "Proceedings of the Web Conference"),
        (KnownVenue("F", "findings", "Findings of the ACL: EMNLP"), "Findings of the ACL: EMNLP"),
        (KnownVenue("P", "conference", "Proceedings of Machine Learning"), "Proceedings of Machine Learning"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_the_title_of_what_a_venue_published(venue: KnownVenue, title: str) -> None:
    assert container_title(venue) == title


def test_citations_have_the_full_name_of_a_conference() -> None:
    citation = cited("ICML")
    title = "Proceedings of the International Conference on Machine Learning"
    bibtex = bibtex_entry(citation).splitlines()
    assert f"  booktitle = {{{title}}}," in bibtex
    assert "  eventtitle = {ICML}," in bibtex
    assert "  publisher = {PMLR}," in bibtex
    ris = ris_record(citation).split("\r\n")
    assert [line for line in ris if line[:2] in ("T2", "C3", "BT", "J2", "PB", "SN")] == [
        "T2  - International Conference on Machine Learning",
        f"C3  - {title}",
        f"BT  - {title}",
        "J2  - ICML",
        "PB  - PMLR",
        "SN  - 2640-3498",
    ]
    csl = json.loads(csl_item(citation))
    assert (csl["container-title"], csl["container-title-short"], csl["publisher"]) == (title, "ICML", "PMLR")
    assert f"&rft.btitle={title.replace(' ', '+')}&" in context_object(citation)


def test_citations_have_the_full_name_of_a_journal() -> None:
    citation = cited("TPAMI", "journal")
    bibtex = bibtex_entry(citation)
    assert f"journal = {{{TPAMI.full}}}" in bibtex
    assert "shortjournal = {TPAMI}" in bibtex
    assert f"T2  - {TPAMI.full}\r\nJ2  - TPAMI\r\n" in ris_record(citation)
    csl = json.loads(csl_item(citation))
    assert (csl["container-title"], csl["container-title-short"]) == (TPAMI.full, "TPAMI")
    assert "&rft.stitle=TPAMI&" in context_object(citation)


def test_what_an_entry_says_comes_first() -> None:
    own = cited("ICML", container="Proceedings of the 34th ICML", publisher="JMLR.org", issn="2049-3630")
    assert (own.container, own.venue, own.issuer, own.paper.issn) == (
        *("Proceedings of the 34th ICML", "ICML", "JMLR.org"),
        "2049-3630",
    )


def test_a_venue_about_which_nothing_is_known_is_cited_by_its_name() -> None:
    for citation in (cited("GEM Workshop", "workshop"), cited("Nature", "journal")):
        assert citation.paper.venue
        assert (citation.container, citation.venue) == (citation.paper.venue.name, "")


@pytest.mark.parametrize(("track", "kind"), [("workshop", "article"), ("conference", "speech")])
def test_a_workshop_or_a_talk_is_not_in_the_proceedings(track: Track, kind: WorkType) -> None:
    citation = cited("International Conference on Machine Learning", track, type=kind)
    assert (citation.container, citation.venue, citation.issuer) == ("ICML", "", "")


def test_the_page_of_a_venue_shows_what_is_known(toy: Library) -> None:
    files = render_site(toy, {})
    page, twin = files["venues/neurips.md"], files["venues/neurips.md.txt"]
    facts = ["Conference", "Advances in Neural Information Processing Systems", "Curran Associates"]
    for label, fact in zip(("Kind", "Proceedings", "Publisher"), facts, strict=True):
        assert f"<dt>{label}</dt>\n<dd>{fact}</dd>" in page
        assert f"{label}: {fact}\n" in twin
    assert "<p>Conference on Neural Information Processing Systems</p>" in page
    assert '<a href="https://neurips.cc/">neurips.cc</a>' in page
    assert '"@id":"../../venues/neurips/#venue","alternateName":["NeurIPS","NIPS",' in page
    assert 'redirect: "../../venues/neurips/"' in files["venues/nips.md"]
    bare = render_site(replace(toy, venues=()), {})
    assert "<dt>Kind" not in bare["venues/neurips.md"]
    assert "venues/nips.md" in bare


@pytest.mark.parametrize("name", ["NIPS", "nips", "Conference on Neural Information Processing Systems", "NeurIPS"])
def test_entries_may_have_any_name_of_a_venue(name: str, toy: Library) -> None:
    assert cited(name).container == "Advances in Neural Information Processing Systems"
    library = with_venue_names(replace(toy, venues=VENUES, papers=(paper(name),), retired=(paper("ICLR"),)))
    assert [one.venue and one.venue.name for one in (*library.papers, *library.retired)] == ["NeurIPS", "ICLR"]


def test_a_list_without_the_file_is_as_it_was(toy: Library) -> None:
    bare = replace(toy, venues=())
    assert with_venue_names(bare) is bare
    assert citations_by_paper(bare)["wasserstein-gan"].container == "ICML"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Proceedings of the 34th International Conference on Machine Learning", "ICML"),
        ("Proceedings of the Thirty-Fourth International Conference on Machine Learning (ICML 2017)", "ICML"),
        (
            "Proceedings of the 34th International Conference on Machine Learning, {ICML} 2017, Sydney, Australia",
            "ICML",
        ),
        ("2018 IEEE 5th International Conference on Data Science and Advanced Analytics (DSAA)", "DSAA"),
        ("2018 IEEE 5th International Conference on Data Science and Advanced Analytics", "DSAA"),
        ("International Conference on Data Science and Advanced Analytics, Turin, Italy, October 1-3, 2018", "DSAA"),
        ("Advances in Neural Information Processing Systems 29", "NeurIPS"),
        ("IEEE International Conference on Machine Learning and Applications", ""),
        ("Proceedings of the 2023 GEM Workshop", "GEM Workshop"),
    ],
)
def test_imports_recognize_the_venue_by_its_full_name(title: str, expected: str, toy: Library) -> None:
    entry = f"@inproceedings{{k, title={{New}}, author={{Ann Other}}, year=2018, booktitle={{{title}}}}}"
    [read] = imported(entry, "bibtex", toy)
    assert read.venue
    assert (read.venue.name if read.venue.name in {venue.name for venue in VENUES} else "") == expected
    assert not read.container


def test_a_workshop_at_a_conference_is_not_the_conference(toy: Library) -> None:
    title = "Workshop on Data at the International Conference on Machine Learning (ICML)"
    entry = f"@inproceedings{{k, title={{New}}, author={{Ann Other}}, year=2018, booktitle={{{title}}}}}"
    assert [read.venue for read in imported(entry, "bibtex", toy)] == [Venue("ICML", 2018, "workshop")]


@pytest.mark.parametrize(
    "journal", ["IEEE Transactions on Pattern Analysis and Machine Intelligence", "IEEE TPAMI", "tpami"]
)
def test_imports_recognize_a_journal(journal: str, toy: Library) -> None:
    entry = f"@article{{k, title={{New}}, author={{Ann Other}}, year=2018, journal={{{journal}}}}}"
    assert [read.venue for read in imported(entry, "bibtex", toy)] == [Venue("TPAMI", 2018, "journal")]


def test_imports_repeat_nothing_that_the_file_says(toy: Library) -> None:
    ris = "TY  - CONF\nTI  - New\nAU  - Other, Ann\nPY  - 2018\nC3  - {title}\nT2  - ICML\nPB  - PMLR\nSN  - {issn}\n"
    [read] = imported(ris.format(title=container_title(ICML), issn=ICML.issn), "ris", toy)
    assert (read.container, read.publisher, read.issn) == (None, None, None)
    title = "Proceedings of the 35th International Conference on Machine Learning"
    [read] = imported(ris.format(title=title, issn="2049-3630"), "ris", toy)
    assert (read.venue, read.container, read.issn) == (Venue("ICML", 2018, "conference"), title, "2049-3630")


def imported(text: str, form: str, toy: Library) -> Sequence[Paper]:
    """Return the entries that an import of a file writes to a list with these venues."""
    records, problems = read_library_files(form, [(text, "x")])
    assert problems == []
    library = replace(toy, venues=VENUES)
    return [entry.paper for entry in candidate_entries((record.paper for record in records), library, "2026-01-01")]


SHORT_AND_FULL = {
    "icml": "International Conference on Machine Learning",
    "neurips": "advances in neural information processing systems",
    "acm tog": "Transactions on Graphics",
    "cvpr": "conference on computer vision and pattern recognition",
    "neurips 2019": "NIPS 2019",
}


def test_search_finds_papers_by_all_names_of_their_venue(toy: Library) -> None:
    venues = {paper.id: paper.venue for paper in with_venue_names(toy).papers if paper.venue}
    conditions = [f'venue:"{name}"' for name in ("conference on machine learning", "nips", "Neural Information")]
    short, full, filtered = (
        search_answers(toy, list(queries)) for queries in (SHORT_AND_FULL, SHORT_AND_FULL.values(), conditions)
    )
    for query, found, other in zip(SHORT_AND_FULL, short, full, strict=True):
        at = [paper for paper, venue in venues.items() if f"{venue.name} {venue.year}".lower().startswith(query)]
        assert set(found[: len(at)]) == set(other[: len(at)]) == set(at)
    for name, found in zip(("ICML", "NeurIPS", "NeurIPS"), filtered, strict=True):
        assert set(found) == {paper for paper, venue in venues.items() if venue.name == name}


def test_search_data_has_other_names_and_former_ids(toy: Library) -> None:
    columns = list_columns(catalogue := build_catalogue(toy, {}), list(catalogue.papers.values()))
    venues = {venue["id"]: venue for venue in columns["venues"]}
    assert venues["dsaa"] == {"id": "dsaa", "name": "DSAA"}
    assert venues["icml"]["names"] == ["ICML", "International Conference on Machine Learning"]
    assert columns["moved"]["venue"]["nips"] == "neurips"


def test_editors_offer_the_names_of_venues_and_take_others(toy: Library) -> None:
    venue = json.loads(content_schemas(toy)["paper.json"])["definitions"]["venue"]
    offered = dict(zip(venue["anyOf"][0]["enum"], venue["anyOf"][0]["enumDescriptions"], strict=True))
    assert offered["ICML"] == "ICML: International Conference on Machine Learning"
    assert list(offered) == [known.name for known in toy.venues]
    assert Draft7Validator(venue).is_valid("Nature")
    assert not Draft7Validator(venue).is_valid("")


def test_a_paper_is_the_same_under_another_name_of_its_venue(toy: Library) -> None:
    library = replace(toy, papers=(replace(paper("NIPS"), doi="10.1000/x"),), venues=VENUES)
    [entry] = candidate_entries([replace(paper("NeurIPS"), doi="10.1000/x")], library, "2026-01-01")
    assert (entry.state, entry.different_keys) == ("unchanged", ())


def test_short_names_that_imports_derive_lead_to_a_venue_of_another_name() -> None:
    titles = VenueTitles([KnownVenue("Machine learning meeting", "conference", ICML.full)])
    assert titles.placed(paper("ICML")).venue == Venue("Machine learning meeting", 2017, "conference")


@pytest.mark.parametrize("title", ["", "...", "2017", "Proceedings of the", "In 2nd Conference 2017", "生成モデル"])
def test_titles_of_nothing_have_a_form(title: str) -> None:
    assert comparable_title(title) or not title
