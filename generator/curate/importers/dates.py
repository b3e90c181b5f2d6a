"""Dates in the forms in which people and programs write them, as dates of the model: 2017-01-26, 2017-01, or 2017."""

import re
from collections.abc import Sequence

from generator.content.model import Date, is_calendar_date
from generator.content.reader import valid_text
from generator.content.text import MONTH_NAMES

MAX_DATE_CHARS = 100
YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})?(?:[-/.]([0-9]{1,2})?)?)?(?:/.*|[T ][0-9].*)?")
YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]\s?([0-9]{1,2})[-/.]\s?([0-9]{4})")
MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
YEAR = re.compile(r"(?<![0-9])(?:[0-9]{4})(?![0-9])")
DAY_NUMBER = re.compile(r"(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])")
MONTH_NAME = re.compile(rf"(?i)\b({'|'.join(name[:3] for name in MONTH_NAMES)})[a-z]*\b")
CLOCK_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}.*")
BEFORE_YEAR_ONE = re.compile(r"(?i)-[0-9]|.*\bB\.?C")
UNCERTAIN_DATE = re.compile(r"(?i)\b(?:ca?|circa|about|approx)\b|[?~%]")


def date_in(text: str) -> str:
    """Return the first date in a text, as precisely as it is beyond doubt, or an empty string."""
    text = text.strip()[:MAX_DATE_CHARS]
    if BEFORE_YEAR_ONE.match(text):
        return ""
    if found := YEAR_FIRST.fullmatch(text):
        return date_of(found.groups())
    if found := YEAR_LAST.fullmatch(text):
        return day_first_date(*map(int, found.groups()))
    if found := MONTH_AND_YEAR.fullmatch(text):
        return date_of((found[2], found[1]))
    if re.fullmatch("[0-9]{3}", text):
        return date_of((text,))
    year = YEAR.search(text)
    months = MONTH_NAME.findall(text)
    if not year or len(months) != 1:
        return date_of((year[0],)) if year else ""
    days = DAY_NUMBER.findall(CLOCK_TIME.sub("", f"{text[: year.start()]} {text[year.end() :]}"))
    month = [name[:3].lower() for name in MONTH_NAMES].index(months[0].lower()) + 1
    return date_of((year[0], month, re.sub("[a-z]", "", days[0]) if len(days) == 1 else None))


def day_first_date(one: int, other: int, year: int) -> str:
    """Return a date such as 26.1.2017; of two numbers that may both be the month, neither is taken."""
    if one > len(MONTH_NAMES) or one == other:
        return date_of((year, other, one))
    return date_of((year, one, other)) if other > len(MONTH_NAMES) else date_of((year,))


def date_of(parts: Sequence[object]) -> str:
    """Return a date of a year and perhaps a month and a day, up to the first part that does not fit, or nothing."""
    found = ""
    for part, width in zip(parts, (4, 2, 2), strict=False):
        number = str(part if part is not None else "").strip()
        longer = f"{found}{'-' if found else ''}{number.zfill(width)}"
        if not number.isdecimal() or not valid_text(Date, longer) or not is_calendar_date(longer):
            break
        found = longer
    return found


def is_plain_date(text: str) -> bool:
    """Return whether a text gives a date without a doubt, and no other one."""
    return len(set(YEAR.findall(CLOCK_TIME.sub("", text)))) < 2 and not UNCERTAIN_DATE.search(text)
