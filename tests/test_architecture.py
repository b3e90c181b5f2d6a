"""Rules for the code: unique names, layers that import in one direction only, and short functions."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import ROOT

GENERATOR = ROOT / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
LONGEST = 50  # lines of a function
LAYERS = (
    ("content", "output"),  # each may import only from itself and earlier ones
    ("related", "citations"),
    ("checks", "site", "search", "exports"),
    ("measure",),
    ("curate",),
)


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def definitions(module: ast.Module) -> Iterator[str]:
    """Yield the names that a module defines at its top level."""
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))


def functions(module: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]


def imports(module: ast.Module) -> Iterator[str]:
    """Yield the packages of the generator from which a module imports, at the top level or in functions."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator."):
            yield node.module.split(".")[1]


def test_no_name_is_defined_in_two_modules() -> None:
    counts = Counter(name for file in MODULES for name in set(definitions(parsed(file))) if not name.startswith("__"))
    assert len(counts) > 500
    assert [name for name, count in counts.items() if count > 1] == []


def test_no_function_is_named_by_a_bare_participle() -> None:
    """`listed` says neither what it returns nor what it does, as `paper_list` and `list_papers` do."""
    names = {node.name for file in MODULES for node in parsed(file).body if isinstance(node, ast.FunctionDef)}
    assert [name for name in names if "_" not in name and name.endswith("ed")] == []


def test_only_one_module_prints() -> None:
    """It escapes what it prints, so that content cannot be taken for anything else."""
    calls = {file: [node.id for node in ast.walk(parsed(file)) if isinstance(node, ast.Name)] for file in MODULES}
    assert [file.name for file in MODULES if "print" in calls[file] or "pprint" in calls[file]] == ["printing.py"]
    assert [file.name for file in MODULES if re.search(r"std(?:out|err)(?:\.buffer)?\.write", file.read_text())] == []


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(GENERATOR)))
def test_functions_fit_on_a_screen(file: Path) -> None:
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(parsed(file))}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("room", sorted({room for layer in LAYERS for room in layer}))
def test_a_room_knows_only_those_below_it(room: str) -> None:
    height = next(number for number, layer in enumerate(LAYERS) if room in layer)
    known = {name for layer in LAYERS[: height + 1] for name in layer} | {"py"}
    files = list((GENERATOR / room).rglob("*.py"))
    assert files
    assert {f"{file.name}: {name}" for file in files for name in imports(parsed(file)) if name not in known} == set()


def test_every_room_has_its_layer() -> None:
    rooms = {file.parent.name for file in GENERATOR.glob("*/__init__.py")}
    assert rooms == {room for layer in LAYERS for room in layer}
