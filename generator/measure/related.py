"""Score a list's related papers against the judgments of them."""

from generator.content.model import JudgedPaper, Library
from generator.measure.judgments import unjudged_papers
from generator.measure.ndcg import condensed_ranking, ndcg
from generator.related.relate import MAX_RELATED_PAPERS, relate

RELATED_CUTOFF = MAX_RELATED_PAPERS  # number of related papers that are scored


def related_scores(library: Library, judged: tuple[JudgedPaper, ...]) -> list[float]:
    """Return the nDCG of each judged paper's related papers; 1 means that no better suggestions were possible."""
    unjudged = unjudged_papers(library)
    links = relate(library, RELATED_CUTOFF + len(unjudged)) if judged else {}
    rankings = ([link.id for link in links[one.paper]] for one in judged)
    return [
        ndcg(condensed_ranking(ranking, unjudged, one.grades), one.grades, RELATED_CUTOFF)
        for one, ranking in zip(judged, rankings, strict=True)
    ]
