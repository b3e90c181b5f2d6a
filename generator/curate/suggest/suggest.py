"""Proposes a category, tags and relations for a paper, by its title and abstract and by what the list has already.

Each paper is read as if it were new. A confidence says how often a curator would agree. Numbers are rounded before they
are compared and ties go by id, so the proposals are the same on every machine.
"""

from collections.abc import Iterable

from generator.content.model import Library, Paper
from generator.curate.suggest.corpus import corpus_statistics, example_papers, uncurated_paper
from generator.curate.suggest.labels import label_probabilities, label_proposals
from generator.curate.suggest.proposal import Proposal
from generator.curate.suggest.relations import relation_proposals


def paper_proposals(library: Library, paper: Paper) -> tuple[Proposal, ...]:
    """Return what the list proposes for a paper, on it or not: categories, tags, relations, each with the likeliest
    first."""
    others = [other for other in library.papers if other.id != paper.id]
    new = uncurated_paper(paper)
    statistics = corpus_statistics(library, [*example_papers(others, new), new])
    chances = label_probabilities(statistics, paper.id)
    return (*label_proposals(statistics, paper.id, chances), *relation_proposals(statistics, paper.id, chances))


def proposals_text(paper: Paper, proposals: Iterable[Proposal]) -> str:
    """Return proposals as lines: what is proposed, how sure it is, and why; what the entry has already is marked."""
    lines = [f"{paper.id}"]
    for one in proposals:
        mark = "✓" if is_on_entry(one, paper) else " "
        value = f"{one.type} {one.value}" if one.type else one.value
        lines.append(f"  {mark} {one.what:<8}  {one.confidence:.2f}  {value}: {'; '.join(one.evidence)}")
    return "\n".join([*lines, ""])


def is_on_entry(proposal: Proposal, paper: Paper) -> bool:
    """Return whether an entry has what is proposed."""
    match proposal.what:
        case "category":
            return proposal.value == paper.category
        case "tag":
            return proposal.value in paper.tags
        case "relation":
            return proposal.value in {relation.to for relation in paper.relations}
