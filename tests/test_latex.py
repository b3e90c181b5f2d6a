"""Conversion to Unicode of TeX as people and programs write it."""

import pytest

from generator.curate.importers.latex import (
    latex_to_line,
    latex_to_paragraphs,
    repair_line,
    repair_tex,
    strip_tex_escapes,
    unknown_commands,
)


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
        (r"\emph{The} `Good' and the `{B}ad', O`Brien's and don't", "The ‘Good’ and the ‘Bad’, O`Brien's and don't"),
        (r"a \~{} b \^{} c \'{} d", "a ~ b ^ c d"),
        (r"\&\%\$\#\_\{\} 50% & # _ ^", "&%$#_{} 50% & # _ ^"),
        (r"a~b\ c\,d\\e\-f\/g", "a b c d efg"),
        (r"\emph{one \textbf{two {three}}} {\it four} \textsc{five}", "one two three four five"),
        (r"\url{https://a.b/c_d%20e--f} https://a.b/~c--d", "https://a.b/c_d%20e--f https://a.b/~c--d"),
        (r"\href{https://a.b}{here}\footnote{no} \cite{x} \noopsort{a}b", "here b"),
        (r"\unknown{kept} \LaTeX{} is \dots \textquotesingle", "kept LaTeX is …'"),
        (r"\textasciitilde{}\textbackslash{}\textasciicircum{}", "~\\^"),
        (r"$\beta$-VAE {$\beta$}-VAE \(k\)-NN", "β-VAE β-VAE k-NN"),
        (r"x$^2$ $\ell_1$ $x^{-1}$ $\lambda_{max}$ $k^{th}$", "x² ℓ₁ x⁻¹ λ_max kth"),
        (r"$\mathbf{x}$ $\mathbb{R}^n$ $\mathcal{L}$ $n \log n$", "x ℝⁿ ℒ n log n"),
        (r"costs $5 and $10", "costs $5 and $10"),
        ("Unicode “stays” — Ärger", "Unicode “stays” — Ärger"),
        ("two\n  lines\u202e and\x07 marks", "two lines and marks"),
        (r"Mu\~noz ma\~nana S\~ao \~{\i}", "Muñoz mañana São ĩ"),
        (r"Mar\'\i a Garc\'\i a \'\ae{}", "María García ǽ"),
        (r"\texorpdfstring{$x^2$}{x2} \enquote{a \emph{b}} \foreignlanguage{german}{Wort}", "x² “a b” Wort"),
        (r"\ce{H2O}, \ce{SO4^{2-}} at \SI{10}{\micro\meter} and $\sim$10 nm", "H₂O, SO₄²⁻ at 10 µm and ∼10 nm"),
        (r"\S{} 3 \copyright{} \pounds 5 \euro{} \glqq d\grqq{} 3\raisebox{1ex}{rd}", "§ 3 © £5 € „d“ 3rd"),
        (r"$n^{\mbox{\scriptsize th}}$ $\bar{\nu}_e$ $D^{*+}$ $\sqrt{s_{NN}}$", "nth ν̄ₑ D*⁺ √(s_NN)"),
        (r"\ifmmode \check{C}\else \v{C}\fi{}erenkov", "Čerenkov"),
        (r"Bo\ifmmode \check{z}\else \v{z}\fi{}ovi\ifmmode \acute{c}\else \'{c}\fi{}", "Božović"),
        (r"\ifmmode \mbox{\O}\else \O{}\fi{}stby", "Østby"),
        (r"10\textsuperscript{6} H\textsubscript{2}O 10$^{-5}$~K", "10⁶ H₂O 10⁻⁵ K"),
        (r"radix-2\({}^{\mbox{k}}\) $O(n^{\text{k}})$ x\textsuperscript{\textregistered}", "radix-2ᵏ O(nᵏ) x®"),
        (r"4\({}^{\mbox{th}}\) 21\textsuperscript{st} $2^{nd}$ 19\textsuperscript{e}", "4th 21st 2nd 19e"),
        (r"Y${\mathrm{Ba}}_{2}$${\mathrm{Cu}}_{3}$ K$_{\ensuremath{\alpha}}$", "YBa₂Cu₃ K_α"),
        (r"the $A\to Z^{(*)}h $ signature at ${\sqrt{s}} = 13$ TeV", "the A→Z⁽*⁾h signature at √s = 13 TeV"),
        (r"of $D_{<:}$ and $\mathcal{O}(n^{3/2})$", "of D_<: and O(n^(3/2))"),
        (r"$\frac{1}{2}$ $\frac{a+b}{c}$ $\sqrt[3]{x+1}$ $\widehat{x}$", "1/2 (a+b)/c ∛(x+1) x̂"),
        (r"$Z^\prime$ at $25\,^\circ\mathrm{C}$ with $X_{\mathrm{max}}$", "Z′ at 25 °C with X_max"),
        (r"$n\log n$ $f'(x)$ $x \in X$ $\alpha x$ $\left( a \right)$", "n log n f′(x) x ∈ X αx ( a )"),
        (
            r"methodology\hyphen independent \METAFONT{} and \unknown here",
            "methodology-independent METAFONT and unknownhere",
        ),
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
        (
            r"$\tilde O(|S| \frac{a}{b})$ and $\hat{\b\lambda}$, costing \$5 and 10\% in $x$.",
            r"$\tilde O(|S| \frac{a}{b})$ and $\hat{\b\lambda}$, costing $5 and 10% in $x$.",
        ),
        (r"10\textsuperscript{6} and 10$^6$ and radix-2\({}^{\mbox{k}}\)", "10⁶ and 10⁶ and radix-2ᵏ"),
        (
            r"Y${\mathrm{Ba}}_{2}$${\mathrm{Cu}}_{3}$ of $k$NN",
            r"Y\({\mathrm{Ba}}_{2}\)\({\mathrm{Cu}}_{3}\) of \(k\)NN",
        ),
        (r"{\textless}p{\textgreater} $<$p$>$", "<p> <p>"),
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
        (r"10.1002/1:1{\textless}99::AID$>$3\textunderscore x", "10.1002/1:1<99::AID>3_x"),
        (r"https://a.b/\~{}c/$\sim$d\-e\slash f", "https://a.b/~c/~de/f"),
    ],
)
def test_addresses_stay_as_they_are(tex: str, text: str) -> None:
    assert strip_tex_escapes(tex) == text


@pytest.mark.parametrize(
    ("published", "meant"),
    [
        (r"the $A\to Z^{(*)}h $ of \emph{the {\it two} words}", r"the $A\to Z^{(*)}h$ of the two words"),
        (r"na\"{\i}ve, na{\"\i}ve, {\o}re and 50\% of K$_\alpha$", r"naïve, naïve, øre and 50% of K\(_\alpha\)"),
        (
            r"{\bf bold} \textit{slanted} see \url{https://a.b/c\_d}, ~10% of Fig.~2",
            "bold slanted see https://a.b/c_d, ~10% of Fig. 2",
        ),
        (r"10$^{6}$ and 10\textsuperscript{6}, $x~y$", r"10⁶ and 10⁶, $x~y$"),
    ],
)
def test_what_is_repaired_beside_formulas(published: str, meant: str) -> None:
    assert repair_tex(published) == meant
    assert repair_tex(meant) == meant


def test_titles_have_no_formulas() -> None:
    assert repair_line(r"$\beta$-VAE in $O(n^2)$ for $5 and \(k\)") == "β-VAE in O(n²) for $5 and k"


def test_unknown_commands_without_an_argument() -> None:
    assert list(unknown_commands(r"\emph{x} \foo{kept} {\bf y} \bazaar \mnras, \alpha $\baz$ \'e \o")) == [
        r"\bazaar",
        r"\mnras",
    ]
