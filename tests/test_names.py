"""Splitting names into the parts that bibliographies need."""

import pytest

from generator.citations.names import OTHER_AUTHORS, AuthorName, display_name, family_name, is_others, parse_author_name
from generator.curate.importers.people import person_name


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Léon Bottou", AuthorName("Bottou", "Léon")),
        ("Aäron van den Oord", AuthorName("Oord", "Aäron", "van den")),
        ("Charles de la Vallée Poussin", AuthorName("Vallée Poussin", "Charles", "de la")),
        ("Cicero Nogueira dos Santos", AuthorName("Santos", "Cicero Nogueira", "dos")),
        ("Basile Van Cooten", AuthorName("Van Cooten", "Basile")),
        ("Guy Van den Broeck", AuthorName("Van den Broeck", "Guy")),
        ("Van Nguyen", AuthorName("Nguyen", "Van")),
        ("John Smith Jr.", AuthorName("Smith", "John", "", "Jr.")),
        ("William Henry Gates III", AuthorName("Gates", "William Henry", "", "III")),
        ("Smith, Jr., John", AuthorName("Smith", "John", "", "Jr.")),
        ("Smith, John, Jr.", AuthorName("Smith", "John", "", "Jr.")),
        ("van den Oord, Aäron", AuthorName("Oord", "Aäron", "van den")),
        ("Xu, Kelvin", AuthorName("Xu", "Kelvin")),
        ("Marta R. Costa-jussà", AuthorName("Costa-jussà", "Marta R.")),
        ("Madonna", AuthorName("Madonna")),
        ("王伟", AuthorName("王伟")),
        ("村上 春樹", AuthorName("村上", "春樹")),
        ("村上, 春樹", AuthorName("村上", "春樹")),
        ("김 소월", AuthorName("김", "소월")),
        ("王 Wei", AuthorName("Wei", "王")),
        ("Gemma Team", AuthorName("Gemma Team")),
        ("Gemini Team, Google", AuthorName("Gemini Team, Google")),
        ("Team GLM", AuthorName("Team GLM")),
        ("Meta AI", AuthorName("Meta AI")),
        ("John Smith, Jr.", AuthorName("Smith", "John", "", "Jr.")),
        ("Martin de la Cruz, III", AuthorName("Cruz", "Martin", "de la", "III")),
        ("García Márquez, Gabriel", AuthorName("García Márquez", "Gabriel")),
        ("{World Health Organization}", AuthorName("World Health Organization")),
        ("{Royal Society (Great Britain)}", AuthorName("Royal Society (Great Britain)")),
        ("{Smith, Jones and Sons}", AuthorName("Smith, Jones and Sons")),
        ("others", OTHER_AUTHORS),
        ("{}", AuthorName("{}")),
        ("ATLAS Collaboration", AuthorName("ATLAS Collaboration")),
        ("de Vries", AuthorName("Vries", "de")),
        ("a, b, c, d", AuthorName("a, b, c, d")),
        (", ", AuthorName(", ")),
    ],
)
def test_parts(author: str, name: AuthorName) -> None:
    assert parse_author_name(author) == name


@pytest.mark.parametrize(
    ("author", "family", "spoken"),
    [
        ("Aäron van den Oord", "van den Oord", "Aäron van den Oord"),
        ("Xu, Kelvin", "Xu", "Kelvin Xu"),
        ("Smith, Jr., John", "Smith", "John Smith, Jr."),
        ("莫, 言", "莫", "莫言"),
        ("Prathosh A.P.", "A.P.", "Prathosh A.P."),
    ],
)
def test_how_a_name_is_sorted_and_spoken(author: str, family: str, spoken: str) -> None:
    assert family_name(author) == family
    assert parse_author_name(author).spoken == spoken


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ("Gabriel García Márquez", "Gabriel García Márquez"),
        ("García Márquez, Gabriel", "Gabriel García Márquez"),
        ("Robert L. Logan IV", "Robert L. Logan IV"),
        ("Smith, Jr., John", "John Smith, Jr."),
        ("{World Health Organization}", "World Health Organization"),
        ("莫, 言", "莫言"),
        ("村上 春樹", "村上 春樹"),
        ("Gemini Team, Google", "Gemini Team, Google"),
        ("others", "others"),
        ("a, b, c, d", "a, b, c, d"),
    ],
)
def test_readers_see_names_in_natural_order_and_without_braces(author: str, shown: str) -> None:
    assert display_name(author) == shown


def test_others_are_nobody_in_particular() -> None:
    assert is_others("others")
    assert not is_others("Others")


@pytest.mark.parametrize(
    ("surname", "given", "name"),
    [
        ("Lovelace", "Ada", "Ada Lovelace"),
        ("García Márquez", "Gabriel", "García Márquez, Gabriel"),
        ("莫", "言", "莫, 言"),
        ("김", "소월", "김, 소월"),
        ("莫", "Yan", "Yan 莫"),
    ],
)
def test_a_persons_name_keeps_its_parts(surname: str, given: str, name: str) -> None:
    assert person_name(surname, given) == name
    assert parse_author_name(name).surname == surname
