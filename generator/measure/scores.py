"""Score a list against its own judgments, and report scores below the minimum that the list requires."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from generator.content.model import JudgedPaper, JudgedQuery, Library, Problem
from generator.measure.judgments import current_ids, current_judgments
from generator.measure.related import RELATED_CUTOFF, related_scores
from generator.measure.search import SEARCH_CUTOFF, search_scores


@dataclass(frozen=True, slots=True)
class MeanScore:
    """The mean score of the judged papers or queries, and the minimum that the list requires."""

    name: str
    measure: str
    judged: tuple[str, str]  # the noun for what was judged, in the singular and plural
    scores: tuple[float, ...]
    left_out: int
    least: str | None
    key: tuple[str, ...]  # path of the minimum's key in site.yml

    @property
    def value(self) -> float:
        """The mean, rounded as it is printed and compared."""
        return round(mean(self.scores), 3)

    def __str__(self) -> str:
        count = len(self.scores)
        more = [f"{self.left_out} left out"] * bool(self.left_out) + [f"at least {self.least}"] * bool(self.least)
        notes = f" ({', '.join(more)})" if more else ""
        return f"{self.name}: {self.measure} {self.value:.3f} on {count} judged {self.judged[count > 1]}{notes}"


def list_scores(library: Library) -> tuple[list[MeanScore], list[Problem]]:
    """Return a score for each set of judgments that the list has, and problems for what is too low or not
    measurable."""
    judged = current_judgments(library)
    scores, faults = list(related_mean(library, judged.related)), []
    try:
        scores += search_means(library, judged.search)
    except ChildProcessError as fault:
        faults = [library.marks["judgments/search.yml"].problem(f"search cannot be measured: {fault}")]
    return scores, [*low_scores(library, scores), *faults]


def related_mean(library: Library, judged: tuple[JudgedPaper, ...]) -> Iterator[MeanScore]:
    """Yield the mean score of the related papers, if any are judged."""
    if scores := related_scores(library, judged):
        counted, ids = {one.paper for one in judged}, current_ids(library)
        yield MeanScore(
            name="related papers",
            measure=f"nDCG@{RELATED_CUTOFF}",
            judged=("paper", "papers"),
            scores=tuple(scores),
            left_out=sum(ids.get(one.paper) not in counted for one in library.judgments.related),
            least=library.site.standard.related_least,
            key=("standard", "related_least"),
        )


def search_means(library: Library, judged: tuple[JudgedQuery, ...]) -> Iterator[MeanScore]:
    """Yield the mean score of search over all judged queries, then over those of each kind, if there are any.

    Raises:
        ChildProcessError: The engine cannot run on this machine; the message says why.
    """
    standard, written = library.site.standard, library.judgments.search
    scores = list(zip(judged, search_scores(library, judged), strict=True))
    kinds = dict.fromkeys(one.kind for one in judged if one.kind)
    for kind in (None, *kinds) if scores else ():
        chosen = tuple(score for one, score in scores if kind in (None, one.kind))
        yield MeanScore(
            name=f"search, {kind}" if kind else "search",
            measure=f"nDCG@{SEARCH_CUTOFF}",
            judged=("query", "queries"),
            scores=chosen,
            left_out=sum(kind in (None, one.kind) for one in written) - len(chosen),
            least=standard.search_least_by_kind.get(kind) if kind else standard.search_least,
            key=("standard", "search_least_by_kind", kind) if kind else ("standard", "search_least"),
        )


def low_scores(library: Library, scores: Sequence[MeanScore]) -> Iterator[Problem]:
    """Yield a problem for each score below the minimum that the list requires."""
    for score in scores:
        if score.least and score.value < float(score.least):
            message = (
                f"{score.name}: {score.measure} is {score.value:.3f}, and this list asks for at least {score.least}"
            )
            yield library.marks["site.yml"].problem(message, *score.key)
