"""Derive the short name and track of a series from the title of proceedings or of a journal.

The titles of a series vary from volume to volume in numbers, places, and sponsors, and different series share words:
many titles begin with "International Conference on Machine Learning". Therefore a short name in the data takes
precedence over one derived from a title, and the names in a list's `venues.yml` over both.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from generator.content.model import KnownVenue, Paper, Track
from generator.content.text import normalized_text
from generator.content.venues import comparable_name, container_title, venue_names, venues_by_name

SERIES_PATTERNS: Mapping[Track, Mapping[str, str]] = {  # the first pattern found in a title wins
    "journal": {
        r"pattern anal\w*\.? (?:and )?mach\w*\.? intell": "IEEE TPAMI",
        r"trans\w*\.? (?:on )?mach\w*\.? learn\w*\.? res": "TMLR",
        r"^j\w*\.? (?:of )?mach\w*\.? learn\w*\.? res": "JMLR",
        r"^trans\w*\.? (?:of )?(?:the )?assoc\w*\.? (?:for )?comput\w*\.? ling": "TACL",
        r"acm trans\w*\.? (?:on )?graph": "ACM TOG",
        r"national academy of sciences|proc\. natl\. acad\. sci": "PNAS",
    },
    "workshop": {r"blackboxnlp": "BlackboxNLP"},
    "conference": {
        r"neural information processing systems": "NeurIPS",
        r"international conference on machine learning(?! and)": "ICML",
        r"conference on learning representations": "ICLR",
        r"artificial intelligence and statistics": "AISTATS",
        r"uncertainty in artificial intelligence": "UAI",
        r"aaai conference on artificial intelligence": "AAAI",
        r"joint conferences? on artificial intelligence": "IJCAI",
        r"north american chapter of the (?:association|acl)|conference of the north$": "NAACL",  # as in Crossref
        r"european chapter of the (?:association|acl)": "EACL",
        r"asia-pacific chapter of the (?:association|acl)": "AACL",
        r"empirical methods in natural language processing": "EMNLP",
        r"meeting of the association for computational linguistics": "ACL",
        r"conference on computational linguistics": "COLING",
        r"computational natural language learning": "CoNLL",
        r"conference on language modeling": "COLM",
        r"computer vision and pattern recognition": "CVPR",
        r"international conference on computer vision": "ICCV",
        r"european conference on computer vision": "ECCV",
        r"winter conference on applications of computer vision": "WACV",
        r"british machine vision conference": "BMVC",
        r"pacific-asia conference on knowledge discovery": "PAKDD",
        r"knowledge discovery (?:and|&) data mining": "KDD",
        r"research and development in information retrieval": "SIGIR",
        r"theory of information retrieval": "ICTIR",
        r"european conference on information retrieval": "ECIR",
        r"information (?:and|&) knowledge management": "CIKM",
        r"conference on web search and data mining": "WSDM",
        r"world wide web conference|conference on world wide web|acm web conference": "WWW",
        r"conference on recommender systems": "RecSys",
        r"conference on management of data": "SIGMOD",
        r"human factors in computing systems": "CHI",
        r"acoustics, speech,? (?:and|&) signal processing": "ICASSP",
        r"\binterspeech\b|conference of the international speech communication": "Interspeech",
        r"medical image computing and computer": "MICCAI",
    },
}
JOURNAL_MACROS: Mapping[str, str] = {  # of AASTeX and the Astrophysics Data System, and of IOP's class `iopart`
    "aas": "American Astronomical Society Meeting Abstracts", "actaa": "Acta Astronomica",
    "aap": "Astronomy and Astrophysics", "aapr": "Astronomy and Astrophysics Review",
    "aaps": "Astronomy and Astrophysics Supplement Series", "afz": "Astrofizika", "aj": "The Astronomical Journal",
    "ao": "Applied Optics", "aplett": "Astrophysical Letters", "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal Letters", "apjs": "The Astrophysical Journal Supplement Series",
    "apspr": "Astrophysics and Space Physics Research", "apss": "Astrophysics and Space Science",
    "araa": "Annual Review of Astronomy and Astrophysics", "arep": "Astronomy Reports",
    "aspc": "Astronomical Society of the Pacific Conference Series", "azh": "Astronomicheskii Zhurnal",
    "baas": "Bulletin of the American Astronomical Society",
    "bac": "Bulletin of the Astronomical Institutes of Czechoslovakia",
    "bain": "Bulletin of the Astronomical Institutes of the Netherlands", "caa": "Chinese Astronomy and Astrophysics",
    "cjaa": "Chinese Journal of Astronomy and Astrophysics",
    "dps": "AAS Division for Planetary Sciences Meeting Abstracts", "expa": "Experimental Astronomy",
    "fcp": "Fundamentals of Cosmic Physics", "gca": "Geochimica et Cosmochimica Acta",
    "grl": "Geophysical Research Letters", "iaucirc": "International Astronomical Union Circular", "icarus": "Icarus",
    "jaavso": "Journal of the American Association of Variable Star Observers",
    "japa": "Journal of Astrophysics and Astronomy",
    "jatis": "Journal of Astronomical Telescopes, Instruments, and Systems",
    "jcap": "Journal of Cosmology and Astroparticle Physics", "jcp": "The Journal of Chemical Physics",
    "jgr": "Journal of Geophysical Research", "jhep": "Journal of High Energy Physics",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "jrasc": "Journal of the Royal Astronomical Society of Canada", "maps": "Meteoritics and Planetary Science",
    "memras": "Memoirs of the Royal Astronomical Society", "memsai": "Memorie della Società Astronomica Italiana",
    "mnassa": "Monthly Notes of the Astronomical Society of Southern Africa",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "na": "New Astronomy", "nar": "New Astronomy Reviews",
    "nat": "Nature", "natas": "Nature Astronomy", "nphysa": "Nuclear Physics A", "nphysb": "Nuclear Physics B",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific", "physrep": "Physics Reports",
    "physscr": "Physica Scripta", "planss": "Planetary and Space Science", "pra": "Physical Review A",
    "prb": "Physical Review B", "prc": "Physical Review C", "prd": "Physical Review D", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "procspie": "Proceedings of SPIE", "prx": "Physical Review X",
    "psj": "The Planetary Science Journal", "qjras": "Quarterly Journal of the Royal Astronomical Society",
    "raa": "Research in Astronomy and Astrophysics", "rmp": "Reviews of Modern Physics",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica", "rnaas": "Research Notes of the AAS", "sci": "Science",
    "skytel": "Sky and Telescope", "solphys": "Solar Physics", "sovast": "Soviet Astronomy",
    "ssr": "Space Science Reviews", "zap": "Zeitschrift für Astrophysik",
    "AJP": "Australian Journal of Physics", "CQG": "Classical and Quantum Gravity",
    "EPL": "Europhysics Letters", "GRG": "General Relativity and Gravitation", "IP": "Inverse Problems",
    "JCP": "The Journal of Chemical Physics", "JMP": "Journal of Mathematical Physics",
    "JPA": "Journal of Physics A", "JPB": "Journal of Physics B", "JPC": "Journal of Physics C",
    "JPCM": "Journal of Physics: Condensed Matter", "JPD": "Journal of Physics D", "JPE": "Journal of Physics E",
    "JPF": "Journal of Physics F", "JPG": "Journal of Physics G",
    "JPSJ": "Journal of the Physical Society of Japan", "MST": "Measurement Science and Technology",
    "NJP": "New Journal of Physics", "NIM": "Nuclear Instruments and Methods", "NP": "Nuclear Physics",
    "PL": "Physics Letters", "PMB": "Physics in Medicine and Biology",
    "PPCF": "Plasma Physics and Controlled Fusion", "PR": "Physical Review", "PRL": "Physical Review Letters",
    "PRS": "Proceedings of the Royal Society", "PS": "Physica Scripta",
    "PSST": "Plasma Sources Science and Technology", "RMP": "Reviews of Modern Physics",
    "RPP": "Reports on Progress in Physics", "RSI": "Review of Scientific Instruments",
    "SST": "Semiconductor Science and Technology", "SUST": "Superconductor Science and Technology",
    "ZP": "Zeitschrift für Physik",
    "apjlett": "The Astrophysical Journal Letters", "apjsupp": "The Astrophysical Journal Supplement Series",
    "applopt": "Applied Optics", "astap": "Astronomy and Astrophysics", "PRA": "Physical Review A",
    "PRB": "Physical Review B", "PRC": "Physical Review C", "PRD": "Physical Review D", "PRE": "Physical Review E",
    "PRX": "Physical Review X", "JHEP": "Journal of High Energy Physics",
    "JCAP": "Journal of Cosmology and Astroparticle Physics",
}  # fmt: skip
JOURNAL_STRINGS: Mapping[str, str] = {name.lower(): title for name, title in JOURNAL_MACROS.items()} | {
    # which BibTeX's own styles define for the strings of an entry
    "acmcs": "ACM Computing Surveys", "acta": "Acta Informatica", "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development", "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering", "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters", "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences", "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing", "tcs": "Theoretical Computer Science",
    "tocs": "ACM Transactions on Computer Systems", "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics", "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems",
}  # fmt: skip
JOURNAL_MACRO = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])\s*(?:\{\})?")
JOURNAL_STATUS = re.compile(
    r"(?i)[,;.\s]*\(?\b(?:in press|accepted|submitted|to appear|forthcoming|in preparation)\b\)?\.?$"
)
ACRONYM_ALIASES = {
    "NIPS": "NeurIPS", "NAACL-HLT": "NAACL", "HLT-NAACL": "NAACL", "EMNLP-IJCNLP": "EMNLP", "ACL-IJCNLP": "ACL",
        "ACL/IJCNLP": "ACL", "EMNLP/IJCNLP": "EMNLP", "SIGKDD": "KDD",
        "SIGMOD/PODS": "SIGMOD"}  # fmt: skip
NON_VENUE_ACRONYMS = frozenset("ACM CCIS CEUR CVF ICPS IEEE LNAI LNCS PMLR USA".split())
ACRONYM_LETTERS = r"(?P<name>(?=[^\s()]*[A-Z][^\s()]*[A-Z])[A-Z0-9][\w&+]*?(?:[-/][A-Za-z]\w*?)*)"
ACRONYM_WITH_YEAR = re.compile(ACRONYM_LETTERS + r"(?:[\s'’-]*(?:(?:19|20)\d\d|\d\d))?")
PARENTHESIZED_ACRONYM = re.compile(rf"\({ACRONYM_WITH_YEAR.pattern}\)")
ACRONYM_BEFORE_YEAR = re.compile(rf"(?<!\w){ACRONYM_LETTERS}(?:[\s'’-]*(?:19|20)\d\d|-\d\d)(?!\w)")
TRAILING_YEAR = re.compile(r"[\s-]*(?:['’][0-9]{2}|(?:19|20)[0-9]{2})$")
PREPRINT_SERVER = re.compile(r"(?i)\s*(?:arxiv|corr|computing research repository)\b")
MEETING_WORD = re.compile(r"(?i)\b(?:conference|workshops?|symposium|findings of)\b")
PROCEEDINGS_WORD = re.compile(r"(?i)\bproc(?:eedings\b|\.(?=\s))")
FINDINGS_TITLE = re.compile(r"(?i)\bfindings of\b")
FINDINGS_SERIES = re.compile(
    r"\b(NAACL|EACL|AACL|EMNLP|ACL)\b(?!:)"
)  # finds "EMNLP" in "Findings of the ACL: EMNLP 2023"
TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety".replace(" ", "|")
ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".replace(" ", "|")
COUNT_OF_MEETING = (  # 2017, 34th, Twenty-Fifth, or Annual
    rf"(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th)|(?:(?:{TENS_WORDS})-)?(?:{ORDINAL_WORDS})|\w+teenth|\w+tieth|annual)\s+"
)
PROCEEDINGS_PREFIX = re.compile(
    rf"\A(?:in:?\s+)?(?:proceedings\s+of\s+(?:the\s+)?(?:{COUNT_OF_MEETING}){{0,3}}"
    rf"|(?:the\s+)?(?:{COUNT_OF_MEETING}){{1,3}}(?=.*\b(?:conf|workshop|symposi|meeting|congress|colloqui|conven|forum))"
    r"|)(?=\S)",
    re.IGNORECASE,
)
COUNT_WORD = re.compile(rf"\d+(?:st|nd|rd|th)?|{TENS_WORDS}|{ORDINAL_WORDS}|\w+teenth|\w+tieth")
OPENING_WORDS = frozenset("in proceedings proc of the annual ieee acm cvf".split())  # of the title of a meeting
MEETING_WORDS = frozenset("conference conferences workshop workshops symposium meeting congress forum".split())
PARENTHESES = re.compile(r"\([^()]*\)")
YEAR_AFTER_COMMA = re.compile(r"\b(?:19|20)\d\d\b")
MAX_TITLE_COMMAS = 10  # of a title with place and date after it, at which it may end
VOLUME_SUFFIX = re.compile(r"(?i)\s*\((?:volume|vol\.|long|short)\b[^()]*\)")


def expand_journal_macros(tex: str) -> str:
    """Return the name of a journal in TeX, with the macros of astronomy and physics replaced by what they stand for."""
    return JOURNAL_MACRO.sub(lambda found: JOURNAL_MACROS.get(found[1], found[0]), tex)


def without_status(journal: str) -> str:
    """Return the name of a journal without `in press` or the like after it."""
    return JOURNAL_STATUS.sub("", journal) or journal


@lru_cache(1 << 12)
def series_and_track(text: str, series: str, book: bool) -> tuple[str, Track] | None:
    """Return the short name and track of a venue; None for a preprint server.

    `text` is the title of a book if `book` is set, otherwise that of a journal; proceedings are often exported as a
    journal.
    """
    if not text or is_preprint_server(text):
        return None
    if FINDINGS_TITLE.search(text):
        found = FINDINGS_SERIES.search(text)
        return f"Findings of {found[1] if found else 'ACL'}", "findings"
    known = known_series(text)
    if re.search(r"(?i)\bworkshops?\b", text) and not (known and known[1] == "workshop"):
        return current_acronym(PARENTHESIZED_ACRONYM.search(text)) or strip_proceedings_prefix(text), "workshop"
    if not book and (known or not MEETING_WORD.search(text)):
        return known or (text, "journal")
    name = (
        current_acronym(ACRONYM_WITH_YEAR.fullmatch(series))
        or current_acronym(PARENTHESIZED_ACRONYM.search(text))
        or current_acronym(ACRONYM_WITH_YEAR.fullmatch(text))
    )
    if known and (not name or known[1] != "conference"):
        return known
    return name or next(
        filter(None, map(current_acronym, ACRONYM_BEFORE_YEAR.finditer(text))), ""
    ) or strip_proceedings_prefix(text), "conference"


def is_preprint_server(text: str) -> bool:
    """Return whether the name of a journal or publisher is that of arXiv."""
    return bool(PREPRINT_SERVER.match(text))


def is_meeting_title(text: str) -> bool:
    """Return whether the title of a book is that of proceedings."""
    return bool(text and (MEETING_WORD.search(text) or PROCEEDINGS_WORD.search(text) or known_series(text)))


def known_series(text: str) -> tuple[str, Track] | None:
    """Return the short name and track of a well-known series, given a full title."""
    found = (
        (name, track)
        for track, names in SERIES_PATTERNS.items()
        for pattern, name in names.items()
        if re.search(pattern, text, re.IGNORECASE)
    )
    return next(found, None)


def current_acronym(found: re.Match[str] | None) -> str:
    """Return the acronym that matched, in its current form; an empty string for a publisher's acronym."""
    name = found["name"] if found else ""
    return "" if name in NON_VENUE_ACRONYMS else ACRONYM_ALIASES.get(name, name)


def strip_proceedings_prefix(text: str) -> str:
    """Return a book title without `Proceedings of the 34th …` and the volume."""
    return PROCEEDINGS_PREFIX.sub("", VOLUME_SUFFIX.sub("", text).strip()) or text


class VenueTitles:
    """The venues of a list by the titles of what they published, however an import has them."""

    def __init__(self, venues: Sequence[KnownVenue]) -> None:
        self.by_name = venues_by_name(venues)
        self.by_title: dict[str, KnownVenue] = {}
        titles = [(venue, title) for venue in venues for title in (*venue_names(venue), container_title(venue))]
        derived = [(venue, short_name(title, venue)) for venue, title in titles]  # as imports do without the file
        for venue, title in (*titles, *derived):
            self.by_title.setdefault(comparable_title(title), venue)

    def placed(self, paper: Paper) -> Paper:
        """Return an imported paper with the short name and the kind of its venue, and without what the file says."""
        known = self.venue_of(paper)
        if not known or not paper.venue:
            return paper
        said = {
            normalized_text(title) for title in (*venue_names(known), container_title(known), known.publisher or "")
        }
        return replace(
            paper,
            venue=replace(paper.venue, name=known.name, track=known.kind),
            container=None if normalized_text(paper.container or "") in said else paper.container,
            publisher=None if normalized_text(paper.publisher or "") in said else paper.publisher,
            issn=None if paper.issn == known.issn else paper.issn,
        )

    def venue_of(self, paper: Paper) -> KnownVenue | None:
        """Return the venue that an imported paper names; one of a workshop is not in the proceedings of its host."""
        if not paper.venue:
            return None
        for title in filter(None, (paper.venue.name, paper.container)):
            for form in (comparable_title(part) for part in title_starts(title)):
                known = self.by_title.get(form)
                if known and (paper.venue.track != "workshop" or known.kind == "workshop" or "workshop" in form):
                    return known
        return None


def short_name(title: str, venue: KnownVenue) -> str:
    """Return the short name that an import would give a venue with this title."""
    found = series_and_track(title, "", book=venue.kind != "journal")
    return found[0] if found else title


def title_starts(title: str) -> Iterator[str]:
    """Yield a title, and those of its starts after which there is a comma, and a year somewhere behind it."""
    yield title
    parts = title.split(",", MAX_TITLE_COMMAS)
    for count in range(len(parts) - 1, 0, -1):
        if YEAR_AFTER_COMMA.search(",".join(parts[count:])):
            yield ",".join(parts[:count])


def comparable_title(title: str) -> str:
    """Return a title in the form in which those of one series are equal: for a meeting, without its number and year,
    and without `Proceedings of the` and the names of societies before them."""
    words = comparable_name(PARENTHESES.sub(" ", title)).split()
    if MEETING_WORDS.isdisjoint(words):
        return " ".join(words)
    while words and (words[0] in OPENING_WORDS or COUNT_WORD.fullmatch(words[0])):
        del words[0]
    while words and COUNT_WORD.fullmatch(words[-1]):
        del words[-1]
    return " ".join(words) or title
