"""Libraries of references as people have them: a .bib file of works of all kinds, books as RIS, and talks and posts as
CSL-JSON. Each is generated, and the same on every machine."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

SUBJECTS: Mapping[str, Sequence[str]] = {  # the group of a subject, and its keywords in the spellings of several people
    "Statistics": (
        *("Bayesian inference", "bayesian inference", "Markov chain Monte Carlo", "MCMC", "p-values", "p-value"),
        *("REGRESSION ANALYSIS", "regression analysis", "Causality", "causality"),
    ),
    "Ecology": (
        *("food webs", "food web", "Climate change", "climate change", "behaviour", "behavior", "Birds", "birds"),
        *("Ecosystems > Wetlands", "Ecosystems > Forests", "ecosystem"),
    ),
    "Programming languages": (
        *("type systems", "Type Systems", "garbage collection", "C++", "C", "Haskell", "lambda calculus"),
        *("methods/formal", "methods/empirical", "λ-calculus"),
    ),
    "History of science": (
        *("Newton", "correspondence", "alchemy", "Royal Society", "instruments", "Instruments", "letters"),
        *("Astronomy", "astronomy", "history::early modern"),
    ),
    "Typography": (
        "TeX",
        "LaTeX",
        "hyphenation",
        "fonts",
        "Fonts",
        "line breaking",
        "line-breaking",
        "colour",
        "color",
    ),
    "Public health": (
        *("COVID-19", "vaccination", "DNA", "epidemiology", "Epidemiology", "randomised trials", "randomized trial"),
        *("Neoplasms/therapy", "Neoplasms/*diagnosis"),
    ),
    "Urban planning": (
        "housing",
        "public transport",
        "Public transport",
        "zoning",
        "São Paulo",
        "walking",
        "Cities",
        "city",
    ),
}
OWN_WORDS = ("unread", "to read", "chapter 3", "ask Maria", "2nd reading", "⭐")  # keywords that are no subject
PEOPLE = (
    *(
        "Knuth, Donald E.",
        "Grace Hopper",
        "Leslie Lamport",
        "Adele Goldberg",
        "{\\L}ukasz Kaiser",
        "Jos{\\'e} Saramago",
    ),
    *("de la Vall{\\'e}e Poussin, Charles-Jean", "van Rossum, Guido", "King, Jr., Martin Luther", "Ng, Andrew Y."),
    *("Nguyễn Thị Ánh", 'Müller, J{\\"o}rg', "Curie, Marie Skłodowska", "{World Health Organization}", "Søren Aagaard"),
    *("村上 春樹", "莫言", "김소월", "أحمد زويل", "Достоевский, Фёдор", "Ελύτης, Οδυσσέας", "अमृता प्रीतम", "עמוס עוז"),
)
DATES = (
    *("year = {2017}", "year = 2021, month = mar", "date = {2019-05-17}", "date = {2014-02}", "year = {1687}"),
    *("date = {2012-01/2012-03}", "year = {1998}, month = {June 14--18}", "year = {c. 1850}", "year = {n.d.}"),
    *("year = {forthcoming}", "date = {1999?}", "year = {0476}", "year = {2003/04}", ""),
)
FIRST_WORDS = "On Towards Against Measuring Rethinking Understanding Designing Teaching Mapping Beyond".split()
QUALITIES = "small large early late slow open hidden common modern ancient uncertain living".split()
PLACES = "Lagos|Kyoto|the Baltic|Patagonia|Vienna|the laboratory|the archive|practice|theory|the classroom".split("|")
SENTENCES = (
    "We study {0} and ask how it depends on {1}.",
    "Earlier work on {1} by Bayesian statisticians and followers of Newton had left the question open.",
    "Our data come from {2}, where DNA was sampled for ten years.",
    "It turns out that {0} matters less than {1}; the reasons are discussed.",
    "The methods may serve {1} elsewhere, for instance in São Paulo.",
)
Fields = dict[str, str]


def bib_library(count: int, seed: int = 1) -> str:
    """Return a .bib file with this number of entries of all types, as a reference manager keeps it."""
    random = Random(seed)
    head = "% Encoding: UTF-8\n@string{ann = {Annals of Everything}}\n@preamble{ {\\newcommand{\\x}{}} }\n"
    entries = [bib_entry(random, number, list(ENTRY_TYPES)[number % len(ENTRY_TYPES)]) for number in range(count)]
    return "\n".join([head, *entries, "@Comment{jabref-meta: databaseType:biblatex;}\n"])


def bib_entry(random: Random, number: int, kind: str) -> str:
    """Return an entry of a .bib file."""
    group, words = random.choice(list(SUBJECTS.items()))
    fields = {"title": title_of(random, number, words), **ENTRY_TYPES[kind](random, number)}
    if random.random() < 0.6:
        fields["abstract"] = abstract_of(random, words)
    if random.random() < 0.8:
        extra = [random.choice(OWN_WORDS)] if random.random() < 0.3 else []
        fields["keywords"] = ", ".join([*random.sample(words, random.randint(1, 4)), *extra])
    if random.random() < 0.7:
        fields["groups"] = ", ".join([group, *(["To read"] if random.random() < 0.2 else [])])
    if random.random() < 0.3:
        fields |= {"file": f":papers/{number}.pdf:PDF", "timestamp": "2021-03-04"}
    dates = random.choice(DATES)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return f"@{kind}{{key{number},\n" + "\n".join(lines) + (f"\n  {dates}," if dates else "") + "\n}\n"


def title_of(random: Random, number: int, words: Sequence[str]) -> str:
    """Return a title that no other work has; its number is in Roman numerals, as those of series are."""
    subject = re.split("[>:/]+", random.choice(words))[-1].strip("* ")
    start = f"{random.choice(FIRST_WORDS)} {random.choice(QUALITIES)} {subject}"
    return f"{start} in {random.choice(PLACES)}, {roman_numeral(number + 1)}".replace("#", r"\#").replace("&", r"\&")


def roman_numeral(number: int) -> str:
    """Return a number in Roman numerals."""
    signs = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX"}
    text = ""
    for value, sign in (signs | {5: "V", 4: "IV", 1: "I"}).items():
        text += sign * (number // value)
        number %= value
    return text


def abstract_of(random: Random, words: Sequence[str]) -> str:
    """Return a few sentences that use some keywords, in small letters unless they are names."""
    plain = [word.lower() for word in words if word.isascii() and not any(sign in word for sign in ">/:")]
    subject = random.sample([*plain, "observation", "method"], 2)
    chosen = random.sample(SENTENCES, random.randint(2, len(SENTENCES)))
    return " ".join(sentence.format(*subject, random.choice(PLACES)) for sentence in chosen)


def people_of(random: Random, most: int = 4) -> str:
    """Return names as BibTeX joins them; sometimes there are more than are named."""
    names = random.sample(PEOPLE, random.randint(1, most))
    return " and ".join([*names, *(["others"] if random.random() < 0.1 else [])])


def isbn_of(number: int) -> str:
    """Return a valid ISBN of 13 digits."""
    digits = f"9780{number:08}"
    check = -sum(int(digit) * (1, 3)[index % 2] for index, digit in enumerate(digits)) % 10
    return f"{digits}{check}"


def written(**fields: str) -> Callable[[Random, int], Fields]:
    """Return a function that makes the fields of an entry with authors; `{n}` in a value is the entry's number."""

    def make(random: Random, number: int) -> Fields:
        return {"author": people_of(random)} | {key: value.replace("{n}", str(number)) for key, value in fields.items()}

    return make


def edited(**fields: str) -> Callable[[Random, int], Fields]:
    """Return a function that makes the fields of an entry with editors and no authors."""

    def make(random: Random, number: int) -> Fields:
        made = written(**fields)(random, number)
        return {"editor": made.pop("author"), **made, "isbn": isbn_of(number)}

    return make


def unsigned(**fields: str) -> Callable[[Random, int], Fields]:
    """Return a function that makes the fields of an entry with neither authors nor editors."""

    def make(random: Random, number: int) -> Fields:
        return {key: value for key, value in written(**fields)(random, number).items() if key != "author"}

    return make


PUBLISHER = {"publisher": "Printing House", "address": "Leiden"}
ONLINE = {"url": "https://works.example/{n}", "urldate": "2022-05-01"}
ENTRY_TYPES: Mapping[str, Callable[[Random, int], Fields]] = {
    "article": written(
        journal="Annals of Everything", volume="{n}", number="2", pages="10--19", doi="10.5555/library.{n}"
    ),
    "book": written(**PUBLISHER, edition="2", series="Great Books"),
    "inproceedings": written(booktitle="Proceedings of the 12th Conference on Many Things", pages="1--8", **PUBLISHER),
    "incollection": written(booktitle="A Companion to Everything", editor="Hopper, Grace", chapter="3", **PUBLISHER),
    "phdthesis": written(school="University of Kyoto"),
    "techreport": written(institution="Institute of Records", number="TR-{n}"),
    "online": written(**ONLINE, organization="The Records Site"),
    "misc": written(howpublished=r"\url{https://works.example/{n}}", note="Seen in 2020"),
    "inbook": written(booktitle="The Book of Parts", pages="5--50", bookauthor="Lamport, Leslie", **PUBLISHER),
    "collection": edited(**PUBLISHER),
    "proceedings": edited(**PUBLISHER, eventtitle="The Second Meeting"),
    "software": written(version="3.{n}", **ONLINE),
    "dataset": written(publisher="Archive of Data", doi="10.5555/data.{n}"),
    "video": written(**ONLINE),
    "unpublished": written(eventtitle="The Annual Talk", note="Keynote"),
    "thesis": written(type="mathesis", institution="ETH Zürich"),
    "report": written(institution="Institute of Records", type="Working paper", number="{n}"),
    "manual": unsigned(organization="The Makers", **ONLINE),
    "booklet": written(howpublished="Handed out at the door"),
    "periodical": edited(issn="2049-3630", issuetitle="On Letters"),
    "reference": edited(**PUBLISHER, volumes="4"),
    "inreference": written(booktitle="Encyclopedia of Everything", **PUBLISHER),
    "mvbook": written(**PUBLISHER, volumes="3", isbn="978-0-00-000000-2"),
    "patent": written(number="US{n}", holder="{The Makers}"),
    "conference": written(booktitle="Workshop on Open Ends", **PUBLISHER),
    "mastersthesis": written(school="Universidad de Chile"),
    "suppbook": written(booktitle="The Book of Parts", type="foreword", **PUBLISHER),
    "audio": written(**ONLINE, note="A podcast"),
}
RIS_PEOPLE = (("Woolf", "Virginia"), ("Achebe", "Chinua"), ("García Márquez", "Gabriel"), ("Saramago", "José"))
BOOK_SUBJECTS = ("poetry", "Poetry", "cooking", "gardening", "Gardens", "maps", "Japan", "chess")
FAR_PEOPLE = (
    "村上, 春樹",
    "莫, 言",
    "김, 소월",
    "زويل, أحمد",
    "Достоевский, Фёдор",
    "Ελύτης, Οδυσσέας",
    "प्रीतम, अमृता",
    "עוז, עמוס",
)


def ris_books(count: int, seed: int = 2) -> str:
    """Return books as RIS, as library catalogs give them."""
    random = Random(seed)
    records = []
    for number in range(count):
        words = random.sample(BOOK_SUBJECTS, random.randint(1, 3))
        lines = [
            ("TY", "BOOK"),
            *(("AU", f"{name}, {given}") for name, given in random.sample(RIS_PEOPLE, random.randint(1, 2))),
            ("TI", f"The {random.choice(QUALITIES)} book of {words[0].lower()}, {roman_numeral(number + 1)}"),
            *([("PY", str(random.randint(1890, 2023)))] if random.random() < 0.9 else []),
            *(("PB", "Printing House"), ("CY", "Leiden"), ("SN", isbn_of(number))),
            *(("KW", word) for word in words),
            *([("N1", "On the second shelf")] if random.random() < 0.1 else []),
            ("ER", ""),
        ]
        records.append("\n".join(f"{tag}  - {value}" for tag, value in lines))
    return "\n\n".join(records) + "\n"


def csl_talks_and_posts(count: int, seed: int = 3) -> str:
    """Return talks and posts as CSL-JSON; no author's name has a Latin letter, nor has every other title."""
    random = Random(seed)
    return json.dumps([csl_talk_or_post(random, number) for number in range(count)], ensure_ascii=False)


def csl_talk_or_post(random: Random, number: int) -> dict[str, object]:
    """Return a talk or a post as an item of CSL-JSON."""
    family, _, given = random.choice(FAR_PEOPLE).partition(", ")
    subject = random.choice(("говорить", "言語", "الشعر", "speech", "memory", "歴史"))
    title = f"{subject} {roman_numeral(number + 1)}" if number % 2 else f"{subject}について、{number + 1}"
    talk = random.random() < 0.5
    return {
        "id": f"item-{number}",
        "type": "speech" if talk else "post-weblog",
        "title": title,
        "author": [{"family": family, "given": given}],
        "issued": {"date-parts": [[random.randint(2001, 2023), random.randint(1, 12)]]},
        "URL": f"https://talks.example/{number}",
        "keyword": ", ".join({subject, random.choice(("слова", "詩"))}),
        **({"event-title": "大会"} if talk else {"container-title": "Блог"}),
    }
