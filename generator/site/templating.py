"""Loader of Jinja templates."""

from pathlib import Path
from typing import Any

import jinja2

from generator.content.model import EntryWords
from generator.content.text import pluralize_noun

TEMPLATES_FOLDER = Path(__file__).parent / "templates"
THEME_FOLDER = Path(__file__).parent / "theme"


def load_templates(words: EntryWords, folder: Path, *others: Path, **settings: Any) -> jinja2.Environment:
    """Return an environment with the templates of a folder and other files, which call entries by the list's words.

    Rendering fails if a template uses a name that is not defined.
    """
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({file.name: file.read_text("utf-8") for file in (*folder.glob("*.md"), *others)}),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        **settings,
    )
    environment.globals |= {"words": words, "plural": pluralize_noun}
    return environment
