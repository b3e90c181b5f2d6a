"""The one table of the kinds of works: what each is called, and which type it has in each format.

Everything that reads or writes a type looks here: the citation formats, COinS, meta tags, JSON-LD, search, pages, and
the importers. A paper without a `type` is an `article`, which has three kinds: what appeared in a journal, what was
presented at a conference, and everything else, which is a preprint.

The names of the formats' types come from CSL 1.0.2, BibTeX and biblatex, RIS, OpenURL (ANSI/NISO Z39.88-2004), Zotero,
schema.org, and Crossref.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.content.model import Paper, WorkType


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of work.

    `id` is unique in the table, and `type` is the value of that key in an entry. `name` is what readers see. `csl`,
    `bibtex`, `ris`, `schema_org` and `zotero` are the type in each format. `container` and `issuer` are the BibTeX
    fields for what a work is part of and for the institution behind it. `coins` is the OpenURL format and genre.
    `names` are other types that importers read as this kind: of BibTeX, RIS, CSL, Zotero, and Crossref, in lower case.
    """

    id: str
    type: WorkType
    name: str
    csl: str
    bibtex: str
    container: str
    issuer: str
    ris: str
    coins: tuple[str, str]
    schema_org: str
    zotero: str
    names: str = ""


PREPRINT = WorkKind(
    "preprint", "article", "Preprint", "article", "misc", "howpublished", "organization", "MANSCPT",
    ("dc", "preprint"), "ScholarlyArticle", "preprint",
    "unpublished manuscript posted-content unpb unpd inpr",
)  # fmt: skip
JOURNAL_ARTICLE = WorkKind(
    "article-journal", "article", "Article", "article-journal", "article", "journal", "organization", "JOUR",
    ("journal", "article"), "ScholarlyArticle", "journalArticle",
    "journal-article article-magazine article-newspaper magazinearticle newspaperarticle suppperiodical review "
    "review-book mgzn news ejou ejour jfull abst inpress peer-review peerreview datapaper",
)  # fmt: skip
CONFERENCE_PAPER = WorkKind(
    "paper-conference", "paper-conference", "Conference paper", "paper-conference", "inproceedings", "booktitle",
    "organization", "CONF", ("book", "proceeding"), "ScholarlyArticle", "conferencePaper",
    "conference proceedings-article cpaper",
)  # fmt: skip
BOOK = WorkKind(
    "book", "book", "Book", "book", "book", "series", "organization", "BOOK", ("book", "book"), "Book", "book",
    "mvbook collection mvcollection reference mvreference proceedings mvproceedings periodical booklet manual "
    "monograph edited-book reference-book book-series book-set edbook ebook serial ser classic clswk pamphlet pamp "
    "conferenceproceeding proceedings-series journal journal-volume journal-issue",
)  # fmt: skip
CHAPTER = WorkKind(
    "chapter", "chapter", "Chapter", "chapter", "incollection", "booktitle", "organization", "CHAP",
    ("book", "bookitem"), "Chapter", "bookSection",
    "inbook bookinbook suppbook suppcollection inreference entry entry-dictionary entry-encyclopedia dictionaryentry "
    "encyclopediaarticle bookchapter book-chapter book-section book-part book-track reference-entry echap dict encyc",
)  # fmt: skip
THESIS = WorkKind(
    "thesis", "thesis", "Thesis", "thesis", "phdthesis", "series", "school", "THES", ("dissertation", ""), "Thesis",
    "thesis", "mastersthesis dissertation",
)  # fmt: skip
REPORT = WorkKind(
    "report", "report", "Report", "report", "techreport", "series", "institution", "RPRT", ("book", "report"),
    "Report", "report",
    "standard patent report-series report-component pat stand std govdoc legislation bill stat statute regulation "
    "treaty outputmanagementplan studyregistration",
)  # fmt: skip
WEBPAGE = WorkKind(
    "webpage", "webpage", "Web page", "webpage", "online", "howpublished", "organization", "ELEC", ("dc", "webpage"),
    "WebPage", "webpage", "electronic www web post-weblog-site icomm",
)  # fmt: skip
POST = WorkKind(
    "post", "post", "Post", "post-weblog", "online", "howpublished", "organization", "BLOG", ("dc", "blogPost"),
    "BlogPosting", "blogPost", "blogpost forumpost",
)  # fmt: skip
SOFTWARE = WorkKind(
    "software", "software", "Software", "software", "software", "howpublished", "organization", "COMP",
    ("dc", "computerProgram"), "SoftwareSourceCode", "computerProgram",
    "computer_program computationalnotebook workflow",
)  # fmt: skip
DATASET = WorkKind(
    "dataset", "dataset", "Data set", "dataset", "misc", "howpublished", "organization", "DATA", ("dc", "dataset"),
    "Dataset", "dataset", "database dbase aggr",
)  # fmt: skip
SPEECH = WorkKind(
    "speech", "speech", "Talk", "speech", "misc", "howpublished", "organization", "SLIDE", ("dc", "presentation"),
    "PresentationDigitalDocument", "presentation", "performance lecture hear hearing interview poster event",
)  # fmt: skip
VIDEO = WorkKind(
    "video", "video", "Video", "motion_picture", "video", "howpublished", "organization", "VIDEO",
    ("dc", "videoRecording"), "VideoObject", "videoRecording",
    "movie film audiovisual tvbroadcast radiobroadcast podcast broadcast audio audiorecording mpct advs sound",
)  # fmt: skip
COURSE = WorkKind(
    "course", "course", "Course", "webpage", "misc", "howpublished", "organization", "ELEC", ("dc", "webpage"),
    "Course", "webpage", "multi",
)  # fmt: skip
DOCUMENT = WorkKind(
    "document", "document", "Document", "document", "misc", "howpublished", "organization", "GEN", ("dc", "document"),
    "CreativeWork", "document",
    "misc other text image artwork art figure graphic chart map music song musical_score legal legal_case case "
    "jurisdiction commentary component grant grnt award project set ancient equa ctlg unbill pcomm email "
    "instantmessage letter personal_communication interactiveresource physicalobject instrument model service",
)  # fmt: skip

WORK_KINDS = (
    PREPRINT,
    JOURNAL_ARTICLE,
    CONFERENCE_PAPER,
    BOOK,
    CHAPTER,
    THESIS,
    REPORT,
    WEBPAGE,
    POST,
    SOFTWARE,
    DATASET,
    SPEECH,
    VIDEO,
    COURSE,
    DOCUMENT,
)
PAPER_KINDS = (
    PREPRINT,
    JOURNAL_ARTICLE,
    CONFERENCE_PAPER,
)  # whose names pages leave out, since the venue shows the kind
KINDS_BY_TYPE: Mapping[WorkType, WorkKind] = {kind.type: kind for kind in reversed(WORK_KINDS)}


def work_kind(paper: Paper) -> WorkKind:
    """Return the kind of a paper.

    An article is one of a journal, of a conference, or a preprint, depending on its venue and on what it is part of.
    """
    if paper.type != "article":
        return KINDS_BY_TYPE[paper.type]
    if paper.venue:
        return JOURNAL_ARTICLE if paper.venue.track == "journal" else CONFERENCE_PAPER
    return JOURNAL_ARTICLE if paper.container or paper.issn or paper.volume else PREPRINT


def listed_kinds(papers: Collection[Paper]) -> tuple[WorkKind, ...]:
    """Return the kinds of a list's works, in the order of the table; none if the works are all of one type."""
    found = set(map(work_kind, papers))
    is_mixed = len({paper.type for paper in papers}) > 1
    return tuple(kind for kind in WORK_KINDS if kind in found) if is_mixed else ()


def kind_named(name: str) -> WorkKind | None:
    """Return the kind that a type of RIS, CSL, Zotero or Crossref stands for, or None."""
    return KIND_NAMES.get(name.lower())


def bibtex_kind(entry_type: str) -> WorkKind | None:
    """Return the kind that a type of BibTeX or biblatex stands for, or None."""
    return JOURNAL_ARTICLE if entry_type.lower() == JOURNAL_ARTICLE.bibtex else kind_named(entry_type)


def kind_names() -> dict[str, WorkKind]:
    """Return each kind by all names of its type, in lower case; where two kinds share a name, the first has it."""
    names: dict[str, WorkKind] = {}
    for kind in WORK_KINDS:
        for name in (kind.id, kind.csl, kind.zotero, kind.ris, *kind.names.split()):
            names.setdefault(name.lower(), kind)
    names |= {kind.bibtex: kind for kind in reversed(WORK_KINDS) if kind.bibtex not in names}
    return names


KIND_NAMES: Mapping[str, WorkKind] = kind_names()
