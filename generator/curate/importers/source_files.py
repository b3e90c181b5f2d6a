"""Read files of references as text, in whatever encoding their programs wrote them.

What is UTF-8 is read as such. Otherwise the encoding is the one that the curator names, or that the file names in
its first lines, as JabRef writes it: `% Encoding: ISO8859_1`.
"""

import codecs
import re
from pathlib import Path

from generator.content.model import Problem, general_problem
from generator.content.reader import line_and_column

MAX_SOURCE_BYTES = 64_000_000  # of a file; 10,000 entries with abstracts have about 20,000,000
DECLARED_ENCODING = re.compile(rb"(?im)(?:^%*\s*encoding\s*:|-\*-.*coding\s*:)\s*(?:x-)?([\w-]{2,40})")
DECLARED_BY_NAME = re.compile(rb"(?im)^%+ *saved with string encoding +([^\r\n]{2,60}?) *$")  # as BibDesk does
BIBDESK_ENCODINGS = {  # Apple's names of encodings that are in use
    "western (iso latin 1)": "latin-1", "western (iso latin 9)": "iso8859-15", "western (mac os roman)": "mac-roman",
    "western (windows latin 1)": "cp1252", "central european (windows latin 2)": "cp1250",
    "central european (iso latin 2)": "iso8859-2", "unicode (utf-16)": "utf-16",
    "japanese (shift jis)": "shift_jis", "japanese (euc)": "euc_jp", "cyrillic (windows)": "cp1251",
}  # fmt: skip
NO_ENCODINGS_OF_FILES = frozenset("idna punycode raw-unicode-escape unicode-escape".split())  # of names, of programs
HEAD_BYTES = 2_000  # in which a file may name its encoding
UNICODE_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_source_file(file: Path, encoding: str | None) -> tuple[str, list[Problem]]:
    """Return a file's text and no problem, or an empty string and the reason why it cannot be read."""
    try:
        if not file.is_file():
            fault = "expected a file" if file.exists() else "cannot be read: No such file or directory"
            return "", [general_problem(str(file), fault)]
        if (size := file.stat().st_size) > MAX_SOURCE_BYTES:
            fault = f"expected at most {MAX_SOURCE_BYTES:,} bytes, found {size:,}: import it in parts"
            return "", [general_problem(str(file), fault)]
        return decode_source(file.read_bytes(), str(file), encoding)
    except OSError as error:
        return "", [general_problem(str(file), f"cannot be read: {error.strerror}")]


def decode_source(data: bytes, name: str, encoding: str | None) -> tuple[str, list[Problem]]:
    """Return the text of a file's bytes and no problem, or an empty string and the first byte that does not fit."""
    mark = next((known for start, known in UNICODE_MARKS.items() if data.startswith(start)), "utf-8")
    declared = declared_encoding(data[:HEAD_BYTES])
    problems = []
    for codec in (encoding,) if encoding else filter(None, (mark, declared)):
        try:
            return data.decode(codec).replace("\r\n", "\n"), []
        except UnicodeDecodeError as error:
            problems = [undecodable_byte(data, name, error, codec)]
    return "", problems


def declared_encoding(head: bytes) -> str | None:
    """Return the encoding that the start of a file names, if Python knows it."""
    if found := DECLARED_BY_NAME.search(head):
        return BIBDESK_ENCODINGS.get(found[1].decode("ascii", "replace").lower())
    found = DECLARED_ENCODING.search(head)
    return known_encoding(found[1].decode("ascii", "replace")) if found else None


def known_encoding(name: str) -> str | None:
    """Return Python's name of an encoding of text, or None."""
    try:
        known = codecs.lookup(name).name if "a".encode(name) else None
    except (LookupError, UnicodeError, ValueError):
        return None
    return known if known not in NO_ENCODINGS_OF_FILES else None


def undecodable_byte(data: bytes, name: str, error: UnicodeDecodeError, codec: str) -> Problem:
    """Return the problem of a byte that is not in the encoding in which a file was read."""
    before = data[: error.start].decode(codec, "replace")
    shown = "UTF-8" if codec.startswith("utf-8") else codec
    message = (
        f"expected {shown}, found the byte 0x{data[error.start]:02X}: "
        "name the encoding of the file, such as --encoding latin-1"
    )
    return Problem(name, *line_and_column(before, len(before)), message)
