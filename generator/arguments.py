"""The commands and their options, as `--help` shows them."""

import argparse
from collections.abc import Callable
from pathlib import Path

from generator import __version__
from generator.curate.importers.libraries import LIBRARY_FORMATS

SCHEMAS_FOLDER = Path("build/schema")  # the folder that the first line of each YAML file points editors to
SERVED_ADDRESS = "http://127.0.0.1:8000/"
BUILDER_MEANS = "the command that builds pages; the name of a settings file is added to it"
ENTRY_KINDS = ("term", "category", "paper")
AddCommand = Callable[[str, str], argparse.ArgumentParser]  # takes a command's name and what it does


def argument_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="list", description="Generates the site of a curated reading list, and helps to curate it."
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="command")
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument("--content", type=Path, default=Path("content"), metavar="DIR", help="default: content")

    def command(name: str, does: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.", parents=[everywhere])

    add_site_commands(command)
    add_entry_commands(command)
    add_review_commands(command)
    top.set_defaults(commands=tuple(commands.choices))
    return top


def add_site_commands(command: AddCommand) -> None:
    build = command("build", "check the content, write the files of the site, and build its pages")
    add_folder_options(build)
    build.add_argument("builder", nargs="*", metavar="BUILDER", help=f"{BUILDER_MEANS}; without it, no page is built")
    check = command("check", "check the content and write nothing")
    check.add_argument("--annotate", action="store_true", help="also print the problems as GitHub annotations")
    check.add_argument("--report", type=Path, metavar="FILE", help="also write them to a file as a GitLab report")
    command("measure", "score search and related papers by the list's own judgments")
    watch = command("watch", "serve the site, and rebuild it after each change of the content")
    watch.add_argument("--address", default=SERVED_ADDRESS, metavar="URL", help=f"default: {SERVED_ADDRESS}")
    watch.add_argument("builder", nargs="+", metavar="BUILDER", help=BUILDER_MEANS)
    add_pages_option(watch)


def add_folder_options(command: argparse.ArgumentParser) -> None:
    add_pages_option(command)
    command.add_argument("--site", type=Path, default=Path("build/site"), metavar="DIR", help="default: build/site")


def add_pages_option(command: argparse.ArgumentParser) -> None:
    help_text = "where to write the sources of the pages; default: build/docs"
    command.add_argument("--out", type=Path, default=Path("build/docs"), metavar="DIR", help=help_text)


def add_entry_commands(command: AddCommand) -> None:
    new = command("new", "start a list, either empty or from a library of references")
    new.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="where to write it; default: content")
    library = "a library: a file whose name ends in .bib, .ris or .json; may be repeated"
    new.add_argument("--from", type=Path, action="append", default=[], dest="sources", metavar="FILE", help=library)
    add_source_options(new)
    new.add_argument("--name", default="Reading list", metavar="NAME", help="its name; default: Reading list")
    new.add_argument("--replace", action="store_true", help="replace the list in the folder")
    add = command("add", "add papers and books by their arXiv ids, DOIs, ISBNs or addresses")
    add.add_argument("ids", nargs="+", metavar="ID", help="such as 1701.07875, 10.1145/3528223.3530164 or an address")
    add_import_options(command("import", "add the works in files that are not on the list yet"))
    suggest = command("suggest", "propose category, tags and relations for entries")
    suggest.add_argument("papers", nargs="*", metavar="PAPER", help="ids; default: those that lack tags or a category")
    suggest.add_argument(
        "--measure", action="store_true", help="say how good proposals are: leave each paper out in turn"
    )

    add_decision_options(command("rename", "give a term, category or paper another id"), "NEW", "its new id")
    add_decision_options(
        command("merge", "let one term, category or paper take over another"), "INTO", "the one that takes over"
    )
    add_decision_options(
        command("retire", "take a term, category or paper out of use"), "BECAUSE", "the reason, which readers see"
    )


def add_review_commands(command: AddCommand) -> None:
    health = command("report", "print the health of the list")
    health.add_argument("--json", action="store_true", help="as JSON")
    diff = command("diff", "show what changes against an earlier state of the repository")
    diff.add_argument("base", metavar="BASE", help="a commit, branch or tag of git, or a folder with content")
    schema = command("schema", "write JSON Schemas of the content, for editors")
    schema.add_argument("--out", type=Path, default=SCHEMAS_FOLDER, metavar="DIR", help="default: build/schema")
    links = command("links", "check that every external link still works")
    links.add_argument(
        "--allow", type=Path, default=Path(".github/links.yml"), metavar="FILE", help="hosts that refuse"
    )
    links.add_argument("--out", type=Path, metavar="FILE", help="write the report there, instead of printing it")


def add_import_options(command: argparse.ArgumentParser) -> None:
    formats = "; ".join(f"{name}: {files}" for name, files in LIBRARY_FORMATS.items())
    kinds = f"listing: titles and abstracts, line by line; {formats}; issue: the text of a suggestion"
    command.add_argument("kind", choices=["listing", *LIBRARY_FORMATS, "issue"], help=kinds)
    command.add_argument(
        "file", type=Path, nargs="+", metavar="FILE", help="what to import; several .bib files are read as one"
    )
    command.add_argument(
        "--facts", type=Path, metavar="FILE", help="for a listing: a YAML list of authors, arXiv ids, dates, venues, …"
    )
    add_source_options(command)


def add_source_options(command: argparse.ArgumentParser) -> None:
    """Add the options of commands that read files of references."""
    command.add_argument(
        "--encoding", type=encoding_name, metavar="NAME", help="that of the files, such as latin-1; default: UTF-8"
    )
    command.add_argument("--notes", action="store_true", help='use notes on entries as drafts of "why"')


def encoding_name(text: str) -> str:
    """Return Python's name of an encoding; an unknown one is an error of the command line."""
    from generator.curate.importers.source_files import known_encoding

    if not (name := known_encoding(text)):
        raise argparse.ArgumentTypeError(f'unknown encoding "{text}", expected one such as latin-1 or cp1252')
    return name


def add_decision_options(command: argparse.ArgumentParser, name: str, means: str) -> None:
    command.add_argument("kind", choices=ENTRY_KINDS)
    command.add_argument("old", metavar="ID", help="its id now")
    command.add_argument("new", metavar=name, help=means)
