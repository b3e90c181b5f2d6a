"""Every rule is in the list of rules."""

import importlib
import inspect
import pkgutil

import pytest

from generator import checks
from generator.checks.rules import ALL_ADVICE, ALL_RULES, ALL_WARNINGS


@pytest.mark.parametrize(("prefix", "rules"), [("check_", ALL_RULES), ("warn_", ALL_WARNINGS), ("advise_", ALL_ADVICE)])
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
    assert [rule.__name__ for rule in (*ALL_RULES, *ALL_WARNINGS, *ALL_ADVICE) if not rule.__doc__] == []
