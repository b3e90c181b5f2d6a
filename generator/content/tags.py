"""The tags of papers, and the broader terms that they imply: a paper on StyleGAN is on GANs as well."""

from collections.abc import Iterable, Mapping

from generator.content.model import Term

MAX_BROADER_TERMS = 10  # above a term; the page of all tags nests a list in a list for each of them
BroaderTerms = Mapping[str, tuple[str, ...]]  # for each term, the ids of its broader terms, nearest first


def broader_terms(terms: Iterable[Term]) -> BroaderTerms:
    """Return the broader terms of each term, counted to two more than it may have."""
    parents = {term.id: term.parent for term in terms}
    return {one: terms_above(one, parents) for one in parents}


def terms_above(term: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return a term's parent, the parent's parent, and so on."""
    found: list[str] = []
    above = parents[term]
    while above and above in parents and above not in (term, *found) and len(found) < MAX_BROADER_TERMS + 2:
        found.append(above)
        above = parents[above]
    return tuple(found)


def tags_with_broader(tags: Iterable[str], broader: BroaderTerms) -> tuple[str, ...]:
    """Return tags, each followed by its broader terms, and each term once."""
    return tuple(dict.fromkeys(each for tag in tags for each in (tag, *broader.get(tag, ()))))


def narrowest_tags(tags: Iterable[str], broader: BroaderTerms) -> tuple[str, ...]:
    """Return tags without those that others of them imply."""
    kept = tuple(tags)
    implied = {each for tag in kept for each in broader.get(tag, ())}
    return tuple(tag for tag in kept if tag not in implied)
