"""The only module that prints.

Whatever is printed may come from content, arguments or other programs. Control characters in it are escaped, so that it
can neither start another line nor control a terminal. Nor can it be a workflow command, for which GitHub reads the log
of each step (`::error::…` at the start of a line, `##[error]…` anywhere).
"""

import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO

MAX_PRINTED_ITEMS = 200  # problems, warnings, or files; more are only counted
MAX_PRINTED_CHARACTERS = 2_000  # of a problem, warning, or file
CONTROL_CHARACTERS = re.compile(  # also invisible ones that change the direction or the order of lines
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
WORKFLOW_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\[)")


def escape_controls(text: str) -> str:
    r"""Return a text with control characters as escapes, such as `\n`, `\x1b`, `\u202e`, and `\xff` for a byte of a
    file's name that is not UTF-8."""
    return CONTROL_CHARACTERS.sub(lambda found: control_escape(found[0]), text)


def control_escape(character: str) -> str:
    """Return the escape of one character."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Python stores a byte that it cannot decode
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def escape_output_line(line: str) -> str:
    """Return a line as it is printed: without control characters, and not as a workflow command."""
    return WORKFLOW_COMMAND.sub(
        lambda found: f"{found[1]}\\u003a" if found[1] is not None else "\\u0023", escape_controls(line)
    )


def print_line(line: object, stream: TextIO | None = None) -> None:
    """Print one line, on standard output unless another stream is given."""
    print(escape_output_line(str(line)), file=stream, flush=stream is not None)


def redraw_line(line: str, terminal: TextIO) -> None:
    """Print a line in place of the one that was drawn last on a terminal; the next line begins where it does."""
    print(f"\r{escape_output_line(line)}\x1b[K", end="" if line else "\r", file=terminal, flush=True)


def print_text(text: str) -> None:
    """Print lines of text, each of which ends with a line break."""
    for line in text.removesuffix("\n").split("\n") if text else ():
        print_line(line)


def print_items(items: Sequence[object], noun: str) -> None:
    """Print the first items, one on each line, and the number of the others, such as `and 5 more problems`."""
    for item in items[:MAX_PRINTED_ITEMS]:
        print_item(item)
    print_rest(len(items) - MAX_PRINTED_ITEMS, noun)


def print_item(item: object) -> None:
    """Print one item, shortened if it is long."""
    line = str(item)
    print_line(line if len(line) <= MAX_PRINTED_CHARACTERS else f"{line[:MAX_PRINTED_CHARACTERS]}…")


def print_rest(count: int, noun: str) -> None:
    """Print how many items are not printed, if there are any."""
    if count > 0:
        print_line(f"and {count:,} more {noun}{'' if count == 1 else 's'}")


def print_workflow_commands(commands: Sequence[str]) -> None:
    """Print workflow commands of our own."""
    for command in commands:
        print(escape_controls(command))


def allow_any_character() -> None:
    """Let characters that the terminal's encoding lacks be printed as escapes, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
