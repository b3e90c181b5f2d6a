"""Abstracts whose formulas were damaged where they were copied from."""

import time
from dataclasses import replace

import pytest

from generator.checks.abstracts import damaged_formulas, warn_damaged_formulas
from generator.content.model import Library

MAX_SECONDS = 60  # of the processor; linear time takes about one, time that grows with the square several hundred


@pytest.mark.parametrize(
    ("abstract", "found"),
    [
        ("a tensor h in R^{C times T times d}", ["h in R^{C times T times d}"]),
        ("at position t le T in context c le C", ["t le T", "c le C"]),
        ("x_i in R^d, where mu is the mean", ["x_i in R^d", "mu is"]),
        (r"the set mathbb{R} and boldsymbol{h}, of frac{1}{2}", ["mathbb{R}", "boldsymbol{h}", "frac{1}"]),
        ("It takes O(n2) steps instead of O(n).", ["O(n2)"]),
        ("x_{k leq K} and x_{k leq K}", ["x_{k leq K}"]),
        (r"\(h \in \mathbb{R}^{C \times T}\) and $t \le T$, where $\mu$ is small", []),
        (r"\[ h_{c,t} = \mu + pos_t \] of 1024^2 pixels, Fid_+ and GAN(TK)^2", []),
        ("We show that mu is a particle. It is three times A4; vitamin B is in R and D.", []),
        ("LSTM and GRU in R^2_adj; the model is 5 times faster, to C", []),
        ("alpha is no formula without one", []),
    ],
)
def test_damage_is_found(abstract: str, found: list[str]) -> None:
    assert sorted(damaged_formulas(abstract)) == sorted(found)


def test_damage_is_a_warning_with_its_place(toy: Library) -> None:
    paper = replace(toy.papers[0], abstract="We map R^{C times d} to R.")
    (warning,) = warn_damaged_formulas(replace(toy, papers=(paper,)))
    assert warning.warning
    assert warning.line > 1
    assert warning.message.startswith('"R^{C times d}" looks like a formula that lost its TeX')


@pytest.mark.parametrize(
    "part", [r"\[ ", r"\( ", "$ ", "x_{", "x_{a times ", "O(", "frac{", "t le ", "a", "_", "x_", "a_b", "x^", "times"]
)
def test_long_abstracts_take_no_minutes(part: str) -> None:
    start = time.process_time()
    list(damaged_formulas(part * (300_000 // len(part))))
    assert time.process_time() - start < MAX_SECONDS
