"""Every rule is in the list of rules, and no handwritten page can use an address of a generated page."""

import importlib
import inspect
import pkgutil
from dataclasses import replace

import pytest

from generator import checks
from generator.checks.rules import ALL_ADVICE, ALL_RULES, check
from generator.checks.site import RESERVED_ADDRESSES
from generator.content.model import Library, Page, SourceMarks
from generator.related.relate import relate
from generator.site.render import render_site

THEME_FOLDER = "assets"


@pytest.mark.parametrize(("prefix", "rules"), [("check_", ALL_RULES), ("advise_", ALL_ADVICE)])
def test_each_rule_is_in_the_list(prefix: str, rules: tuple[object, ...]) -> None:
    modules = [
        importlib.import_module(f"{checks.__name__}.{one.name}") for one in pkgutil.iter_modules(checks.__path__)
    ]
    found = {value for one in modules for value in vars(one).values() if is_rule(value, prefix)}
    assert found == set(rules)
    assert len(rules) == len(set(rules))


def is_rule(value: object, prefix: str) -> bool:
    return inspect.isfunction(value) and value.__name__.startswith(prefix)


def test_each_rule_says_what_it_is() -> None:
    assert [rule.__name__ for rule in (*ALL_RULES, *ALL_ADVICE) if not rule.__doc__] == []


def test_the_addresses_of_the_site_are_reserved(toy: Library) -> None:
    bare = replace(toy, pages=())
    taken = {name.partition("/")[0] for name in render_site(bare, relate(bare)) if "/" in name}
    taken |= {name.removesuffix(".md") for name in render_site(bare, relate(bare)) if name.endswith(".md")}
    assert {name for name in taken if name.isidentifier()} - {"index"} == RESERVED_ADDRESSES - {THEME_FOLDER}


@pytest.mark.parametrize("name", sorted(RESERVED_ADDRESSES))
def test_a_page_cannot_take_a_reserved_address(name: str, toy: Library) -> None:
    file = f"pages/{name}.md"
    library = replace(toy, pages=(Page(name, "Title", "Text."),), marks={**toy.marks, file: SourceMarks(file)})
    assert [problem.message for problem in check(library)] == [f'the address "/{name}/" is taken: rename the page']
