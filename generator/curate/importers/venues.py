"""Derive the short name and track of a series from the title of proceedings or of a journal.

The titles of a series vary from volume to volume in numbers, places, and sponsors, and different series share words:
many titles begin with "International Conference on Machine Learning". Therefore a short name in the data takes
precedence over one derived from a title.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from generator.content.model import Track

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
ACRONYM_ALIASES = {
    "NIPS": "NeurIPS", "NAACL-HLT": "NAACL", "HLT-NAACL": "NAACL", "EMNLP-IJCNLP": "EMNLP", "ACL-IJCNLP": "ACL",
        "ACL/IJCNLP": "ACL", "EMNLP/IJCNLP": "EMNLP", "SIGKDD": "KDD",
        "SIGMOD/PODS": "SIGMOD"}  # fmt: skip
NON_VENUE_ACRONYMS = frozenset("ACM CCIS CEUR CVF ICPS IEEE LNAI LNCS PMLR USA".split())
ACRONYM_LETTERS = r"(?P<name>(?=[^\s()]*[A-Z][^\s()]*[A-Z])[A-Z0-9][\w&+]*?(?:[-/][A-Za-z]\w*?)*)"
ACRONYM_WITH_YEAR = re.compile(ACRONYM_LETTERS + r"(?:[\s'’-]*(?:(?:19|20)\d\d|\d\d))?")
PARENTHESIZED_ACRONYM = re.compile(rf"\({ACRONYM_WITH_YEAR.pattern}\)")
ACRONYM_BEFORE_YEAR = re.compile(rf"(?<!\w){ACRONYM_LETTERS}(?:[\s'’-]*(?:19|20)\d\d|-\d\d)(?!\w)")
PREPRINT_SERVER = re.compile(r"(?i)\s*(?:arxiv|corr|computing research repository)\b")
MEETING_WORD = re.compile(r"(?i)\b(?:conference|workshops?|symposium|findings of)\b")
FINDINGS_TITLE = re.compile(r"(?i)\bfindings of\b")
FINDINGS_SERIES = re.compile(
    r"\b(NAACL|EACL|AACL|EMNLP|ACL)\b(?!:)"
)  # finds "EMNLP" in "Findings of the ACL: EMNLP 2023"
TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety".replace(" ", "|")
ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".replace(" ", "|")
PROCEEDINGS_PREFIX = re.compile(
    r"\A(?:in:?\s+)?(?:proceedings\s+of\s+)?(?:the\s+)?(?:(?:19|20)\d\d\s+)?"
    rf"(?:(?:\d+(?:st|nd|rd|th)|(?:(?:{TENS_WORDS})-)?(?:{ORDINAL_WORDS})|\w+teenth|\w+tieth)\s+)?(?:annual\s+)?(?=\S)",
    re.IGNORECASE,
)
VOLUME_SUFFIX = re.compile(r"(?i)\s*\((?:volume|vol\.|long|short)\b[^()]*\)")


@lru_cache(1 << 12)
def series_and_track(text: str, series: str, book: bool) -> tuple[str, Track] | None:
    """Return the short name and track of a venue; None for a preprint server.

    `text` is the title of a book if `book` is set, otherwise that of a journal; proceedings are often exported as a
    journal.
    """
    if not text or PREPRINT_SERVER.match(text):
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
