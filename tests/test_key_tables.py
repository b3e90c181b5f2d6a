"""The tables of keys in `content/README.md`, if a list has that file, agree with the model.

`make golden` rewrites them.
"""

import os

import pytest
from sites import ROOT

from generator.content.key_tables import TABLE_KINDS, format_table, key_table, with_current_tables
from generator.content.model import RELATION_TYPES
from generator.content.reader import keys_of

GUIDES = sorted((ROOT / "content").glob("README.md"))  # empty if the list has none


def test_the_tables_of_the_guide_are_current() -> None:
    for guide in GUIDES:
        text = guide.read_text("utf-8")
        if os.environ.get("RENEW"):
            guide.write_text(with_current_tables(text), "utf-8")
        assert guide.read_text("utf-8") == with_current_tables(text), "run make golden"


@pytest.mark.parametrize("kind", TABLE_KINDS.values())
def test_a_table_has_every_key(kind: type) -> None:
    table = key_table(kind)
    given = {"id"} if "| `id`" not in table else set()
    assert [key for key in keys_of(kind) if key not in given and f"| `{key}`" not in table] == []
    assert all(line.count(" | ") == 2 for line in table.splitlines()[2:])


def test_keys_within_values_have_rows() -> None:
    papers, vocabulary = key_table(TABLE_KINDS["papers"]), key_table(TABLE_KINDS["vocabulary"])
    assert "| `venue.track` (required) | `conference`, `findings`, `journal`, `workshop` | What kind" in papers
    assert "| `tags` | list of at most 100 ids | " in papers
    assert "| `terms` | list of at most 5,000 items with keys as below | " in vocabulary
    assert "| `terms[].parent` | id | " in vocabulary
    assert all(f"| `relations[].{kind}` | id | " in papers for kind in RELATION_TYPES)
    assert "`id`" not in papers


def test_only_the_text_between_the_comments_is_replaced() -> None:
    before = "Before.\n\n<!-- table of values -->\nold\n<!-- end of table -->\n\nAfter, with no table of papers.\n"
    after = with_current_tables(before)
    assert (
        after == f"Before.\n\n<!-- table of values -->\n\n{format_table()}\n<!-- end of table -->\n\n"
        "After, with no table of papers.\n"
    )
    assert with_current_tables(after) == after
