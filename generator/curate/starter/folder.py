"""What the folder of a new list already holds, and which of it belongs to the old list."""

import re
import shutil
from itertools import count
from pathlib import Path

from generator.content.loader import CONTENT_NAMES
from generator.content.model import Site
from generator.content.text import single_line
from generator.curate.review.baseline import run_git

GUIDE_NAME = "README.md"
LIST_NAMES = frozenset(CONTENT_NAMES) - {GUIDE_NAME}  # what belongs to a list; its guide is that of every list
LIST_FILES = ("categories.yml", "site.yml", "vocabulary.yml")
PICTURES_FOLDER = Path(".github/pictures")
PICTURE_LINES = re.compile(rf"^!\[[^\]\n]*\]\({re.escape(PICTURES_FOLDER.as_posix())}/[^)\n]*\)\n\n?", re.MULTILINE)


def holds_list(folder: Path) -> bool:
    """Return whether a folder has anything but the guide and hidden files."""
    return folder.is_dir() and any(not one.name.startswith(".") and one.name != GUIDE_NAME for one in folder.iterdir())


def is_kept_by_git(folder: Path, *names: str) -> bool:
    """Return whether git has these files as they are, or all that is in the folder, so that nothing is lost with
    them."""
    if not shutil.which("git") or not run_git(folder, "ls-files", "--", *(names or ["."])).stdout:
        return False
    state = run_git(folder, "status", "--porcelain", "--ignored", "--untracked-files=all", "--", *(names or ["."]))
    return not state.returncode and not state.stdout


def replacement_fault(folder: Path, replace: bool) -> str:
    """Return why a new list cannot be written to a folder, or an empty string."""
    if folder.exists() and not folder.is_dir():
        return "expected a folder"
    if not holds_list(folder):
        return ""
    if not any((folder / name).is_file() for name in LIST_FILES):
        return "holds files, but no list: name another folder"
    if replace:
        return ""
    there = "a committed list" if is_kept_by_git(folder) else "a list"
    return f"holds {there}: name another folder, or add --replace (make: REPLACE=yes)"


def place_for_old_list(folder: Path) -> Path:
    """Return the name of a folder beside this one that does not exist yet, for a list that git does not keep."""
    names = (folder.with_name(f"{folder.name}.old{'' if number == 1 else f'-{number}'}") for number in count(1))
    return next(name for name in names if not name.exists())


def readme_of_new_list(text: str, old: Site, new: Site) -> str:
    """Return a repository's README without the old list's pictures, and with the name and the tagline of the new one if
    it begins with those of the old one."""
    text = PICTURE_LINES.sub("", text)
    heading, _, rest = text.partition("\n\n")
    first, _, rest = rest.partition("\n\n")
    if heading != f"# {old.name}" or single_line(first) != single_line(old.tagline):
        return text
    return "\n\n".join((f"# {new.name}", new.tagline, rest))
