"""The characters that a text may have: none that readers cannot see, or that turn or hide the text around them.

One rule holds for every field, for whole files, and for what is imported. It lists code points instead of asking for
Unicode's categories, so that it is the same in every version of Python.
"""

import re
import unicodedata
from itertools import groupby

MAX_MARKS = 8  # accents and the like on one letter; Hebrew with cantillation and Tibetan need up to six
CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
INVISIBLE = (  # marks of direction, fillers, tags: what Unicode calls default ignorable, and notes between the lines
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # each typeface has a sign of its own there
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(last - 1)}{chr(last)}" for last in range(0xFFFF, 0x110000, 0x10000))
SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"  # which form of the sign before is meant
JOINERS = "\u200c\u200d"  # needed in Persian, in Indic scripts and in emoji
REFUSED_EVERYWHERE = re.compile(f"[{CONTROLS}{INVISIBLE}{PRIVATE}{NONCHARACTERS}]")
MISPLACED_SELECTOR = re.compile(  # not after a sign that may have several forms
    rf"(?<![0-9#*]|[^\x00-\x7f\s{SELECTORS}{JOINERS}])[{SELECTORS}]"
)
MISPLACED_JOINER = re.compile(rf"(?<![^\x00-\x7f\s{JOINERS}])[{JOINERS}]")  # not after a sign beyond ASCII
UNUSUAL = re.compile(f"[{CONTROLS}{INVISIBLE}{PRIVATE}{NONCHARACTERS}{SELECTORS}{JOINERS}]")
MARKS_OR_SIGNS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")  # where too many marks on one letter may be
UNCOMMON = re.compile(  # what a text must have for any fault: nearly all texts have none, and are done with quickly
    "[^\t\n -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u27ff"
    "\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff]"
)
BLANK_SIGNS = "\u2800\U0001d159"  # signs that are empty: a Braille pattern without dots, a note without a head
UNNAMED_KINDS = {"Cc": "control character", "Cn": "no character", "Co": "private use", "Cs": "half of a character"}


def character_fault(text: str) -> tuple[int, str] | None:
    """Return the index of the first character that is not allowed, and the message about it."""
    if not UNCOMMON.search(text):
        return None
    found = [match.start() for match in refused_characters(text)]
    crowd = crowded_mark(text)
    if found and (crowd < 0 or found[0] < crowd):
        return found[0], f"the character {character_name(text[found[0]])} is not allowed"
    message = f"expected at most {MAX_MARKS} marks on one letter, found more"
    return (crowd, message) if crowd >= 0 else None


def refused_characters(text: str) -> list[re.Match[str]]:
    """Return the first character of each kind that is not allowed, in the text's order."""
    if not UNUSUAL.search(text):
        return []
    kinds = (REFUSED_EVERYWHERE, MISPLACED_SELECTOR, MISPLACED_JOINER)
    return sorted(filter(None, (kind.search(text) for kind in kinds)), key=lambda match: match.start())


def crowded_mark(text: str) -> int:
    """Return the index of the first mark that is one too many on its letter, or -1."""
    for run in MARKS_OR_SIGNS.finditer(text):
        marks = 0
        for index in range(run.start(), run.end()):
            marks = marks + 1 if is_mark(text[index]) else 0
            if marks > MAX_MARKS:
                return index
    return -1


def is_mark(character: str) -> bool:
    """Return whether a character is an accent, a vowel sign or the like, which stands on or around a letter."""
    return unicodedata.category(character)[0] == "M"


def character_name(character: str) -> str:
    """Return the code point and the name of a character, such as `U+200B (zero width space)`."""
    name = unicodedata.name(character, "").lower() or UNNAMED_KINDS.get(unicodedata.category(character), "unknown")
    return f"U+{ord(character):04X} ({name})"


def clean_text(text: str) -> str:
    """Return a text without the characters that are not allowed; control characters that separate become spaces.

    Each step leaves nothing that an earlier one would find, so that the result has no fault.
    """
    if not UNCOMMON.search(text):
        return text
    if UNUSUAL.search(text):
        text = REFUSED_EVERYWHERE.sub(lambda found: " " if found[0].isspace() else "", text)
        text = MISPLACED_JOINER.sub("", MISPLACED_SELECTOR.sub("", text))
    return MARKS_OR_SIGNS.sub(lambda run: without_crowds(run[0]), text)


def without_crowds(text: str) -> str:
    """Return a text without the marks that are too many on their letters."""
    runs = (("".join(run), marks) for marks, run in groupby(text, is_mark))
    return "".join(run[:MAX_MARKS] if marks else run for run, marks in runs)


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing: no letter, digit, punctuation or other sign."""
    return not any(map(is_visible_sign, text))


def is_visible_sign(character: str) -> bool:
    """Return whether readers see a character that stands alone."""
    category = unicodedata.category(character)
    return (category[0] in "LNPS" or category == "Cn") and character not in BLANK_SIGNS
