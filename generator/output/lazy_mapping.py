"""A mapping whose values are computed one by one, for programs that need few of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

ValueT_co = TypeVar("ValueT_co", covariant=True)


class LazyMapping(Mapping[str, ValueT_co]):
    """A mapping each of whose values is computed when it is first asked for."""

    def __init__(self, names: Iterable[str], compute: Callable[[str], ValueT_co]) -> None:
        self.names = dict.fromkeys(names)
        self.compute = compute
        self.known: dict[str, ValueT_co] = {}

    def __getitem__(self, name: str) -> ValueT_co:
        if name not in self.known:
            if name not in self.names:
                raise KeyError(name)
            self.known[name] = self.compute(name)
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
