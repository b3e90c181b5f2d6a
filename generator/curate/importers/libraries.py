"""The formats of files of references: which there are, how their files are named, and who reads them.

In: the texts of files. Out: their works as imported records, and the problems. To add a format, write a module that
reads it and add a case here.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath

from generator.content.model import Problem
from generator.curate.importers.record import ImportedRecord

LIBRARY_FORMATS: Mapping[str, str] = {  # the name of each format, as in `import ris`, with its description
    "bibtex": ".bib files",
    "ris": "RIS files",
    "csl": "CSL-JSON files",
    "zotero": "JSON files from Zotero or Better BibTeX",
}
FORMATS_BY_EXTENSION: Mapping[str, str] = {".bib": "bibtex", ".ris": "ris", ".json": "zotero"}
ReadFile = Callable[[str, str], tuple[list[ImportedRecord], list[Problem]]]  # takes a text and the file's name


def format_of_file(name: str) -> str | None:
    """Return the name of the format of a file of references by its extension, or None."""
    return FORMATS_BY_EXTENSION.get(PurePath(name).suffix.lower())


def read_library_files(form: str, files: Sequence[tuple[str, str]]) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of files in a format, given as texts with their names, and their problems.

    Several .bib files are read as one, since one may define the strings of another.
    """
    if form == "bibtex":
        from generator.curate.importers.bibtex import read_bibtex_files

        return read_bibtex_files(files)
    records, problems = [], []
    for text, name in files:
        found, faults = file_reader(form)(text, name)
        records += found
        problems += faults
    return records, problems


def file_reader(form: str) -> ReadFile:
    """Return the function that reads one file of a format other than BibTeX."""
    if form == "ris":
        from generator.curate.importers.ris import read_ris

        return read_ris
    from generator.curate.importers.json_references import read_json_references

    return read_json_references
