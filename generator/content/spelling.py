"""Suggestions of known words for unknown ones, such as `, did you mean "gan"?`."""

from collections.abc import Collection
from difflib import get_close_matches

MIN_SPELLING_SIMILARITY = 0.6  # minimum SequenceMatcher ratio of a word and the known word that is suggested
MAX_MISSPELT_LENGTH = 100  # characters of a word for which a similar one is sought
MAX_COMPARED_WORDS = 20_000  # comparisons for all unknown words of a file or a rule


def spelling_suggestion(word: str, known: Collection[str]) -> str:
    """Return `, did you mean "…"?`, or an empty string if no known word is similar."""
    near = get_close_matches(word, known, 1, MIN_SPELLING_SIMILARITY) if len(word) <= MAX_MISSPELT_LENGTH else []
    return f', did you mean "{near[0]}"?' if near else ""


class SpellingSuggestions:
    """Suggests known words for the first unknown ones, until `MAX_COMPARED_WORDS` have been compared."""

    def __init__(self) -> None:
        self.compared = 0

    def suggestion(self, word: str, known: Collection[str]) -> str:
        """Return `, did you mean "…"?`, or an empty string if no known word is similar or too many were compared."""
        if self.compared >= MAX_COMPARED_WORDS:
            return ""
        self.compared += len(known)
        return spelling_suggestion(word, known)
