"""Read the items of a JSON file with their places, even if some of them are broken.

In: a text with a list of items, or with an object that has such a list under `items`. Out: the items, what else that
object has, and a problem for whatever cannot be read. After a broken item, reading continues at the next line that
begins like the first item. Numbers stay text, so that none is too large; NaN and the like are no value.
"""

import re
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import Any

from generator.content.model import Problem
from generator.content.reader import found_text

MAX_SYNTAX_ERRORS = 100  # in one file; what follows is not read, since each may cost as much time as the whole file
BLANKS = re.compile(r"[ \t\n\r]*")
SYNTAX_FAULTS = {  # Python's messages, reworded for curators
    "Expecting ',' delimiter": "expected a comma or a closing bracket",
    "Expecting property name": 'expected a key in "quotes"',
    "Expecting ':' delimiter": "expected a colon after the key",
    "Unterminated string": "a quote is opened and never closed",
    "Invalid": "expected a character that may follow a backslash",
    "Too deep": "too many brackets within each other",
    "": "expected a value",
}
ITEM_DECODER = JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda _: None, strict=False)


@dataclass(frozen=True, slots=True)
class JsonItem:
    """An item of the list, with its line and column."""

    value: Any
    place: tuple[int, int]


class JsonFile:
    """A text that is read once from its start to its end: its items, the rest of its object, and its problems."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.items: list[JsonItem] = []
        self.members: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.counted = (0, 1)
        self.at = 0
        self.go_to(0)
        try:
            self.read()
        except JSONDecodeError as error:
            self.note_syntax_error(error)

    @property
    def sign(self) -> str:
        """The character at which the reader stands, or an empty string at the end."""
        return self.text[self.at : self.at + 1]

    def go_to(self, index: int) -> None:
        """Go to the first character from an index on that is not blank."""
        blanks = BLANKS.match(self.text, index)
        self.at = blanks.end() if blanks else index

    def read(self) -> None:
        """Read the list or the object that the text should be."""
        match self.sign:
            case "[":
                self.read_items()
            case "{":
                self.read_members()
            case _:
                self.note("expected JSON: a list in brackets, or an object in braces", self.at)
                return
        if self.sign:
            self.note("expected nothing after the last bracket", self.at)

    def read_members(self) -> None:
        """Read the object; if none of its members has the items, it is the only one itself."""
        start, listed = self.at, False
        self.go_to(self.at + 1)
        while self.sign not in ("}", ""):
            key = self.key()
            if key == "items" and self.sign == "[":
                listed = True
                self.read_items()
            else:
                self.members[key] = self.value()
            self.separate("}")
        self.close()
        if not listed:
            self.items.append(JsonItem(self.members, self.place(start)))

    def read_items(self) -> None:
        """Read the list of items."""
        self.go_to(self.at + 1)
        before = self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at]
        line_start = f"\n{before if before.isspace() else ''}{self.sign}"
        while self.sign not in ("]", ""):
            start = self.at
            try:
                self.items.append(JsonItem(self.value(), self.place(start)))
                self.separate("]")
            except JSONDecodeError as error:
                self.note_syntax_error(error)
                self.skip_to(line_start, max(start, self.at - len(line_start) + 1))
        self.close()

    def skip_to(self, line_start: str, index: int) -> None:
        """Go to the next line with this start, or to the end of the text."""
        following = self.text.find(line_start, index) if len(self.problems) < MAX_SYNTAX_ERRORS else -1
        self.at = following + len(line_start) - 1 if following >= 0 else len(self.text)

    def key(self) -> str:
        """Return the key that begins here, and go on to its value."""
        key = self.value() if self.sign == '"' else None
        if key is None:
            raise JSONDecodeError("Expecting property name", self.text, self.at)
        if self.sign != ":":
            raise JSONDecodeError("Expecting ':' delimiter", self.text, self.at)
        self.go_to(self.at + 1)
        return str(key)

    def value(self) -> Any:
        """Return the value that begins here, and go on to what follows it."""
        try:
            value, end = ITEM_DECODER.raw_decode(self.text, self.at)
        except RecursionError:
            raise JSONDecodeError("Too deep", self.text, self.at) from None
        self.go_to(end)
        return value

    def separate(self, closer: str) -> None:
        """Go on behind the comma after a value; the last value needs none."""
        if self.sign == ",":
            self.go_to(self.at + 1)
        elif self.sign != closer and not (self.problems and not self.sign):
            raise JSONDecodeError("Expecting ',' delimiter", self.text, self.at)

    def close(self) -> None:
        """Go on behind a closing bracket; if the text ends without it, that is one problem."""
        if not self.sign and not self.problems:
            raise JSONDecodeError("Expecting ',' delimiter", self.text, self.at)
        self.go_to(self.at + 1)

    def note_syntax_error(self, error: JSONDecodeError) -> None:
        """Record where the text is not JSON."""
        self.note(next(words for start, words in SYNTAX_FAULTS.items() if error.msg.startswith(start)), error.pos)

    def note(self, message: str, index: int) -> None:
        """Record a problem at an index of the text."""
        found = found_text(self.text[index : index + 1000]) if index < len(self.text) else "found the end of the file"
        self.problems.append(Problem(self.file, *self.place(index), f"{message}, {found}"))

    def place(self, index: int) -> tuple[int, int]:
        """Return the line and column of an index; each is counted from the last one on."""
        last, line = self.counted if self.counted[0] <= index else (0, 1)
        line += self.text.count("\n", last, index)
        self.counted = (index, line)
        return line, index - self.text.rfind("\n", 0, index)
