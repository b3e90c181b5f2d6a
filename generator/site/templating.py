"""A folder of templates in; an environment that renders them out, with what it compiled kept for the next run."""

import os
import sys
from pathlib import Path
from typing import Any

import jinja2

TEMPLATES_FOLDER = Path(__file__).parent / "templates"


def load_templates(folder: Path, *others: Path, **settings: Any) -> jinja2.Environment:
    """The templates of one folder, and other files; a name that a page does not have is an error."""
    return jinja2.Environment(
        loader=jinja2.DictLoader({file.name: file.read_text("utf-8") for file in (*folder.glob("*.md"), *others)}),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled_template_cache(folder.name),
        **settings,
    )


def compiled_template_cache(kind: str) -> jinja2.BytecodeCache | None:
    """Where compiled templates wait for the next run: beside Python's own bytecode, and as that only where it may be
    written. They are those of the generator's settings and this Jinja."""
    folder = Path(__file__).parent / "__pycache__"
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    made = "-".join(f"{Path(file).stat().st_mtime_ns:x}" for file in (__file__, jinja2.__file__))
    return jinja2.FileSystemBytecodeCache(str(folder), f"{kind}-{made}-%s.cache")
