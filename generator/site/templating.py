"""A folder of templates in; an environment that renders them out."""

from pathlib import Path
from typing import Any

import jinja2

TEMPLATES_FOLDER = Path(__file__).parent / "templates"


def load_templates(folder: Path, *others: Path, **settings: Any) -> jinja2.Environment:
    """The templates of a folder, and other files. A template that uses a name which its page does not have fails."""
    return jinja2.Environment(
        loader=jinja2.DictLoader({file.name: file.read_text("utf-8") for file in (*folder.glob("*.md"), *others)}),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        **settings,
    )
