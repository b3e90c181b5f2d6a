"""Collect the outward addresses of a list with their places, and report which links still work.

`link_checker.py` sends the requests; this module finds the addresses and writes the report.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import accumulate, chain
from pathlib import Path
from typing import get_args

from generator.content.characters import clean_text
from generator.content.loader import read_text_file
from generator.content.model import WEB_ADDRESS_PATTERN, Library, Problem, SourceMarks
from generator.content.reader import line_and_column, read_yaml
from generator.content.text import single_line
from generator.content.web_addresses import labeled_addresses
from generator.curate.review.link_checker import (
    DEFAULT_CRAWL_POLICY,
    AllowedRefusal,
    CrawlPolicy,
    LinkChecker,
    LinkState,
    final_verdict,
    parse_web_address,
    robot_user_agent,
    strip_fragment,
)
from generator.output.progress import with_progress

KeyPath = tuple[str | int, ...]

BUTTON_ID_FIELDS = {"arXiv": "arxiv", "ACL Anthology": "acl_anthology", "DOI": "doi"}  # by button label
ADDRESS_CANDIDATE = re.compile(r"https?://[^\s<>\"`{}|\\^]{1,2000}")
MARKDOWN_CODE = re.compile(  # a fenced block, even if never closed, or inline code
    r"^(```|~~~)(?s:.*?)(?:^\1|\Z)|(?<!`)(`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)\2(?!`)", re.MULTILINE
)
MAX_REPORT_BYTES = 60_000  # fits into an issue, which is limited to 65,536 characters
MAX_SHOWN_CHARS, MAX_SHOWN_PLACES = 300, 5  # limits on each address or reason, and on its places
REPORT_SECTIONS: tuple[tuple[LinkState, str, str], ...] = (
    ("broken", "Broken", "These lead nowhere. Correct each where it stands, or take it out."),
    ("moved", "Moved", "These lead on for good. Write the new address where the old one stands."),
    ("unreachable", "No answer", "This may be a host's bad day. Look at those that stay here for weeks."),
)


@dataclass(frozen=True, slots=True)
class LinkResult:
    """An outward address, its state, the reason, and its places, such as `content/papers/x.yml:12:9`."""

    address: str
    state: LinkState
    detail: str
    places: tuple[str, ...]


def load_allow_list(file: Path) -> tuple[tuple[AllowedRefusal, ...], list[Problem]]:
    """Return the entries of an allow-list, and its problems."""
    text, faults = read_text_file(file)
    entries, _, more = read_yaml(text, str(file), tuple[AllowedRefusal, ...])
    return entries, faults or more


def probe_outward_links(
    library: Library, allow: tuple[AllowedRefusal, ...] = (), policy: CrawlPolicy = DEFAULT_CRAWL_POLICY
) -> tuple[LinkResult, ...]:
    """Return the state of each outward address, sorted by address; this takes minutes, since hosts are treated
    politely.

    Raises:
        ConnectionError: No host responded, which says nothing about the links.
    """
    places = outward_addresses(library)
    queues: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(map(strip_fragment, places)):
        at = parse_web_address(address)
        queues[at.host or "" if at else ""].append(address)
    longest_first = sorted(queues.values(), key=len, reverse=True)
    checker = LinkChecker(policy, robot_user_agent(library.site))
    with ThreadPoolExecutor(policy.parallel_hosts) as pool:
        asked = [pool.submit(checker.host_verdicts, addresses, allow) for addresses in longest_first]
        found = {
            address: verdict for host in with_progress(asked, "asking hosts") for address, verdict in host.result()
        }
    if not checker.heard and any(state == "unreachable" for state, _ in found.values()):
        raise ConnectionError("no host gave an answer: there seems to be no network")
    return tuple(
        LinkResult(address, *final_verdict(found[strip_fragment(address)]), places[address]) for address in places
    )


def outward_addresses(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Return every outward address of the list, sorted, with its places."""
    places: dict[str, list[str]] = defaultdict(list)
    for address, where in chain(identifier_addresses(library), yaml_addresses(library), markdown_addresses(library)):
        places[address].append(where)
    return {address: tuple(dict.fromkeys(places[address])) for address in sorted(places)}


def identifier_addresses(library: Library) -> Iterator[tuple[str, str]]:
    """Yield the addresses derived from papers' ids; PDFs are left out, since they exist whenever arXiv's page does."""
    for paper in library.papers:
        for label, address in labeled_addresses(paper):
            if label in BUTTON_ID_FIELDS:
                yield address, value_place(library.marks[f"papers/{paper.id}.yml"], (BUTTON_ID_FIELDS[label],))


def yaml_addresses(library: Library) -> Iterator[tuple[str, str]]:
    """Yield the addresses in everything that curators wrote in YAML, except the site's own."""
    files: dict[str, object] = {f"papers/{paper.id}.yml": paper for paper in library.papers}
    files |= {f"paths/{path.id}.yml": path for path in library.paths}
    files |= {"categories.yml": library.categories, "vocabulary.yml": library.facets}
    files |= {"venues.yml": library.venues} if library.venues else {}
    files["site.yml"] = replace(library.site, repository=None, address=None)
    for file, value in files.items():
        for where, text in nested_texts(value):
            for address, _ in addresses_in_text(text):
                yield address, value_place(library.marks[file], where)


def markdown_addresses(library: Library) -> Iterator[tuple[str, str]]:
    """Yield the addresses in hand-written Markdown outside of code; a page's text starts on line 2 of its file."""
    for page in library.pages:
        prose = MARKDOWN_CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), page.text)
        for address, index in addresses_in_text(prose):
            line, column = line_and_column(prose, index)
            yield address, f"{library.marks[f'pages/{page.id}.md'].file}:{line + 1}:{column}"


def nested_texts(value: object, where: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield every string within a value of the model, with its path of keys and indices."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from nested_texts(item, (*where, index))
    elif is_dataclass(value):
        for key in fields(value):
            yield from nested_texts(getattr(value, key.name), (*where, key.name))


def addresses_in_text(text: str) -> Iterator[tuple[str, int]]:
    """Yield the addresses in a text with their offsets; a text that is an address as a whole is not trimmed."""
    if re.fullmatch(WEB_ADDRESS_PATTERN, text):
        yield text, 0
        return
    end = 0
    while found := ADDRESS_CANDIDATE.search(text, end):
        inner = trim_closing_bracket(found[0])
        end = found.start() + len(inner)
        address = inner.rstrip(".,;:!?'*_~")
        if re.fullmatch(WEB_ADDRESS_PATTERN, address):
            yield address, found.start()


def trim_closing_bracket(found: str) -> str:
    """Return an address up to an unmatched closing bracket, as in `[words](address)`."""
    depth = {")": 0, "]": 0}
    for index, sign in enumerate(found):
        if sign in "([":
            depth[")" if sign == "(" else "]"] += 1
        elif sign in depth:
            depth[sign] -= 1
            if depth[sign] < 0:
                return found[:index]
    return found


def value_place(marks: SourceMarks, where: KeyPath) -> str:
    """Return the place of a value, in the form that problems use."""
    return marks.problem("", *where).place


def links_report(answers: Iterable[LinkResult]) -> str:
    """Return the report in Markdown; it is reproducible, and contains the line `## Broken` if any links are broken.

    Text from others is shown as code, since GitHub would otherwise recognize mentions and references even in character
    references.
    """
    ordered = sorted(answers, key=lambda answer: answer.address)
    count = {state: sum(answer.state == state for answer in ordered) for state in get_args(LinkState)}
    parts = [
        f"{len(ordered)} addresses: {count['good']} good, {count['broken']} broken, {count['moved']} moved, "
        f"{count['unreachable']} without an answer, {count['refused']} that programs may not look at."
    ]
    room = MAX_REPORT_BYTES
    for state, title, advice in REPORT_SECTIONS:
        entries = [report_entry(answer) for answer in ordered if answer.state == state]
        sizes = list(accumulate(len(entry.encode()) for entry in entries))
        fitting = sum(size <= room for size in sizes)
        room -= sizes[fitting - 1] if fitting else 0
        more = [f"- and {len(entries) - fitting} more"] if fitting < len(entries) else []
        parts += [f"## {title}", advice, "\n".join([*entries[:fitting], *more])] if entries else []
    return "\n\n".join(parts) + "\n"


def report_entry(answer: LinkResult) -> str:
    """Return one address of the report, with its reason and places."""
    more = len(answer.places) - MAX_SHOWN_PLACES
    places = [f"  - {format_as_code(where)}" for where in answer.places[:MAX_SHOWN_PLACES]] + [
        f"  - and {more} more"
    ] * (more > 0)
    return "\n".join([f"- {format_as_code(answer.address)}: {format_as_code(answer.detail)}", *places])


def format_as_code(text: str) -> str:
    """Return a text as a one-line Markdown code span, with enough backticks around it."""
    line = single_line(clean_text(text))
    shown = line if len(line) <= MAX_SHOWN_CHARS else f"{line[: MAX_SHOWN_CHARS - 1]}…"
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"
