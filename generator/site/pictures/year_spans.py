"""Spans of years of equal length, for the columns of a picture."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_SPANS = 14  # columns that fit on a phone
MAX_SPAN_LABELS = 7  # labels below them that do
SPAN_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class YearSpan:
    """The years from `first` to `last`, and whether there is room for them below their column."""

    first: int
    last: int
    has_label: bool

    @property
    def name(self) -> str:
        """The years in words, such as `2017` or `2015–19`."""
        if self.first == self.last:
            return str(self.first)
        same_century = self.first // 100 == self.last // 100
        return f"{self.first}–{self.last % 100:02}" if same_century else f"{self.first}–{self.last}"

    @property
    def query(self) -> str:
        """The condition by which the page of all papers selects these years."""
        years = (f"{self.first:03}", f"{self.last:03}")
        return f"year={'-'.join(dict.fromkeys(years))}"


def year_spans(years: Iterable[int]) -> tuple[YearSpan, ...]:
    """Return the spans that cover all years from the first to the last, as short as there is room for their columns."""
    found = {*years}
    if not found:
        return ()
    first, last = min(found), max(found)
    length = next(one for one in SPAN_LENGTHS if last // one - first // one < MAX_SPANS)
    return tuple(labeled_spans(range(first // length * length, last + 1, length), length))


def labeled_spans(starts: range, length: int) -> Iterator[YearSpan]:
    """Yield the spans that begin with these years; of many, the last one and every second, third or so is labeled."""
    every = -(-len(starts) // MAX_SPAN_LABELS)
    for number, start in enumerate(starts):
        yield YearSpan(start, start + length - 1, has_label=(len(starts) - 1 - number) % every == 0)
