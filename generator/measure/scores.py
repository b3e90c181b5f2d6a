"""The list in; its scores by its own judgments, and problems where one is below what the list asks for, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from generator.content.model import Judgments, Library, Problem
from generator.measure.judgments import current_judgments
from generator.measure.related import RELATED_CUTOFF, related_scores
from generator.measure.search import SEARCH_CUTOFF, search_scores


@dataclass(frozen=True, slots=True)
class MeanScore:
    """The mean of the scores of what was judged, and the least that the list asks of it."""

    name: str
    measure: str
    unit: str
    scores: tuple[float, ...]
    left_out: int
    least: str | None
    key: tuple[str | int, ...]  # of the least score in site.yml

    @property
    def value(self) -> float:
        """The mean, as it is printed and compared."""
        return round(mean(self.scores), 3)

    def __str__(self) -> str:
        more = [f"{self.left_out} left out"] * bool(self.left_out) + [f"at least {self.least}"] * bool(self.least)
        notes = f" ({', '.join(more)})" if more else ""
        unit = (
            self.unit if len(self.scores) == 1 else f"{self.unit[:-1]}ies" if self.unit[-1] == "y" else f"{self.unit}s"
        )
        return f"{self.name}: {self.measure} {self.value:.3f} on {len(self.scores)} judged {unit}{notes}"


def list_scores(library: Library) -> tuple[list[MeanScore], list[Problem]]:
    """The scores of what the list has judgments of, and what is too low or cannot be measured."""
    judged = current_judgments(library)
    scores = [*related_mean(library, judged)]
    try:
        scores += search_means(library, judged)
    except ChildProcessError as fault:
        return scores, [library.marks["judgments/search.yml"].problem(f"search cannot be measured: {fault}")]
    return scores, [*low_scores(library, scores)]


def related_mean(library: Library, judged: Judgments) -> Iterator[MeanScore]:
    """The mean score of the related papers, where any are judged."""
    if scores := related_scores(library, judged.related):
        left_out = len(library.judgments.related) - len(scores)
        least, key = library.site.standard.related_least, ("standard", "related_least")
        yield MeanScore("related papers", f"nDCG@{RELATED_CUTOFF}", "paper", tuple(scores), left_out, least, key)


def search_means(library: Library, judged: Judgments) -> Iterator[MeanScore]:
    """The mean score of search over all judged queries, and over those of each kind, where there are any.

    Raises:
        ChildProcessError: The engine cannot run here, with the reason.
    """
    scores, standard = search_scores(library, judged.search), library.site.standard
    written = [one.kind for one in library.judgments.search]

    def mean_score(name: str, chosen: Sequence[float], count: int, least: str | None, *key: str) -> MeanScore:
        measure = f"nDCG@{SEARCH_CUTOFF}"
        return MeanScore(name, measure, "query", tuple(chosen), count - len(chosen), least, ("standard", *key))

    if scores:
        yield mean_score("search", scores, len(written), standard.search_least, "search_least")
    for kind in dict.fromkeys(one.kind for one in judged.search if one.kind):
        chosen = [score for one, score in zip(judged.search, scores, strict=True) if one.kind == kind]
        least = standard.search_least_by_kind.get(kind)
        yield mean_score(f"search, {kind}", chosen, written.count(kind), least, "search_least_by_kind", kind)


def low_scores(library: Library, scores: Sequence[MeanScore]) -> Iterator[Problem]:
    """A score must not be below the least that the list asks for."""
    for score in scores:
        if score.least and score.value < float(score.least):
            message = (
                f"{score.name}: {score.measure} is {score.value:.3f}, and this list asks for at least {score.least}"
            )
            yield library.marks["site.yml"].problem(message, *score.key)
