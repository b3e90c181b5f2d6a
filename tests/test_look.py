"""A list's own look: its colors can be read, and everything on its pages that has a color follows."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import feedparser
import pytest
from hostile import lines
from hypothesis import given
from hypothesis import strategies as st
from packaging.licenses import canonicalize_license_expression
from PIL import Image
from sites import PUBLISHED, broken, pages, with_look

from generator.checks.look import check_footer
from generator.cli import main
from generator.content.loader import load
from generator.content.model import Accent, Library, License, Site
from generator.content.reader import read_yaml
from generator.curate.review.diff import diff_markdown
from generator.related.relate import relate
from generator.site.addresses import relative_root
from generator.site.catalogue import build_catalogue
from generator.site.colors import (
    BACKGROUND_NAMES,
    DARK_ACCENT_CONTRAST,
    MIN_TEXT_CONTRAST,
    Color,
    accent_shades,
    contrast_ratio,
    css_color,
    is_hue_close,
    linear_color,
    lowest_contrast,
    oklch,
    parse_color,
    readable_shade,
    screen_color,
    site_colors,
    theme_colors,
)
from generator.site.licenses import KNOWN_LICENSES, LicenseLink, license_link
from generator.site.look import FOOTER_LINK, THEME_ICON_COLOR, FooterPart, colored_icon, footer_parts
from generator.site.pages.plain import PlainPage
from generator.site.previews import page_preview, preview_image
from generator.site.render import render_site, site_files

BROWN = Accent("#8a3b12")
BLUE = Accent("#1d4e9e")
colors = st.tuples(*[st.integers(0, 255)] * 3)


def with_accent(library: Library, accent: Accent | None) -> Library:
    return replace(library, site=replace(library.site, accent=accent))


def rendered(library: Library) -> Mapping[str, str]:
    return render_site(library, relate(library))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [  # as given by https://webaim.org/resources/contrastchecker/
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    for pair in ((one, other), (other, one)):
        assert contrast_ratio(*map(parse_color, pair)) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["link", "seen", "glow", "ink", "soft"])
def test_the_colors_of_the_theme_can_be_read(name: str, dark: bool) -> None:
    assert lowest_contrast(theme_colors()[name][dark], dark) >= MIN_TEXT_CONTRAST


@given(colors)
def test_a_color_is_the_same_after_its_way_through_oklch(color: Color) -> None:
    assert max(abs(a - b) for a, b in zip(color, screen_color(linear_color(*oklch(color))), strict=True)) <= 1


@given(colors, st.booleans(), st.sampled_from([3, MIN_TEXT_CONTRAST, DARK_ACCENT_CONTRAST]))
def test_any_color_has_a_shade_that_can_be_read(color: Color, dark: bool, least: float) -> None:
    shade = readable_shade(color, dark, least)
    assert lowest_contrast(shade, dark) >= least
    assert shade == color or lowest_contrast(color, dark) < least


@pytest.mark.parametrize("color", ["#8a3b12", "#1d4e9e", "#1c5748", "#6b2fa0", "#b00020", "#5b5b5b"])
def test_the_dark_shade_has_the_same_hue(color: str) -> None:
    light, dark = accent_shades(Accent(color))
    assert css_color(light) == color
    assert lowest_contrast(dark, dark=True) >= DARK_ACCENT_CONTRAST
    assert is_hue_close(light, dark) or color == "#5b5b5b"
    assert contrast_ratio(light, dark) > 3  # so that one can be drawn on the other


def test_the_color_under_the_pointer_is_another_one() -> None:
    theme = theme_colors()
    assert site_colors(Site("A", "B", "C")) == theme
    for accent, glow in ((BROWN, "link"), (BLUE, "glow"), (Accent("#5b5b5b"), "glow")):
        found = site_colors(Site("A", "B", "C", accent=accent))
        assert found["glow"] == theme[glow]
        assert not is_hue_close(found["link"][0], found["glow"][0])
        assert {name for name in theme if found[name] != theme[name]} <= {"link", "glow"}


@pytest.mark.parametrize("name", ["link", "glow", *BACKGROUND_NAMES])
def test_the_stylesheet_has_these_colors(name: str) -> None:
    assert theme_colors()[name][0] != theme_colors()[name][1]


@pytest.mark.parametrize(
    ("text", "accent"),
    [
        ('"#8a3b12"', BROWN),
        ('{light: "#8a3b12"}', BROWN),
        ('{light: "#8a3b12", dark: "#e9a07f"}', Accent("#8a3b12", "#e9a07f")),
    ],
)
def test_an_accent_is_a_color_or_two(text: str, accent: Accent) -> None:
    site, _, problems = read_yaml(f"name: A\ntagline: B\nintroduction: C\naccent: {text}\n", "site.yml", Site)
    assert (site.accent, problems) == (accent, [])


def test_a_list_without_a_look_has_no_file_for_it(toy: Library) -> None:
    plain = rendered(toy)
    assert not [name for name in plain if name.startswith("assets")]
    assert "assets" not in plain[".settings.yml"]


def test_an_accent_is_a_stylesheet_after_the_others(toy: Library) -> None:
    found = rendered(with_accent(toy, BROWN))
    assert found["assets/look/colors.css"] == (
        ":root { --link: light-dark(#8a3b12, #ef9770); --glow: light-dark(#1c5748, #93cdb9); }\n"
        "@supports not (color: light-dark(black, white)) { :root { --link: #8a3b12; --glow: #1c5748; } }\n"
    )
    assert 'fill="#8a3b12"' in found["assets/look/favicon.svg"]
    assert found.keys() - rendered(toy).keys() == {"assets/look/colors.css", "assets/look/favicon.svg"}


def test_the_icon_of_the_theme_has_one_color_to_replace() -> None:
    assert colored_icon(THEME_ICON_COLOR).count(THEME_ICON_COLOR) == 1


def test_previews_have_the_accent(toy: Library) -> None:
    for accent in (None, BLUE, BROWN):
        site = with_accent(toy, accent).site
        preview = page_preview(site, PlainPage("A page", ""))
        drawn = Image.open(BytesIO(preview_image(preview))).convert("RGB")
        own = {name: light for name, (light, _) in site_colors(site).items()}
        assert {own["paper"], own["ink"], own["link"], own["glow"]} <= {color for _, color in drawn.getcolors() or ()}


def test_every_page_has_the_look(published: Path) -> None:
    found = pages(published)
    assert broken(published, found) == []
    for name in ("", "browse/", "papers/tr0n/", "404.html"):
        root = "/reading/" if name == "404.html" else relative_root(name)
        links = {(node.get("rel"), node.get("href")) for node in found[name].iter("link")}
        assert {("stylesheet", f"{root}assets/look/colors.css"), ("icon", f"{root}assets/look/favicon.svg")} <= links
        sheets = [node.get("href") for node in found[name].iter("link") if node.get("rel") == "stylesheet"]
        assert sheets[-1] == f"{root}assets/look/colors.css"
        assert [node.get("content") for node in found[name].iter("meta") if node.get("name") == "theme-color"] == [
            "#8a3b12"
        ]
        (logo,) = [node for node in found[name].iter("img") if "logo" in (node.get("src") or "")]
        assert logo.attrib == {"src": f"{root}assets/look/logo.svg", "width": "64", "height": "32", "alt": ""}


def test_a_list_without_a_logo_has_its_name_only(found: Mapping[str, Element]) -> None:
    for page in found.values():
        (brand,) = [node for node in page.iter("a") if node.get("class") == "brand"]
        assert "".join(brand.itertext()) == "Toy list"
        assert len(brand) == 0


def test_the_foot_of_every_page_has_the_text_and_the_license(published: Path) -> None:
    """What is not a link stays text, and each link to a page of the site leads there from anywhere."""
    for name, page in pages(published).items():
        (foot,) = [node for node in page.iter("p") if node.get("class") == "own"]
        text = "By a reading group, see about & <b>data</b>. The list's own texts: CC BY-SA 4.0"
        assert "".join(foot.itertext()) == text
        assert [urljoin(PUBLISHED + name, node.get("href")) for node in foot.iter("a")] == [
            "https://example.org/group?a=1&b=2",
            f"{PUBLISHED}about/#about",
            f"{PUBLISHED}data/",
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Plain *text*", [FooterPart("Plain *text*")]),
        ("[a](b/)", [FooterPart("a", page="b/")]),
        (
            "x [a b](mailto:a@example.org)[c](https://example.org/), [d] (e)",
            [
                FooterPart("x "),
                FooterPart("a b", "mailto:a@example.org"),
                FooterPart("c", "https://example.org/"),
                FooterPart(", [d] (e)"),
            ],
        ),
        ("[a](HTTPS://example.org/)", [FooterPart("a", page="HTTPS://example.org/")]),
    ],
)
def test_a_footer_is_text_with_links(text: str, parts: list[FooterPart]) -> None:
    assert [part for part in footer_parts(text) if part.words] == parts


@given(lines)
def test_a_footer_loses_nothing(text: str) -> None:
    shown = "".join(part.words for part in footer_parts(text))
    assert shown == FOOTER_LINK.sub(r"\1", text)


@pytest.mark.parametrize(
    "to",
    ["about/", "browse/?q=gan", "papers/tr0n/", "tags/gan/#top", "paths/", "health/", "papers.bib", "llms.txt"],
)
def test_a_footer_may_lead_to_any_page(to: str, toy: Library) -> None:
    assert list(check_footer(replace(toy, site=replace(toy.site, footer=f"See [this]({to}).")))) == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (License("CC-BY-4.0"), LicenseLink("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")),
        (License("cc0-1.0"), LicenseLink("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")),
        (License("CC-BY-4.0", "https://example.org/"), LicenseLink("CC BY 4.0", "https://example.org/")),
        (License("House rules", "https://example.org/"), LicenseLink("House rules", "https://example.org/")),
        (License("House rules"), None),
    ],
)
def test_a_license_has_a_name_and_an_address(written: License, shown: LicenseLink | None) -> None:
    assert license_link(written) == shown


def test_known_licenses_are_those_of_spdx() -> None:
    """The ids are in the list of the packaging library, which has all of SPDX."""
    for name in KNOWN_LICENSES:
        assert canonicalize_license_expression(name) == name


def test_programs_can_read_the_license(published: Path) -> None:
    address = "https://creativecommons.org/licenses/by-sa/4.0/"
    index = json.loads((published / "api/v1/index.json").read_text())
    assert index["license"] == {"name": "CC BY-SA 4.0", "url": address}
    for kind in ("", "papers/tr0n/", "data/"):
        page = (published / kind / "index.html").read_text()
        assert f'<link rel="license" href="{address}">' in page
        sites = [node for node in json_ld_nodes(page) if node["@type"] == "WebSite"]
        assert [site["license"] for site in sites] == ([] if kind else [address])
    feed = feedparser.parse((published / "papers.atom").read_text())
    assert feed.feed.rights == f"The list's own texts: CC BY-SA 4.0, {address}"
    assert {"rel": "license", "href": address} in [
        {key: one[key] for key in ("rel", "href")} for one in feed.feed.links
    ]
    assert feed.feed.icon.endswith("/assets/look/favicon.svg")
    assert feed.feed.logo.endswith("/assets/look/logo.svg")
    assert f"under CC BY-SA 4.0 ({address})" in (published / "llms.txt").read_text()
    assert f"<{address}>" in (published / "data.md.txt").read_text()


def json_ld_nodes(page: str) -> list[dict[str, Any]]:
    (text,) = re.findall('<script type="application/ld.json">(.*?)</script>', page)
    return list(json.loads(text)["@graph"])


def test_images_are_written_as_they_are(toy: Library) -> None:
    image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0@\0\0\0 \xff"
    site = replace(toy.site, logo="images/mark.png", favicon="images/mark.png")
    files = site_files(build_catalogue(replace(toy, site=site, images={"images/mark.png": image}), {}))
    assert files["assets/look/logo.png"] == files["assets/look/favicon.png"] == image
    assert '"logo": {"file": "assets/look/logo.png", "width": 64, "height": 32}' in files[".settings.yml"]


def test_commands_keep_the_images(tmp_path: Path) -> None:
    content = with_look(tmp_path)
    assert main(["rename", "paper", "tr0n", "tr-zero-n", "--content", str(content)]) == 0
    assert load(content, {})[1] == []


def test_a_diff_names_the_images_that_are_drawn_anew(tmp_path: Path) -> None:
    after, problems = load(with_look(tmp_path), {})
    assert problems == []
    before = replace(after, images={**after.images, "images/logo.svg": b"<svg/>"})
    assert "### Images changed (1)\n\n- `images/logo.svg`" in diff_markdown(before, after, [], [])
