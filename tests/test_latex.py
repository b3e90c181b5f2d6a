"""Conversion to Unicode of TeX as people and programs write it."""

import pytest

from generator.curate.importers.latex import latex_to_line, latex_to_paragraphs, strip_tex_escapes


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"G{\"o}del G\"{o}del G\"odel G{\"{o}}del", "Gödel Gödel Gödel Gödel"),
        (r"\'{\i} \'\i {\'\i} \'{i} {\'i}", "í í í í í"),
        (r"\o \O{} {\o} \ss{} {\ss} \ae", "øØ ø ß ß æ"),
        (r"\v{c}\v c\c{c}\c c{\H o}\k{a}\r a\u{g}\.z\=a\~n\^e\`e", "ččççőąåğżāñêè"),
        (r"\'{\^e} \textcommabelow{s} \v{\j} \dj", "ế ș ǰ đ"),
        (r"Sk\l odowska S{\l}o", "Skłodowska Sło"),
        (r"{{Deep {GAN}s}}", "Deep GANs"),
        (r"a--b---c ``q'' don't", "a–b—c “q” don't"),
        (r"\&\%\$\#\_\{\} 50% & # _ ^", "&%$#_{} 50% & # _ ^"),
        (r"a~b\ c\,d\\e\-f\/g", "a b c d efg"),
        (r"\emph{one \textbf{two {three}}} {\it four} \textsc{five}", "one two three four five"),
        (r"\url{https://a.b/c_d%20e--f} https://a.b/~c--d", "https://a.b/c_d%20e--f https://a.b/~c--d"),
        (r"\href{https://a.b}{here}\footnote{no} \cite{x} \noopsort{a}b", "here b"),
        (r"\unknown{kept} \LaTeX{} is \dots \textquotesingle", "kept LaTeX is …'"),
        (r"\textasciitilde{}\textbackslash{}\textasciicircum{}", "~\\^"),
        (r"$\beta$-VAE {$\beta$}-VAE \(k\)-NN", "β-VAE β-VAE k-NN"),
        (r"x$^2$ $\ell_1$ $x^{-1}$ $\lambda_{max}$ $k^{th}$", "x² ℓ₁ x⁻¹ λ_max k^th"),
        (r"$\mathbf{x}$ $\mathbb{R}^n$ $\mathcal{L}$ $n \log n$", "x ℝⁿ ℒ n log n"),
        (r"costs $5 and $10", "costs $5 and $10"),
        ("Unicode “stays” — Ärger", "Unicode “stays” — Ärger"),
        ("two\n  lines\u202e and\x07 marks", "two lines and marks"),
        ("\\", ""),
        (r"\' \v \'{} {} }{", ""),
    ],
)
def test_tex_in_one_line(tex: str, text: str) -> None:
    assert latex_to_line(tex.replace("\u202e", "").replace("\x07", "")) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"a \emph{loss} $\|\nabla D(x)\|_2 \le 1$ of {\'e}t{\'e}", r"a loss $\|\nabla D(x)\|_2 \le 1$ of été"),
        (r"\(x~y\) \[a--b\] $$c''$$ $ {\beta} $", r"\(x~y\) \[a--b\] $$c''$$ ${\beta}$"),
        (r"\$5 and 50\%", "$5 and 50%"),
        ("one\ntwo\n\n  three\n \n\nfour", "one two\n\nthree\n\nfour"),
        (r"one\par two", "one\n\ntwo"),
        ("", ""),
    ],
)
def test_formulas_stay_in_abstracts(tex: str, text: str) -> None:
    assert latex_to_paragraphs(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r" \url{https://a.b/c\_d} ", "https://a.b/c_d"),
        (r"{10.1007/978-3-030-58621-8{\_}38}", "10.1007/978-3-030-58621-8_38"),
        (r"https://a.b/\textasciitilde c\#d\%20", "https://a.b/~c#d%20"),
    ],
)
def test_addresses_stay_as_they_are(tex: str, text: str) -> None:
    assert strip_tex_escapes(tex) == text
