"""Names taken apart, as bibliographies want them."""

import pytest

from generator.names import Name, family_name, named


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Léon Bottou", Name("Bottou", "Léon")),
        ("Aäron van den Oord", Name("Oord", "Aäron", "van den")),
        ("Charles de la Vallée Poussin", Name("Vallée Poussin", "Charles", "de la")),
        ("Cicero Nogueira dos Santos", Name("Santos", "Cicero Nogueira", "dos")),
        ("Basile Van Cooten", Name("Van Cooten", "Basile")),
        ("Guy Van den Broeck", Name("Van den Broeck", "Guy")),
        ("Van Nguyen", Name("Nguyen", "Van")),
        ("John Smith Jr.", Name("Smith", "John", "", "Jr.")),
        ("William Henry Gates III", Name("Gates", "William Henry", "", "III")),
        ("Smith, Jr., John", Name("Smith", "John", "", "Jr.")),
        ("Smith, John, Jr.", Name("Smith", "John", "", "Jr.")),
        ("van den Oord, Aäron", Name("Oord", "Aäron", "van den")),
        ("Xu, Kelvin", Name("Xu", "Kelvin")),
        ("Marta R. Costa-jussà", Name("Costa-jussà", "Marta R.")),
        ("Madonna", Name("Madonna")),
        ("王伟", Name("王伟")),
        ("Gemma Team", Name("Gemma Team")),
        ("Gemini Team, Google", Name("Gemini Team, Google")),
        ("Team GLM", Name("Team GLM")),
        ("Meta AI", Name("Meta AI")),
        ("John Smith, Jr.", Name("Smith", "John", "", "Jr.")),
        ("Martin de la Cruz, III", Name("Cruz", "Martin", "de la", "III")),
        ("ATLAS Collaboration", Name("ATLAS Collaboration")),
        ("de Vries", Name("Vries", "de")),
        ("a, b, c, d", Name("a, b, c, d")),
        (", ", Name(", ")),
    ],
)
def test_parts(author: str, name: Name) -> None:
    assert named(author) == name


@pytest.mark.parametrize(
    ("author", "family", "spoken"),
    [
        ("Aäron van den Oord", "van den Oord", "Aäron van den Oord"),
        ("Xu, Kelvin", "Xu", "Kelvin Xu"),
        ("Smith, Jr., John", "Smith", "John Smith, Jr."),
        ("Prathosh A.P.", "A.P.", "Prathosh A.P."),
    ],
)
def test_how_a_name_is_sorted_and_spoken(author: str, family: str, spoken: str) -> None:
    assert family_name(author) == family
    assert named(author).spoken == spoken
