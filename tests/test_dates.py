"""Dates as people and programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.model import Date
from generator.content.reader import valid_text
from generator.curate.importers.dates import date_in, is_plain_date

FORMS = """
2017-01-26 = 2017-01-26 | 2017-1-26 | 2017/01/26 | 2017/01/26/ | 2017/01/26/online | 2017.01.26 | 2017-01-26T12:00:00Z
2017-01-26 = 26 January 2017 | January 26, 2017 | Jan. 26th, 2017 | 2017 Jan 26 | 26-Jan-2017 | 26.1.2017 | 26. 1. 2017
2017-01-26 = 1/26/2017 | 2017-01-26 10:00 | 2017 January 26 | Thursday, 26 Jan 2017 10:00
2017-01 = 2017-01 | 2017/01 | 2017/01// | January 2017 | 2017, Jan | 01/2017 | 1/2017 | 2017/01//Spring | 2017-01-32
2017-01 = Jan 2017, 1-2 | 2017-01-00
2017 = 2017 | 2017/// | 2017-13 | 2017-00-00 | Spring 2017 | c2017 | [2017] | ca. 2017 | 2017? | 2017-2019 | 2017/2019
2017 = 01/02/2017 | January-February 2017 | 2017//// | summer 2017 | 2017a
2017-02-02 = 02/02/2017 | 2.2.2017
0476 = 0476 | 476 | AD 0476
 = | n.d. | 17 | 20171 | 333 BC | 3000 | 0000 | in press | 2100-01-01 | १९९९ | 19uu | Year | -334
 = -0333-01-26 | 0333 BC | 333 B.C.E.
"""
EXAMPLES = [
    (form.strip(), line.partition("=")[0].strip())
    for line in FORMS.strip("\n").split("\n")
    for form in line.partition("=")[2].split("|")
]


@pytest.mark.parametrize(("text", "date"), EXAMPLES)
def test_a_date_is_as_precise_as_it_is_certain(text: str, date: str) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("2017-01-26T12:00:00+1000", True),
        ("2017///", True),
        ("ca. 1850", False),
        ("c1850", True),
        ("1850?", False),
        ("1850~", False),
        ("1988/1992", False),
        ("[1990] 2002", False),
    ],
)
def test_dates_that_say_less_than_their_text(text: str, plain: bool) -> None:
    assert is_plain_date(text) == plain


@given(st.text() | st.text("0123456789-/. JanFeb", max_size=30))
def test_what_is_read_is_a_date_of_the_model(text: str) -> None:
    assert not (date := date_in(text)) or valid_text(Date, date)
