"""A list's images: drawings as programs save them are taken, and nothing in one can run, be fetched or grow."""

import re
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.image_files import image_faults, image_size, png_size
from generator.content.svg_markup import (
    MAX_DRAWN_ELEMENTS,
    MAX_SVG_DEPTH,
    MAX_SVG_FAULTS,
    SVG_NAMESPACE,
    svg_faults,
    svg_size,
)

SVG = f'<svg xmlns="{SVG_NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 32 8">'
INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="64mm" height="16mm" viewBox="0 0 64 16" version="1.1" id="svg5" inkscape:version="1.2"
   sodipodi:docname="logo.svg" inkscape:export-filename="C:\\Users\\logo.png" xmlns="http://www.w3.org/2000/svg"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:svg="http://www.w3.org/2000/svg"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"
   xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:zoom="0.7"/>
  <metadata><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format></cc:Work></rdf:RDF></metadata>
  <defs id="defs2"><linearGradient id="a"><stop style="stop-color:#000" offset="0"/></linearGradient>
    <linearGradient id="b" xlink:href="#a" xmlns:xlink="http://www.w3.org/1999/xlink"/></defs>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer"><path style="fill:url(#b);fill-rule:evenodd" d="M 0,0 Z"/></g>
</svg>"""
ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px"
  y="0px" viewBox="0 0 120 40" style="enable-background:new 0 0 120 40;" xml:space="preserve">
<style type="text/css">.st0{clip-path:inset(0);fill:url('#SVGID_1_');} .st1{fill:#FFFFFF;}</style>
<linearGradient id="SVGID_1_"><stop offset="0"/></linearGradient>
<defs><rect id="SVGID_2_" width="120" height="40"/></defs>
<clipPath id="SVGID_3_"><use xlink:href="#SVGID_2_" style="overflow:visible;"/></clipPath>
<path class="st0" clip-path="url(#SVGID_3_)" d="M0,0z"/></svg>"""
FIGMA = """<svg width="24" height="24.5px" viewBox="0 0 24 24" fill="none" xmlns="http://www.w3.org/2000/svg">
<g filter="url(#f)">
<mask id="m"><circle cx="1" cy="1" r="1" fill="white"/></mask><text font-family="Inter">List</text></g>
<style>@media (prefers-color-scheme: dark) { path { fill: white } }</style>
<defs><filter id="f"><feGaussianBlur stdDeviation="2"/></filter></defs></svg>"""


def faults(inner: str, start: str = SVG) -> list[str]:
    return [fault.message for fault in svg_faults(f"{start}{inner}</svg>")]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (INKSCAPE, (64, 16)),
        (ILLUSTRATOR, (120, 40)),
        (FIGMA, (24, 24)),
        (f'<svg xmlns="{SVG_NAMESPACE}" width="40.6" height="10px"/>', (41, 10)),
        (f'<svg xmlns="{SVG_NAMESPACE}" viewBox="-1,-1, .2, 90"/>', (1, 90)),
    ],
    ids=["Inkscape", "Illustrator", "Figma", "pixels", "commas"],
)
def test_drawings_of_programs_are_taken(text: str, size: tuple[int, int]) -> None:
    assert svg_faults(text) == []
    assert svg_size(text) == size


@pytest.mark.parametrize(
    "inner",
    [
        "<script>run()</script>",
        '<script xmlns="http://www.w3.org/1999/xhtml">run()</script>',
        '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>',
        '<metadata><s:script xmlns:s="http://www.w3.org/2000/svg">run()</s:script></metadata>',
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><script>run()</script></r:RDF>',
        "<foreignObject/>",
        '<a href="https://example.org/"/>',
        '<image href="data:image/png;base64,AA=="/>',
        '<animate attributeName="href" to="javascript:run()"/>',
        '<set attributeName="onclick" to="run()"/>',
        '<feImage href="#a"/>',
        '<path onclick="run()"/>',
        '<path OnLoad="run()"/>',
        '<path xml:base="https://example.org/"/>',
        '<path xmlns:e="http://www.w3.org/2001/xml-events" e:event="click"/>',
        '<use href="https://example.org/a.svg#a"/>',
        '<use xlink:href="#a" href="//example.org/#a"/>',
        '<use href="#a" xlink:href="a.svg#a"/>',
        '<use href="javascript:run()"/>',
        '<path fill="url(https://example.org/)"/>',
        "<path fill=\"url( '//example.org/#a' )\"/>",
        '<path fill="URL(a.svg#a)"/>',
        '<path fill="u\\72l(https://example.org/)"/>',
        '<path style="fill: &#117;rl(https://example.org/)"/>',
        "<path style=\"cursor: image-set('https://example.org/' 1x)\"/>",
        '<path fill="url(#a) url(https://example.org/)"/>',
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>@font-face { src: local(x) }</style>",
        "<style><![CDATA[path { fill: url(https://example.org/) }]]></style>",
        "<style>path { fill: url(#shape) }</style>",
        "<?xml-stylesheet href='a.css'?>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(inner: str) -> None:
    assert len(faults(inner)) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not readable as XML: no element found"),
        ("GIF89a", "not readable as XML: syntax error"),
        (f"{SVG}<path>", "not readable as XML: no element found"),
        ("<svg/>", f'expected <svg xmlns="{SVG_NAMESPACE}">, found <svg>'),
        ("<html/>", f'expected <svg xmlns="{SVG_NAMESPACE}">, found <html>'),
        (f'<svg xmlns="{SVG_NAMESPACE}"/>', 'expected a size: viewBox="0 0 320 80", or width and height in pixels'),
        (
            f'<svg xmlns="{SVG_NAMESPACE}" width="100%" height="9"/>',
            'expected a size: viewBox="0 0 320 80", or width and height in pixels',
        ),
        (f'<?xml version="1.0" encoding="UTF-16"?>{SVG}</svg>', 'expected the encoding UTF-8, found "UTF-16"'),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}</svg>', "declarations of a document type are not allowed"),
        (
            f'<!DOCTYPE svg PUBLIC "a" "b" [ <!ATTLIST path onload CDATA "run()"> ]>{SVG}</svg>',
            "declarations of a document type are not allowed",
        ),
    ],
)
def test_what_is_no_drawing_is_one_line(text: str, message: str) -> None:
    assert [fault.message for fault in svg_faults(text)][:1] == [message]


def test_a_fault_has_its_line_and_column() -> None:
    (fault,) = svg_faults(f"{SVG}\n  <g>\n <path d='é' onclick='x'/></g></svg>")
    assert fault.place == (3, 2)


@pytest.mark.parametrize("name", ["use", "pattern", "mask"])
def test_few_lines_draw_no_endless_picture(name: str) -> None:
    """Each group shows the next one ten times: the tenth would be drawn ten thousand million times."""
    shown = {
        "use": '<use href="#a{}"/>',
        "pattern": '<path fill="url(#a{})"/>',
        "mask": "<path style=\"mask: url( '#a{}' )\"/>",
    }[name]
    kind = "g" if name == "use" else name
    levels = "".join(f'<{kind} id="a{level}">{shown.format(level + 1) * 10}</{kind}>' for level in range(10))
    expected = f"expected at most {MAX_DRAWN_ELEMENTS:,} elements, each counted as often as it is used"
    assert faults(levels) == [expected]
    assert faults(f'<{kind} id="a">{shown.replace("{}", "")}</{kind}>') == [expected]  # it shows itself


def test_the_number_of_faults_and_the_depth_are_limited() -> None:
    assert len(faults("<path onclick='x'/>" * 5_000)) == MAX_SVG_FAULTS
    deep = MAX_SVG_DEPTH + 1
    expected = f"expected at most {MAX_SVG_DEPTH} elements within each other"
    assert faults("<g>" * deep + "</g>" * deep) == [expected]
    assert faults("<g>" * 30_000)[-1] == "not readable as XML: mismatched tag"


@given(st.text(st.sampled_from(list("<>/svg \"'=#!?[]&;:")), max_size=60))
def test_any_text_is_a_drawing_or_has_faults(text: str) -> None:
    assert svg_faults(text)
    assert all(re.match(r"\S", fault.message) for fault in svg_faults(SVG + text))


def png(width: int, height: int) -> bytes:
    """Return a PNG file as far as its first part."""
    part = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + part + struct.pack(">I", zlib.crc32(part))


@pytest.mark.parametrize(
    ("name", "content", "messages"),
    [
        ("images/a.png", png(320, 80), []),
        ("images/a.ico", b"\0\0\1\0\1\0", []),
        ("images/a.svg", b"\xef\xbb\xbf" + SVG.encode() + b"</svg>", []),
        ("images/a.png", png(0, 80), ["expected a width and height of 1 to 4,000 pixels"]),
        ("images/a.png", png(70_000, 70_000), ["expected a width and height of 1 to 4,000 pixels"]),
        ("images/a.png", png(1, 1)[:12], ["expected a width and height of 1 to 4,000 pixels"]),
        ("images/a.png", b"", ["expected PNG, as the file's name says, found another kind of file"]),
        ("images/a.png", b"GIF89a", ["expected PNG, as the file's name says, found another kind of file"]),
        ("images/a.ico", png(1, 1), ["expected ICO, as the file's name says, found another kind of file"]),
        ("images/a.svg", png(1, 1), ["expected an SVG file in UTF-8"]),
    ],
)
def test_an_image_is_what_its_name_says(name: str, content: bytes, messages: list[str]) -> None:
    assert [fault.message for fault in image_faults(name, content)] == messages


def test_the_size_of_an_image_keeps_its_place() -> None:
    assert image_size("images/a.png", png(320, 80)) == png_size(png(320, 80)) == (320, 80)
    assert image_size("images/a.svg", f"{SVG}</svg>".encode()) == (32, 8)
