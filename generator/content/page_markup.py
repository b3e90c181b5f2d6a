"""The HTML that a hand-written page may become: which elements, where they may stand, and with which attributes.

The language is so strict that every parser reads it alike: each element is closed, nothing stands where a browser would
move it, and no element swallows what follows. `markup_faults` reports everything else in the HTML made of a page.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

VOID_ELEMENTS = frozenset("br hr img wbr".split())
PHRASE_ELEMENTS = frozenset(
    "a abbr b br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr".split()
)
BLOCK_ELEMENTS = frozenset("blockquote details div dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())
BLOCK_PLACES = frozenset("blockquote dd details div figcaption figure li td th".split()) | {""}  # "" is the page itself
PHRASE_PLACES = BLOCK_PLACES | PHRASE_ELEMENTS | frozenset("caption dt h1 h2 h3 h4 h5 h6 p pre summary".split())
PART_PLACES: Mapping[str, frozenset[str]] = {
    "caption": frozenset({"table"}),
    "dd": frozenset({"dl"}),
    "dt": frozenset({"dl"}),
    "figcaption": frozenset({"figure"}),
    "li": frozenset({"ol", "ul"}),
    "summary": frozenset({"details"}),
    "tbody": frozenset({"table"}),
    "td": frozenset({"tr"}),
    "tfoot": frozenset({"table"}),
    "th": frozenset({"tr"}),
    "thead": frozenset({"table"}),
    "tr": frozenset({"table", "tbody", "tfoot", "thead"}),
}
ELEMENT_PLACES: Mapping[str, frozenset[str]] = dict(
    sorted(
        [
            *((name, PHRASE_PLACES) for name in PHRASE_ELEMENTS),
            *((name, BLOCK_PLACES) for name in BLOCK_ELEMENTS),
            *PART_PLACES.items(),
        ]
    )
)
GLOBAL_ATTRIBUTES: Mapping[str, str] = {  # each with the pattern that its value must match
    "dir": r"auto|ltr|rtl",
    "id": r"(?!__|suggestion-\d)[a-z0-9_-]{1,200}",  # the scripts and the theme use the others
    "lang": r"[A-Za-z0-9-]{1,35}",
    "title": r".*",
}
CELL_ATTRIBUTES = {
    "align": r"center|left|right",
    "colspan": r"[1-9]\d?",
    "rowspan": r"[1-9]\d?",
    "scope": r"col|colgroup|row|rowgroup",
}
ELEMENT_ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "a": {"href": r"(?:(?:https?|mailto):.*|(?![a-z][a-z0-9+.-]*:).*)"},
    "code": {"class": r"language-[\w#.+-]{1,50}"},  # from the language after ```
    "details": {"open": r"|open"},
    "div": {"class": "toc"},  # from [TOC]
    "img": {
        "alt": r".*",
        "height": r"\d{1,4}",
        "src": r"(?![a-z][a-z0-9+.-]*:|[/\\]).+",
        "width": r"\d{1,4}",
    },
    "li": {"value": r"-?\d{1,6}"},
    "ol": {"start": r"-?\d{1,6}"},
    "td": CELL_ATTRIBUTES,
    "th": CELL_ATTRIBUTES,
    "time": {"datetime": r"[\w:+. -]{1,40}"},
}
VALUE_WORDS: Mapping[str, str] = {
    "href": "an address within the site, or one that starts with https://, http:// or mailto:",
    "id": "an id of lower-case letters, digits and hyphens that the site itself does not use",
    "src": "the relative address of a picture of the site",
}
MAX_ELEMENT_DEPTH = 100  # browsers begin to flatten pages at 512
EXCERPT_LENGTH = 60  # characters
SPACE = r"[ \t\n\f\r]"
ATTRIBUTE_PATTERN = re.compile(
    rf"{SPACE}++([^ \t\n\f\r\"'<>/=]++)(?:{SPACE}*+={SPACE}*+(\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r\"'=<>`]++))?+"
)
MARKUP_TOKEN = re.compile(
    r"(?P<text>[^<]++|<(?![a-zA-Z/!?]))"
    r"|(?P<comment><!--(?!-?>)(?:[^-]|-(?!-))*+-->)"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)"
    rf"(?P<attributes>(?:{SPACE}++[^ \t\n\f\r\"'<>/=]++"
    rf"(?:{SPACE}*+={SPACE}*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r\"'=<>`]++))?+)*+){SPACE}*+/?>"
)
URL_IGNORED_CHARACTERS = re.compile(r"[\x00-\x20]")  # browsers skip some of them anywhere, others at both ends


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """What is not allowed in a page's HTML, from `start` to `end`."""

    message: str
    start: int
    end: int
    value: str = ""  # that of an attribute, as it stands in the HTML


@dataclass(slots=True)
class OpenMarkup:
    """The elements that are open at one point of a page, outermost first, and what was seen before it."""

    tags: list[re.Match[str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)  # names of elements that are not allowed

    @property
    def names(self) -> list[str]:
        return [tag["name"].lower() for tag in self.tags]

    @property
    def place(self) -> str:
        return self.tags[-1]["name"].lower() if self.tags else ""


def markup_faults(html: str) -> Iterator[MarkupFault]:
    """Yield everything in a page's HTML that is not allowed."""
    end, within = 0, OpenMarkup()
    while end < len(html):
        if token := MARKUP_TOKEN.match(html, end):
            yield from token_faults(token, within)
            end = token.end()
        else:
            yield unreadable_markup_fault(html, end)
            end += 1
    for tag in within.tags:
        yield unclosed_fault(tag)


def unreadable_markup_fault(html: str, start: int) -> MarkupFault:
    """Return the fault that markup is neither text nor a whole comment or tag."""
    found = html[start : start + EXCERPT_LENGTH].partition(">")
    words = 'a comment that is not closed, or contains "--"' if found[0].startswith("<!--") else "not allowed"
    return MarkupFault(f"{markup_excerpt(''.join(found[:2]))} is {words}", start, start + len(found[0]) + len(found[1]))


def markup_excerpt(html: str) -> str:
    """Return the beginning of markup on one line, for a message."""
    line = " ".join(html.split())
    return line if len(line) <= EXCERPT_LENGTH else f"{line[:EXCERPT_LENGTH]}…"


def token_faults(token: re.Match[str], within: OpenMarkup) -> Iterator[MarkupFault]:
    """Yield what is not allowed in a piece of HTML, and note the element that it opens or closes."""
    if token["text"]:
        if within.place not in PHRASE_PLACES and token[0].strip():
            yield MarkupFault(f"text cannot stand directly in <{within.place}>", *within.tags[-1].span())
    elif token["end"]:
        yield from end_tag_faults(token, within)
    elif not token["comment"]:
        yield from start_tag_faults(token, within)


def end_tag_faults(token: re.Match[str], within: OpenMarkup) -> Iterator[MarkupFault]:
    """Yield the elements that an end tag leaves open, or that it closes none."""
    name = token["name"].lower()
    if name in within.refused:
        return
    if name not in within.names:
        yield MarkupFault(f"</{name}> closes no element", *token.span())
        return
    while (last := within.tags.pop())["name"].lower() != name:
        yield unclosed_fault(last)


def unclosed_fault(tag: re.Match[str]) -> MarkupFault:
    return MarkupFault(f"the element <{tag['name'].lower()}> is not closed", *tag.span())


def start_tag_faults(token: re.Match[str], within: OpenMarkup) -> Iterator[MarkupFault]:
    """Yield whether an element is not allowed, or not at this place, and which of its attributes are not."""
    name = token["name"].lower()
    if name not in ELEMENT_PLACES:
        within.refused.add(name)
        allowed = ", ".join(ELEMENT_PLACES)
        yield MarkupFault(f"the element <{name}> is not allowed (allowed: {allowed})", *token.span())
        return
    if within.place not in ELEMENT_PLACES[name]:
        yield MarkupFault(misplaced_element_message(name, within.place), *token.span())
    elif name == "a" and "a" in within.names:
        yield MarkupFault("a link cannot stand in a link", *token.span())
    yield from attribute_faults(token, name, within)
    if name not in VOID_ELEMENTS:
        if len(within.tags) == MAX_ELEMENT_DEPTH:
            yield MarkupFault(f"expected at most {MAX_ELEMENT_DEPTH} elements within each other", *token.span())
        within.tags.append(token)


def misplaced_element_message(name: str, place: str) -> str:
    """Return why an element cannot stand in another one, or not outside of the elements to which it belongs."""
    if place and name not in PART_PLACES:
        return f"the element <{name}> cannot stand in <{place}>"
    return f"expected <{name}> directly in {' or '.join(f'<{outer}>' for outer in sorted(ELEMENT_PLACES[name]))}"


def attribute_faults(token: re.Match[str], name: str, within: OpenMarkup) -> Iterator[MarkupFault]:
    """Yield the attributes of an element that are not allowed, have such a value, or repeat an id."""
    allowed = {**GLOBAL_ATTRIBUTES, **ELEMENT_ATTRIBUTES.get(name, {})}
    for spelling, raw in ATTRIBUTE_PATTERN.findall(token["attributes"]):
        attribute, value = spelling.lower(), unescape(raw.strip(raw[:1]) if raw[:1] in ("'", '"') else raw)
        if attribute not in allowed:
            words = ", ".join(sorted(allowed))
            yield MarkupFault(f"the attribute {attribute} is not allowed on <{name}> (allowed: {words})", *token.span())
        elif not is_allowed_value(attribute, value, allowed[attribute]):
            expected = VALUE_WORDS.get(attribute, f"another value of {attribute} on <{name}>")
            yield MarkupFault(f'expected {expected}, found "{markup_excerpt(value)}"', *token.span(), raw.strip("\"'"))
        elif attribute == "id":
            if value in within.ids:
                yield MarkupFault(f'the id "{value}" is already used on the page', *token.span())
            within.ids.add(value)


def is_allowed_value(attribute: str, value: str, pattern: str) -> bool:
    """Return whether an attribute may have a value; addresses are compared as browsers read them."""
    read = URL_IGNORED_CHARACTERS.sub("", value).lower() if attribute in ("href", "src") else value
    return re.fullmatch(pattern, read, re.DOTALL) is not None
