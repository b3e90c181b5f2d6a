"""Patterns take linear time by their form: no text can be divided among two of a pattern's loops in more than one way.

A backtracking engine takes more than linear time only if some word leads from one loop of the pattern to another and is
taken by both, or is taken by one loop in two ways (polynomially and exponentially ambiguous automata: Weber and Seidl,
1991). That is decided on the automaton of the pattern: no text is tried, and nothing is timed. Repeats with an upper
bound are no loops, and what looks ahead or back is taken as nothing.
"""

import importlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from test_schema import forms

from generator.content import characters
from generator.content.model import PAPER_LINK, TextFormat
from generator.curate.importers.issue import VENUE_AND_YEAR

parser: Any = importlib.import_module("re._parser")
SAMPLES = {*map(chr, range(0x80)), *"\xa0ßé\u0301٠’\u2028中\u200d\ufe0f🙂"}
CATEGORIES = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w", "NOT_DIGIT": r"\D", "NOT_SPACE": r"\S", "NOT_WORD": r"\W"}
Characters = frozenset[str]


def literals(items: Any) -> Iterator[int]:
    """Yield the code points in the parsed form of a pattern."""
    if isinstance(items, int) and not isinstance(items, bool) and 0 <= items < 0x110000:
        yield items
    elif isinstance(items, tuple | list | parser.SubPattern):
        for item in items:
            yield from literals(item)


@dataclass
class Automaton:
    """States of a pattern: each takes one character, of `takes`, and is followed by those in `after`."""

    dotall: bool
    universe: Characters
    takes: list[Characters] = field(default_factory=list)
    after: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    ends: set[int] = field(default_factory=set)
    nested: bool = False  # whether a loop repeats what another one repeats

    def state(self, characters: Characters) -> int:
        self.takes.append(characters)
        return len(self.takes) - 1

    def add(self, items: Any, before: set[int]) -> set[int]:
        """Add what a part of the pattern takes after these states, and return the states in which it may end."""
        for operator, argument in items:
            before = self.add_item(str(operator), argument, before)
        return before

    def add_item(self, operator: str, argument: Any, before: set[int]) -> set[int]:
        match operator:
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self.add_repeat(argument, before)
            case "SUBPATTERN":
                return self.add(argument[3], before)
            case "ATOMIC_GROUP":
                return self.add(argument, before)
            case "BRANCH":
                return set().union(*(self.add(branch, before) for branch in argument[1]))
            case "ASSERT" | "ASSERT_NOT" | "AT":
                return before  # bounded looks around
            case "GROUPREF":
                return self.link(before, self.state(self.universe))
        return self.link(before, self.state(self.characters(operator, argument)))

    def link(self, before: set[int], state: int) -> set[int]:
        for earlier in before:
            self.after[earlier].add(state)
        return {state}

    def add_repeat(self, argument: Any, before: set[int]) -> set[int]:
        least, most, items = argument
        count = len(self.takes)
        ends = self.add(items, before)
        if most is parser.MAXREPEAT:
            firsts = {state for earlier in before for state in self.after[earlier] if state >= count}
            for end in ends:
                self.nested |= bool(self.after[end] & firsts)
                self.after[end] |= firsts
        return ends if least else ends | before

    def characters(self, operator: str, argument: Any) -> Characters:
        """Return the characters of the universe that an item of the parsed form takes."""
        match operator:
            case "LITERAL":
                return frozenset(chr(argument))
            case "NOT_LITERAL":
                return self.universe - {chr(argument)}
            case "RANGE":
                return frozenset(sign for sign in self.universe if argument[0] <= ord(sign) <= argument[1])
            case "CATEGORY":
                category = CATEGORIES[str(argument).removeprefix("CATEGORY_")]
                return frozenset(sign for sign in self.universe if re.match(category, sign))
            case "IN":
                taken = frozenset().union(
                    *(self.characters(str(kind), value) for kind, value in argument if str(kind) != "NEGATE")
                )
                return self.universe - taken if str(argument[0][0]) == "NEGATE" else taken
        assert operator == "ANY"
        return self.universe if self.dotall else self.universe - {"\n"}

    def steps(self, states: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Yield what the states may become by one character that all of them take."""
        for following in product(*(self.after[state] for state in states)):
            if frozenset.intersection(*(self.takes[state] for state in following)):
                yield following

    def reachable(self, states: tuple[int, ...]) -> set[tuple[int, ...]]:
        """Return all that the states may become by one word or more."""
        found: set[tuple[int, ...]] = set()
        new = {states}
        while new:
            new = {after for before in new for after in self.steps(before)} - found
            found |= new
        return found


def automaton(pattern: str, flags: int = 0, search: bool = False) -> Automaton:
    """Return the automaton of a pattern; if it is searched for, it may begin anywhere."""
    tree = parser.parse(pattern, flags)
    found = Automaton(bool((tree.state.flags | flags) & re.DOTALL), frozenset(SAMPLES | set(map(chr, literals(tree)))))
    start = found.state(found.universe)
    if search:
        found.after[start].add(start)
    ends = found.add(tree, {start})
    if search and not re.search(r"\bAT\b|ASSERT", str(tree)):
        found.ends = ends  # where the search succeeds, and goes back to nothing
    return found


def ambiguity(pattern: str, flags: int = 0, search: bool = False) -> str:
    """Return how a pattern may take more than linear time, or an empty string."""
    machine = automaton(pattern, flags, search)
    if machine.nested:
        return "exponential"
    states = range(len(machine.takes))
    loops = [state for state in states if (state,) in machine.reachable((state,))]
    for one in loops:
        pairs = machine.reachable((one, one))
        if any(x != y and (one, one) in machine.reachable((x, y)) for x, y in pairs):
            return "exponential"
        others = {state for (state,) in machine.reachable((one,))} & set(loops)
        for other in others - {one} - machine.ends:
            if (one, other, other) in machine.reachable((one, one, other)):
                return "polynomial"
    return ""


@pytest.mark.parametrize(
    ("pattern", "search", "expected"),
    [
        ("a+", False, ""),
        ("a+", True, ""),
        ("a+b", True, "polynomial"),
        ("a*a*", False, "polynomial"),
        (r"[^\s/]+[^\s]*", False, "polynomial"),
        (r"[^\s/][^\s]*", False, ""),
        ("(?:ba|b.)*", False, "exponential"),
        ("(a+)+", False, "exponential"),
        ("(?:ab|a)(?:-a)*", False, ""),
        (r"\S(?:[^\n]*\S)?", False, ""),
        (r"\s*(?s:.*)\s*", False, "polynomial"),
        ("[a-z]+(?:-[a-z]+)*", False, ""),
        ("[a-z]+(?:-?[a-z]+)*", False, "exponential"),
        (r"\[\[[^\[\]]*\]\]", True, ""),
        ("a{0,100}a{0,100}", False, ""),
    ],
)
def test_the_form_of_a_pattern_is_judged(pattern: str, search: bool, expected: str) -> None:
    assert ambiguity(pattern, search=search) == expected


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.expected)
def test_formats_take_linear_time(form: TextFormat) -> None:
    assert ambiguity(form.pattern) == ""


def test_the_venue_of_an_issue_takes_linear_time() -> None:
    assert ambiguity(VENUE_AND_YEAR.pattern) == ""


@pytest.mark.parametrize(
    "pattern", [PAPER_LINK, *(each for each in vars(characters).values() if isinstance(each, re.Pattern))], ids=str
)
def test_searches_in_every_text_take_linear_time(pattern: re.Pattern[str]) -> None:
    assert ambiguity(pattern.pattern, pattern.flags & re.DOTALL, search=True) == ""
