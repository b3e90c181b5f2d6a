"""Loader of Jinja templates."""

from pathlib import Path
from typing import Any

import jinja2

TEMPLATES_FOLDER = Path(__file__).parent / "templates"


def load_templates(folder: Path, *others: Path, **settings: Any) -> jinja2.Environment:
    """Return an environment with the templates of a folder and other files.

    Rendering fails if a template uses a name that is not defined.
    """
    return jinja2.Environment(
        loader=jinja2.DictLoader({file.name: file.read_text("utf-8") for file in (*folder.glob("*.md"), *others)}),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        **settings,
    )
