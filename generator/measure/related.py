"""The list, its related papers and judgments of them in; how well they agree out."""

from generator.content.model import JudgedPaper, Library
from generator.measure.judgments import unjudged_papers
from generator.measure.ndcg import condensed_ranking, ndcg
from generator.related.relate import MAX_RELATED_PAPERS, relate

RELATED_CUTOFF = MAX_RELATED_PAPERS  # related papers that count


def related_scores(library: Library, judged: tuple[JudgedPaper, ...]) -> list[float]:
    """The nDCG of each judged paper's list of related papers: 1 where nothing better could be suggested."""
    unjudged = unjudged_papers(library)
    links = relate(library, RELATED_CUTOFF + len(unjudged)) if judged else {}
    rankings = ([link.id for link in links[one.paper]] for one in judged)
    return [
        ndcg(condensed_ranking(ranking, unjudged, one.grades), one.grades, RELATED_CUTOFF)
        for one, ranking in zip(judged, rankings, strict=True)
    ]
