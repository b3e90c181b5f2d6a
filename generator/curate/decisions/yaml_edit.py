"""Edit YAML in place.

Comments, order, quotes, folds, and blank lines stay byte for byte: the text is never serialized again, only cut and
spliced at the positions that the parser reports. Each function makes one change; the next call parses the text again.
"""

import re
from collections.abc import Sequence

import yaml

from generator.content.reader import ValuePath
from generator.output.json_text import encode_json

PLAIN_SCALAR_PATTERN = re.compile(r"[^\W\d_](?:[\w .()/+-]*[\w.()+])?")  # allowed unquoted in brackets
YAML_KEYWORD_PATTERN = re.compile(r"(?i)(?:true|false|yes|no|on|off|null|y|n)")  # read as other types by some parsers


def parse_yaml(text: str) -> yaml.Node:
    """Return the root node of a text; for an empty text, an empty mapping.

    Raises:
        yaml.YAMLError: The text is not valid YAML.
    """
    # The C parser is ten times as fast, but its positions are off after a byte order mark.
    loader = yaml.SafeLoader if text.startswith("\ufeff") else yaml.CSafeLoader
    return yaml.compose(text, loader) or yaml.MappingNode("", [])


def node_at(node: yaml.Node, path: ValuePath) -> yaml.Node | None:
    """Return the node at a path of keys and indices, or None."""
    for step in path:
        if isinstance(step, int) and isinstance(node, yaml.SequenceNode) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode) and (pair := find_key_pair(node, step)):
            node = pair[1]
        else:
            return None
    return node


def find_key_pair(node: yaml.MappingNode, key: object) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the key and value nodes of a mapping's key, or None."""
    return next((pair for pair in node.value if pair[0].value == key), None)


def node_end(node: yaml.Node) -> int:
    """Return the offset where a node's text ends; the parser's mark also covers what follows a block's last line."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return node_end(last[1] if isinstance(node, yaml.MappingNode) else last)
    return int(node.end_mark.index)


def node_start(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def sequence_items(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the items of a list, or an empty list for any other node."""
    return node.value if isinstance(node, yaml.SequenceNode) else []


def scalar_value(node: yaml.Node | None) -> str:
    """Return the text of a scalar, or an empty string for any other node."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def replace_scalar(text: str, path: ValuePath, value: str) -> str:
    """Return the text with a new value at a path, in the quotes of the old one."""
    node = node_at(parse_yaml(text), path)
    if not isinstance(node, yaml.ScalarNode):
        return text
    quote = node.style if node.style in ("'", '"') else ""
    return text[: node_start(node)] + quote + value + quote + text[node_end(node) :]


def remove_node(text: str, path: ValuePath) -> str:
    """Return the text without the item or key at a path, and without the list or mapping if that becomes empty."""
    holder = node_at(parse_yaml(text), path[:-1])
    if not isinstance(holder, yaml.CollectionNode):
        return text
    if len(holder.value) == 1 and len(path) > 1:
        return remove_node(text, path[:-1])
    if isinstance(holder, yaml.MappingNode):
        spans = [(node_start(key), node_end(value)) for key, value in holder.value]
        index = [key.value for key, _ in holder.value].index(path[-1])
    else:
        spans = [(node_start(item), node_end(item)) for item in holder.value]
        index = int(path[-1])
    if holder.flow_style:
        return remove_flow_item(text, spans, index)
    return remove_block_lines(text, *spans[index], keyed=isinstance(holder, yaml.MappingNode))


def remove_flow_item(text: str, spans: Sequence[tuple[int, int]], index: int) -> str:
    """Return the text without an item in brackets and the comma after it or, for the last item, before it."""
    if index + 1 < len(spans):
        return text[: spans[index][0]] + text[spans[index + 1][0] :]
    return text[: spans[index - 1][1] if index else spans[index][0]] + text[spans[index][1] :]


def remove_block_lines(text: str, first: int, last: int, *, keyed: bool) -> str:
    """Return the text without an item or key in block style; after a list's dash, the next key takes its place."""
    line = text.rfind("\n", 0, first) + 1
    following = text.find("\n", max(last - 1, first)) + 1 or len(text)
    if keyed and text[line:first].strip():
        rest = text[following:]
        return text[:first] + rest[len(rest) - len(rest.lstrip(" ")) :]
    return text[:line] + text[following:]


def add_list_items(text: str, path: ValuePath, more: Sequence[str], after: Sequence[str]) -> str:
    """Return the text with items appended to the list at a path; a missing list is inserted after the last existing key
    of those in `after`."""
    node = node_at(parse_yaml(text), path)
    shown = [flow_scalar(item) for item in more]
    if not isinstance(node, yaml.SequenceNode):
        return add_key(text, path, f"[{', '.join(shown)}]", after)
    if node.flow_style:
        place = node_end(node.value[-1]) if node.value else node_end(node) - 1
        return text[:place] + (", " if node.value else "") + ", ".join(shown) + text[place:]
    line = text.rfind("\n", 0, node_start(node.value[-1])) + 1
    return insert_lines_after(
        text, node_end(node), [f"{text[line : node_start(node.value[-1])]}{item}" for item in shown]
    )


def add_key(text: str, path: ValuePath, value: str, after: Sequence[str]) -> str:
    """Return the text with a key inserted at a path, after the last existing key of those in `after`."""
    holder = node_at(parse_yaml(text), path[:-1])
    if not isinstance(holder, yaml.MappingNode):
        return text
    pairs = [pair for pair in holder.value if pair[0].value in after] or holder.value
    return insert_lines_after(text, node_end(pairs[-1][1]), [f"{' ' * holder.start_mark.column}{path[-1]}: {value}"])


def set_flow_list(text: str, key: str, values: Sequence[str], after: Sequence[str]) -> str:
    """Return the text with these items as a one-line list under a key; a comment on the key's line is kept."""
    root = parse_yaml(text)
    shown = f"[{', '.join(map(flow_scalar, values))}]"
    pair = find_key_pair(root, key) if isinstance(root, yaml.MappingNode) else None
    if pair is None:
        return add_key(text, (key,), shown, after)
    name, node = pair
    note = re.match(r":[ \t]*(#[^\r\n]*)", text[node_end(name) :])
    last = node_end(node)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        last += len(text[last:]) - len(text[last:].lstrip(" \t"))
        last += len(found[0]) if (found := re.match(r"#[^\r\n]*", text[last:])) else 0
    return f"{text[: node_end(name)]}: {shown}{f'  {note[1]}' if note else ''}{text[last:]}"


def insert_lines_after(text: str, place: int, lines: Sequence[str]) -> str:
    """Return the text with lines inserted after the line that contains an offset."""
    newline = "\r\n" if "\r\n" in text else "\n"
    following = place if text[place - 1] == "\n" else text.find("\n", place) + 1
    if not following:  # the last line has no line ending
        text += newline
        following = len(text)
    return text[:following] + "".join(line + newline for line in lines) + text[following:]


def flow_scalar(value: str) -> str:
    """Return a string as an item in brackets, quoted if necessary."""
    plain = PLAIN_SCALAR_PATTERN.fullmatch(value) and not YAML_KEYWORD_PATTERN.fullmatch(value)
    return value if plain else encode_json(value)
