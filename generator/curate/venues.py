"""The title of proceedings or of a journal in; what the series is called for short, and its kind, out.

A series has as many titles as volumes, with numbers, places and sponsors in them, and some are shared: "International
Conference on Machine Learning" begins many. So a short name that is given counts more than what a title is known for.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from generator.model import Track

KNOWN: Mapping[Track, Mapping[str, str]] = {  # the first pattern that is found in a title counts
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
        r"north american chapter of the (?:association|acl)|conference of the north$": "NAACL",  # so at Crossref
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
ALSO = {"NIPS": "NeurIPS", "NAACL-HLT": "NAACL", "HLT-NAACL": "NAACL", "EMNLP-IJCNLP": "EMNLP", "ACL-IJCNLP": "ACL",
        "ACL/IJCNLP": "ACL", "EMNLP/IJCNLP": "EMNLP", "SIGKDD": "KDD",
        "SIGMOD/PODS": "SIGMOD"}  # fmt: skip
NO_VENUES = frozenset("ACM CCIS CEUR CVF ICPS IEEE LNAI LNCS PMLR USA".split())
LETTERS = r"(?P<name>(?=[^\s()]*[A-Z][^\s()]*[A-Z])[A-Z0-9][\w&+]*?(?:[-/][A-Za-z]\w*?)*)"
ACRONYM = re.compile(LETTERS + r"(?:[\s'’-]*(?:(?:19|20)\d\d|\d\d))?")
IN_PARENTHESES = re.compile(rf"\({ACRONYM.pattern}\)")
BEFORE_YEAR = re.compile(rf"(?<!\w){LETTERS}(?:[\s'’-]*(?:19|20)\d\d|-\d\d)(?!\w)")
PREPRINT = re.compile(r"(?i)\s*(?:arxiv|corr|computing research repository)\b")
MEETING = re.compile(r"(?i)\b(?:conference|workshops?|symposium|findings of)\b")
FINDINGS = re.compile(r"(?i)\bfindings of\b")
OF_FINDINGS = re.compile(r"\b(NAACL|EACL|AACL|EMNLP|ACL)\b(?!:)")  # in "Findings of the ACL: EMNLP 2023", the latter
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".replace(" ", "|")
ONES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".replace(" ", "|")
FUSS = re.compile(
    r"\A(?:in:?\s+)?(?:proceedings\s+of\s+)?(?:the\s+)?(?:(?:19|20)\d\d\s+)?"
    rf"(?:(?:\d+(?:st|nd|rd|th)|(?:(?:{TENS})-)?(?:{ONES})|\w+teenth|\w+tieth)\s+)?(?:annual\s+)?(?=\S)",
    re.IGNORECASE,
)
VOLUME = re.compile(r"(?i)\s*\((?:volume|vol\.|long|short)\b[^()]*\)")


@lru_cache(1 << 12)
def series_of(text: str, series: str, book: bool) -> tuple[str, Track] | None:
    """What a venue is called for short, and its kind; nothing for a preprint.

    `text` is the title of a book or of a journal; proceedings are often exported as a journal.
    """
    if not text or PREPRINT.match(text):
        return None
    if FINDINGS.search(text):
        found = OF_FINDINGS.search(text)
        return f"Findings of {found[1] if found else 'ACL'}", "findings"
    known = known_series(text)
    if re.search(r"(?i)\bworkshops?\b", text) and not (known and known[1] == "workshop"):
        return acronym(IN_PARENTHESES.search(text)) or plain_name(text), "workshop"
    if not book and (known or not MEETING.search(text)):
        return known or (text, "journal")
    name = (
        acronym(ACRONYM.fullmatch(series)) or acronym(IN_PARENTHESES.search(text)) or acronym(ACRONYM.fullmatch(text))
    )
    if known and (not name or known[1] != "conference"):
        return known
    return name or next(filter(None, map(acronym, BEFORE_YEAR.finditer(text))), "") or plain_name(text), "conference"


def known_series(text: str) -> tuple[str, Track] | None:
    """The short name and the kind of a series that is well known, from its full name."""
    found = (
        (name, track)
        for track, names in KNOWN.items()
        for pattern, name in names.items()
        if re.search(pattern, text, re.IGNORECASE)
    )
    return next(found, None)


def acronym(found: re.Match[str] | None) -> str:
    """The short name that was found, as it is used today; nothing for a publisher's."""
    name = found["name"] if found else ""
    return "" if name in NO_VENUES else ALSO.get(name, name)


def plain_name(text: str) -> str:
    """A book's title without `Proceedings of the 34th …` and the volume."""
    return FUSS.sub("", VOLUME.sub("", text).strip()) or text
