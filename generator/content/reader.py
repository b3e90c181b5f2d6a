"""The YAML reader, which returns a value of the model, the source position of everything in it, and its problems.

The type of the field, not the spelling of the value, decides how the value is read: `arxiv: 2101.00010` and `name: no`
are strings where the model requires strings. The YAML is therefore composed into nodes instead of being loaded. One
error never hides another: a value that cannot be read is replaced by an empty one and reported, and reading continues.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

import yaml

from generator.content.characters import character_fault, is_blank
from generator.content.model import (
    RELATION_TYPES,
    SHORT_FORMS,
    Limit,
    Problem,
    Relation,
    SourceMarks,
    TextFormat,
    general_problem,
    text_format,
)
from generator.content.spelling import SpellingSuggestions
from generator.content.text import single_line

ValuePath = tuple[str | int, ...]
NodePairs = dict[str, tuple[yaml.Node, yaml.Node]]
GivenFields = Mapping[str, object]
ValueT = TypeVar("ValueT")
NO_FIELDS: GivenFields = {}
EMPTY_RELATION = Relation("extends", "", "")

MAX_YAML_DEPTH = 500  # a valid entry has 3 levels
MAX_YAML_VALUES = 200_000  # keys and values of a file; no valid file of 1 MB has more
MAX_KEYS = Limit(100, "keys")  # of a mapping whose keys are fixed
MAX_ITEMS = Limit(10_000, "items")  # unless the list's type says otherwise
PLAIN_YAML_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in "str int float bool null timestamp value merge map seq".split()
}
QUOTE_HINT = 'put the whole text in "quotes"'
YAML_ERROR_HINTS = {
    "mapping values are not allowed": f"a colon in unquoted text, or a line indented too far: {QUOTE_HINT}",
    "found character that cannot start any token": f"text that starts with a special character: {QUOTE_HINT}",
    "did not find expected alphabetic or numeric": f"text that starts with * or &: {QUOTE_HINT}",
    "found undefined alias": f"text that starts with *: {QUOTE_HINT}",
    "found unexpected end of stream": "a quote that is opened and never closed",
    "did not find expected ','": "a bracket or brace that is opened and never closed",
    "did not find expected node content": "a bracket or comma without a value",
    "did not find expected '-' indicator": "a line that is indented differently from the list's other items",
    "did not find expected key": "a line that is indented unlike its neighbors, or text after a closing quote",
    "could not find expected ':'": "a line without a colon after its key, or a text that continues without indentation",
    "but found another document": "a second document: one file is one entry",
}


def read_yaml(text: str, file: str, kind: type[ValueT], **given: object) -> tuple[ValueT, SourceMarks, list[Problem]]:
    """Return the value of the given type that the text holds, its source marks, and its problems.

    The fields in `given` are not read from the text. Values that cannot be read are replaced by empty ones, so a value
    with problems is only good for finding more problems.
    """
    reader = YamlReader(file)
    node = compose_yaml(text, file)
    if isinstance(node, Problem):
        return cast(ValueT, reader.empty(kind, given)), reader.marks, [node]
    return cast(ValueT, reader.value(node, kind, (), given)), reader.marks, reader.problems


def compose_yaml(text: str, file: str) -> yaml.Node | Problem:
    """Return the root node of the text, or the problem that prevents parsing it."""
    if bad := character_fault(text):
        return Problem(file, *line_and_column(text, bad[0]), bad[1])
    try:
        if fault := yaml_size_fault(text):
            return general_problem(file, fault)
        return yaml.compose(text, yaml.CSafeLoader) or general_problem(file, "the file is empty")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        words = str(error.problem or error.context)
        hint = next((hint for start, hint in YAML_ERROR_HINTS.items() if words.startswith(start)), words)
        here = "".join(text.split("\n")[line - 1 : line])  # nothing if the text ends without a line break
        if here[column - 1 :].startswith("\t"):
            hint = "a tab: indent with spaces"
        return Problem(file, line, column, f"not readable as YAML: {hint}")


def yaml_size_fault(text: str) -> str:
    """Return why a text cannot be composed, or an empty string.

    Values within more than `MAX_YAML_DEPTH` others would overflow the stack, and more than `MAX_YAML_VALUES` would take
    too much memory.
    """
    depth, values = (sum(map(text.count, signs)) for signs in ("[{-?", "[{-?,:\n"))  # there are no more than these
    if depth <= MAX_YAML_DEPTH and values < MAX_YAML_VALUES:
        return ""
    depth = values = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        values += isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent)
        if depth > MAX_YAML_DEPTH:
            return f"expected at most {MAX_YAML_DEPTH} brackets or lists within each other"
        if values > MAX_YAML_VALUES:
            return f"expected at most {MAX_YAML_VALUES:,} keys and values"
    return ""


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Return the line and column of the character at an index."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def unknown_key_message(name: str, known: Iterable[str], suggestion: str) -> str:
    """Return the message for a key that is not among the known ones."""
    suggestion = suggestion.replace(",", ":", 1)
    return f'unknown key "{name[:60]}"{suggestion} (allowed: {", ".join(known)})'


def one_line_excerpt(text: str) -> str:
    """Return a text as problems quote it: on one line, and shortened if it is long."""
    words = single_line(text[:1000])
    return words if len(words) <= 60 else f"{words[:59]}…"


def length_fault(count: int, most: int, what: str) -> str:
    """Return why a text or list is too long, or an empty string."""
    return f"expected at most {most:,} {what}, found {count:,}" if count > most else ""


def text_fault(form: TextFormat, text: str) -> str:
    """Return why a text does not have the format that the model requires, or an empty string."""
    if fault := length_fault(len(text), form.longest, "characters"):
        return fault
    if bad := character_fault(text):
        return bad[1]
    if not re.fullmatch(form.pattern, text):
        hint = next((f": {words}" for pattern, words in form.hints if re.fullmatch(pattern, text)), "")
        return f"expected {form.expected}, {found_text(text)}{hint}"
    return f"expected {form.expected}, found nothing that can be seen" if is_blank(text) else ""


def valid_text(kind: Any, text: str | None) -> str | None:
    """Return the text if it has the format that the model requires, or None."""
    return text if text and not text_fault(text_format(kind), text) else None


def expected_words(words: Sequence[str]) -> str:
    """Return the part of a message that says which words are allowed."""
    return f"expected one of {', '.join(words)}" if len(words) > 1 else f'expected "{words[0]}"'


def found_text(text: str) -> str:
    """Return the part of a message that quotes a text."""
    return f'found "{words}"' if (words := one_line_excerpt(text)) else "found nothing"


def node_description(node: yaml.Node) -> str:
    """Return a description of a node in terms that a curator understands."""
    if isinstance(node, yaml.ScalarNode):
        return found_text(node.value)
    return "found a list" if isinstance(node, yaml.SequenceNode) else "found keys and values"


@cache
def keys_of(kind: type) -> Mapping[str, tuple[Any, bool]]:
    """Return the keys of a dataclass, with the type of each and whether it is required."""
    hints = get_type_hints(kind, include_extras=True)
    return {f.name: (hints[f.name], f.default is MISSING and f.default_factory is MISSING) for f in fields(kind)}


@cache
def origin_and_arguments(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type's origin and arguments, without its description.

    `X | None` is treated as X, because only a missing key yields None. The argument of an annotated string or number is
    its `TextFormat` or `range`.
    """
    members = [member for member in get_args(kind) if member is not NoneType]
    if NoneType in get_args(kind) and len(members) == 1:
        return origin_and_arguments(members[0])
    if hasattr(kind, "__metadata__"):
        notes = [note for note in kind.__metadata__ if isinstance(note, TextFormat | range)]
        return (type(notes[0]), tuple(notes)) if notes else origin_and_arguments(kind.__origin__)
    return get_origin(kind) or kind, get_args(kind)


@cache
def length_limit(kind: Any) -> Limit:
    """Return the limit on the length of a list or mapping type."""
    return next((note for note in getattr(kind, "__metadata__", ()) if isinstance(note, Limit)), MAX_ITEMS)


class YamlReader:
    """Reads the nodes of one file and collects its source marks and problems."""

    def __init__(self, file: str) -> None:
        self.problems: list[Problem] = []
        self.places: dict[ValuePath, tuple[int, int]] = {}
        self.marks = SourceMarks(file, self.places)
        self.seen: set[int] = set()
        self.spelling = SpellingSuggestions()

    def problem(self, node: yaml.Node, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.marks.file, mark.line + 1, mark.column + 1, message))

    def value(self, node: yaml.Node, kind: Any, path: ValuePath, given: GivenFields = NO_FIELDS) -> object:
        """Return the node's value, converted to the required type."""
        if fault := self.fault(node):
            self.problem(node, fault)
            return self.empty(kind, given)
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        origin, arguments = origin_and_arguments(kind)
        if origin is tuple:
            return self.items(node, kind, path)
        if origin is Mapping:
            return self.mapping(node, kind, path)
        if origin is Relation:
            return self.relation(node, path)
        if is_dataclass(origin) and origin is not TextFormat:
            return self.record(node, cast(type, origin), path, given)
        return self.scalar(node, origin, arguments)

    def fault(self, node: yaml.Node) -> str:
        """Return why a node is invalid for any type, if it is: aliases could expand without limit, tags create
        objects."""
        if id(node) in self.seen:
            return "aliases (& and *) are not allowed: write the value out"
        self.seen.add(id(node))
        return "" if node.tag in PLAIN_YAML_TAGS else f'YAML tags such as "{node.tag[:60]}" are not allowed'

    def empty(self, kind: Any, given: GivenFields = NO_FIELDS) -> object:
        """Return the value that replaces one that cannot be read."""
        origin, _ = origin_and_arguments(kind)
        if origin is Relation:
            return EMPTY_RELATION
        if origin is Mapping:
            return {}
        if is_dataclass(origin) and origin is not TextFormat:
            wanted = keys_of(cast(type, origin)).items()
            blank = {key: self.empty(of) for key, (of, needed) in wanted if needed}
            return cast(Any, origin)(**{**blank, **given})
        return () if origin is tuple else 0 if origin is range else ""

    def items(self, node: yaml.Node, kind: Any, path: ValuePath) -> tuple[object, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, f"expected a list, {node_description(node)}")
        elif not self.is_too_long(node, length_limit(kind)):
            inner = origin_and_arguments(kind)[1][0]
            return tuple(self.value(item, inner, (*path, index)) for index, item in enumerate(node.value))
        del self.places[path]  # so that no rule looks for items in it
        return ()

    def is_too_long(self, node: yaml.CollectionNode, limit: Limit) -> bool:
        """Return whether a list or mapping has too many items, and report it once, without reading them."""
        if fault := length_fault(len(node.value), limit.most, limit.items):
            self.problem(node, fault)
        return bool(fault)

    def mapping(self, node: yaml.Node, kind: Any, path: ValuePath) -> dict[str, object]:
        """Return a mapping with keys chosen by the curator, such as paper ids, and record the position of each key."""
        _, (key_kind, value_kind) = origin_and_arguments(kind)
        written = node.value if isinstance(node, yaml.MappingNode) else ()
        known = {key.value for key, _ in written if isinstance(key, yaml.ScalarNode)}
        found: dict[str, object] = {}
        count = len(self.problems)
        for key, value in self.pairs(node, known, length_limit(kind)).values():
            if name := cast(str, self.scalar(key, *origin_and_arguments(key_kind))):
                found[name] = self.value(value, value_kind, (*path, name))
                self.places[*path, name] = (key.start_mark.line + 1, key.start_mark.column + 1)
        if len(self.problems) > count:
            del self.places[path]  # so that no rule looks for items in it
        return found

    def pairs(self, node: yaml.Node, known: Collection[str], limit: Limit = MAX_KEYS) -> NodePairs:
        """Return the key and value nodes of each known key of a mapping, and report all others."""
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, f"expected keys and values, {node_description(node)}")
            return {}
        if self.is_too_long(node, limit):
            return {}
        pairs: NodePairs = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not isinstance(key, yaml.ScalarNode):
                self.problem(key, f"expected a key, {node_description(key)}")
            elif name in pairs:
                first = pairs[name][0].start_mark.line + 1
                self.problem(key, f'key "{one_line_excerpt(name)}" appears twice, first on line {first}')
            elif name in known:
                pairs[name] = key, value
            else:
                self.problem(key, unknown_key_message(name, known, self.spelling.suggestion(name, known)))
        return pairs

    def record(self, node: yaml.Node, kind: type, path: ValuePath, given: GivenFields) -> object:
        """Return a dataclass instance built from a mapping, or from the one value that may stand for it."""
        if kind in SHORT_FORMS and isinstance(node, yaml.ScalarNode):
            return self.short_record(node, kind, path)
        wanted = {key: rest for key, rest in keys_of(kind).items() if key not in given}
        pairs = self.pairs(node, wanted)
        values = dict(given)
        for key, (of, needed) in wanted.items():
            if key in pairs:
                values[key] = self.value(pairs[key][1], of, (*path, key))
            elif needed:
                values[key] = self.empty(of)
                if isinstance(node, yaml.MappingNode) and len(node.value) <= MAX_KEYS.most:
                    self.problem(node, f'missing key "{key}"')
        return kind(**values)

    def short_record(self, node: yaml.ScalarNode, kind: type, path: ValuePath) -> object:
        """Return a dataclass instance whose other keys have their defaults."""
        key = SHORT_FORMS[kind]
        self.places[*path, key] = self.places[path]
        return kind(**{key: self.scalar(node, *origin_and_arguments(keys_of(kind)[key][0]))})

    def relation(self, node: yaml.Node, path: ValuePath) -> Relation:
        """Return a relation read from `{<type>: <paper id>, because: <sentence>}`."""
        pairs = self.pairs(node, (*RELATION_TYPES, "because"))
        types = [key for key in pairs if key != "because"]
        if not isinstance(node, yaml.MappingNode) or (not types and len(node.value) > len(pairs)):
            return EMPTY_RELATION
        if len(types) != 1:
            self.problem(
                node, f"expected one of {', '.join(RELATION_TYPES)} with a paper's id, found {len(types)} of them"
            )
            return EMPTY_RELATION
        if "because" not in pairs:
            self.problem(node, 'missing key "because": a sentence that gives the reason')
        hints = keys_of(Relation)
        because = self.value(pairs["because"][1], hints["because"][0], (*path, "because")) if "because" in pairs else ""
        to = self.value(pairs[types[0]][1], hints["to"][0], (*path, "to"))
        return Relation(cast(Any, types[0]), cast(str, to), cast(str, because))

    def scalar(self, node: yaml.Node, origin: Any, arguments: tuple[Any, ...]) -> object:
        """Return a string, an integer within bounds, or a word from a fixed set."""
        text = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if origin is TextFormat:
            return self.text(node, text, arguments[0])
        return self.number(node, text, arguments[0]) if origin is range else self.choice(node, text, arguments)

    def text(self, node: yaml.Node, text: str, form: TextFormat) -> str:
        """Return a string of this format."""
        if isinstance(node, yaml.ScalarNode):
            fault = length_fault(len(node.value), form.longest, "characters") or text_fault(form, text)
        else:
            fault = f"expected {form.expected}, {node_description(node)}"
        if fault:
            self.problem(node, fault)
        return "" if fault else text

    def number(self, node: yaml.Node, text: str, bounds: range) -> int:
        """Return an integer within bounds."""
        if re.fullmatch("[0-9]{1,9}", text) and int(text) in bounds:
            return int(text)
        self.problem(node, f"expected a whole number from {bounds[0]} to {bounds[-1]}, {node_description(node)}")
        return 0

    def choice(self, node: yaml.Node, text: str, words: Sequence[str]) -> str:
        """Return a word from a fixed set."""
        if text in words:
            return text
        hint = self.spelling.suggestion(text, words)
        self.problem(node, f"{expected_words(words)}, {node_description(node)}{hint}")
        return ""
