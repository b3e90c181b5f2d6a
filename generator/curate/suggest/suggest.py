"""Propose a category, tags, and relations for a paper, based on its title and abstract and on the rest of the list.

Each paper is treated as if it were new. A confidence estimates the probability that a curator would agree. Numbers are
rounded before they are compared, and ties are broken by id, so that proposals are the same on every machine.
"""

from collections.abc import Iterable

from generator.content.model import Library, Paper
from generator.curate.suggest.corpus import corpus_statistics, example_papers, uncurated_paper
from generator.curate.suggest.labels import label_probabilities, label_proposals
from generator.curate.suggest.proposal import Proposal
from generator.curate.suggest.relations import relation_proposals
from generator.output.printing import escape_controls


def paper_proposals(library: Library, paper: Paper) -> tuple[Proposal, ...]:
    """Return the proposals for a paper, whether on the list or not: categories, tags, and relations, each likeliest
    first."""
    others = [other for other in library.papers if other.id != paper.id]
    new = uncurated_paper(paper)
    statistics = corpus_statistics(library, [*example_papers(others, new), new])
    chances = label_probabilities(statistics, paper.id)
    return (*label_proposals(statistics, paper.id, chances), *relation_proposals(statistics, paper.id, chances))


def proposals_text(paper: Paper, proposals: Iterable[Proposal]) -> str:
    """Return the proposals as text: each with its confidence and evidence, and a mark if the entry already has it."""
    lines = [f"{paper.id}"]
    for one in proposals:
        mark = "✓" if is_on_entry(one, paper) else " "
        value = f"{one.type} {one.value}" if one.type else one.value
        lines.append(f"  {mark} {one.what:<8}  {one.confidence:.2f}  {value}: {'; '.join(one.evidence)}")
    return "\n".join([*map(escape_controls, lines), ""])


def is_on_entry(proposal: Proposal, paper: Paper) -> bool:
    """Return whether an entry already has what is proposed."""
    match proposal.what:
        case "category":
            return proposal.value == paper.category
        case "tag":
            return proposal.value in paper.tags
        case "relation":
            return proposal.value in {relation.to for relation in paper.relations}
