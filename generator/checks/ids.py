"""Rules about ids: which entries they refer to, and whose addresses they are."""

from collections.abc import Callable, Iterable, Iterator

from generator.content.model import Category, Library, Paper, Problem, Term
from generator.content.spelling import SpellingSuggestions
from generator.site.addresses import ChosenAddress, address_fault, chosen_addresses

IdValidator = Callable[[str], str]


def id_validator(entries: Iterable[Term | Category | Paper], what: str) -> IdValidator:
    """Return a function that explains what is wrong with an id, or returns nothing if an entry in use has it."""
    entries, spelling = tuple(entries), SpellingSuggestions()
    known = {entry.id for entry in entries if not entry.retired}
    gone = {old: f'is now "{entry.id}"' for entry in entries for old in entry.replaces}
    gone |= {entry.id: f"is retired: {entry.retired}" for entry in entries if entry.retired}

    def fault(name: str) -> str:
        if not name or name in known:
            return ""
        return (
            f'{what} "{name}" {gone[name]}'
            if name in gone
            else f'unknown {what} "{name}"{spelling.suggestion(name, known)}'
        )

    return fault


def paper_id_validator(library: Library) -> IdValidator:
    """Return a function that explains what is wrong with an id, or returns nothing if a paper on the list has it."""
    return id_validator((*library.papers, *library.retired), "paper")


def check_addresses(library: Library) -> Iterator[Problem]:
    """No entry may have an address of the site itself, nor one that another entry of its kind has or had.

    The first of the replaced ids may be the entry's own: it then took over the others later, or used them in between.
    """
    chosen = sorted((one for one in chosen_addresses(library) if one.id), key=lambda one: one.is_former)
    owners: dict[str, ChosenAddress] = {}
    for one in chosen:
        owner = owners.setdefault(one.address, one)
        if fault := address_fault(one.address) or second_owner_fault(one, owner):
            yield library.marks[one.file].problem(fault, *one.place)


def second_owner_fault(one: ChosenAddress, owner: ChosenAddress) -> str:
    """Return why an address cannot be chosen after its owner chose it, or an empty string."""
    if one is owner or one.is_own_original:
        return ""
    if not one.is_former:
        return f'{one.kind} "{one.id}" appears twice'
    if not owner.is_former:
        return f'the {one.kind} "{one.id}" is still there: it cannot be replaced'
    if one.entry == owner.entry:
        return f'"{one.id}" appears twice'
    return f'the {one.kind} "{one.id}" is replaced by "{owner.entry}" already'


ID_RULES = (check_addresses,)


def taken_identifier_message(name: str, identifier: str, owner: Paper) -> str:
    """Return the message for an identifier, such as a DOI, that another paper has."""
    message = f'{name} "{identifier}" is that of {owner.id}.yml'
    return f"{message}, which is retired: {owner.retired}" if owner.retired else message
