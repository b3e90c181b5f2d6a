"""The SVG that an image of a list may hold: shapes, colors and words; nothing that runs, and nothing that is fetched.

Within a page an image can do neither, but whoever opens it by its own address sees it as a page of the site. So the
elements are those of a list, references lead to elements of the same file, and `svg_faults` reports everything else.
Drawing programs add elements of their own, which no browser draws; those of Inkscape are allowed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from generator.content.reader import line_and_column

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
ATTRIBUTE_NAMESPACES = {  # each with the prefix that names its attributes here
    "": "",
    "http://www.w3.org/1999/xlink": "xlink:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
LINK_ATTRIBUTES = ("href", "xlink:href")
INERT_NAMESPACES = (  # those of Inkscape's files, whose elements and attributes browsers do not act on
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
)
GRADIENT_ELEMENTS = frozenset("linearGradient radialGradient".split())
SVG_ELEMENTS = GRADIENT_ELEMENTS | frozenset(
    "circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
    "feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile "
    "feTurbulence filter g line marker mask metadata path pattern polygon polyline rect stop style svg switch symbol "
    "text textPath title tspan use".split()
)
MAX_SVG_DEPTH = 100  # elements within each other
MAX_DRAWN_ELEMENTS = 20_000  # each counted as often as it is used, since few lines can use one another without end
MAX_SVG_FAULTS = 20  # that are reported of a file
LOCAL_REFERENCE = re.compile(r"""url\(\s*(["']?)#([\w.-]+)\1\s*\)""", re.IGNORECASE)
LOCAL_LINK = re.compile(r"#[\w.-]+")
FETCHING_STYLE = re.compile(r"(?:\\|@(?!media\b)|(?:url|src|image|image-set|cross-fade)\()[^;{}]{0,40}", re.IGNORECASE)
SVG_NUMBER = r"\d{1,5}(?:\.\d{1,9})?|\.\d{1,9}"
SVG_LENGTH = re.compile(rf"\s*({SVG_NUMBER})(?:px)?\s*")
SVG_BOX = re.compile(rf"\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+({SVG_NUMBER})[\s,]+({SVG_NUMBER})\s*")
DECLARATION = re.compile(r"<!DOCTYPE[^<>\[]*+\[|<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)")
ImagePlace = tuple[int, int]  # line and column


@dataclass(frozen=True, slots=True)
class ImageFault:
    """What is wrong with an image, and where; a fault of the whole file has the line 0."""

    place: ImagePlace
    message: str


@dataclass(slots=True)
class SvgElement:
    """An element of a drawing."""

    name: str
    place: ImagePlace
    attributes: Mapping[str, str]
    within: list["SvgElement"] = field(default_factory=list)
    text: str = ""

    @property
    def references(self) -> Iterator[str]:
        """The ids of the elements that it uses."""
        for name, value in self.attributes.items():
            if name in LINK_ATTRIBUTES:
                yield value.removeprefix("#")
            yield from (found[2] for found in LOCAL_REFERENCE.finditer(value))


class SvgReader:
    """Reads the elements of a drawing, and collects what is not allowed."""

    def __init__(self) -> None:
        self.faults: list[ImageFault] = []
        self.elements: list[SvgElement] = []  # in the order of the file
        self.open: list[SvgElement] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start_element
        self.parser.EndElementHandler = lambda _: self.open.pop()
        self.parser.CharacterDataHandler = self.add_text
        self.parser.XmlDeclHandler = self.check_encoding
        self.parser.ProcessingInstructionHandler = lambda target, _: self.refuse(f"<?{target}?> is not allowed")

    def read(self, text: str) -> None:
        """Read a whole drawing."""
        try:
            self.parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            self.faults.append(
                ImageFault((error.lineno, error.offset + 1), f"not readable as XML: {expat.ErrorString(error.code)}")
            )

    def refuse(self, message: str) -> None:
        self.faults.append(ImageFault(self.place, message))

    @property
    def place(self) -> ImagePlace:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def check_encoding(self, _: str, encoding: str | None, __: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            self.refuse(f'expected the encoding UTF-8, found "{encoding}"')

    def start_element(self, full_name: str, full_attributes: dict[str, str]) -> None:
        namespace, _, name = full_name.rpartition(" ")
        attributes = {short_attribute_name(key): value for key, value in full_attributes.items()}
        attributes.pop("", None)
        if namespace in INERT_NAMESPACES:
            name, attributes = "metadata", {}
        elif fault := element_fault(namespace, name, bool(self.open)) or attributes_fault(name, attributes):
            self.refuse(fault)
        if len(self.open) == MAX_SVG_DEPTH:
            self.refuse(f"expected at most {MAX_SVG_DEPTH} elements within each other")
        element = SvgElement(name, self.place, attributes)
        if self.open:
            self.open[-1].within.append(element)
        self.elements.append(element)
        self.open.append(element)

    def add_text(self, text: str) -> None:
        self.open[-1].text += text


def svg_faults(text: str) -> list[ImageFault]:
    """Return what is not allowed in a drawing."""
    if found := DECLARATION.search(text):
        place = line_and_column(text, found.start())
        return [ImageFault(place, "declarations of a document type are not allowed")]
    reader = SvgReader()
    reader.read(text)
    faults = reader.faults or [*style_faults(reader.elements), *size_faults(reader.elements)]
    return sorted(faults, key=lambda fault: fault.place)[:MAX_SVG_FAULTS]


def short_attribute_name(full_name: str) -> str:
    """Return an attribute's name with a prefix in place of its namespace, or an empty string if browsers ignore it."""
    namespace, _, name = full_name.rpartition(" ")
    if namespace in INERT_NAMESPACES:
        return ""
    return f"{ATTRIBUTE_NAMESPACES.get(namespace, f'{namespace} ')}{name}"


def element_fault(namespace: str, name: str, is_within: bool) -> str:
    """Return why an element is not allowed, or an empty string."""
    if not is_within:
        expected = f'expected <svg xmlns="{SVG_NAMESPACE}">'
        return "" if (namespace, name) == (SVG_NAMESPACE, "svg") else f"{expected}, found <{name}>"
    if namespace == SVG_NAMESPACE and name in SVG_ELEMENTS:
        return ""
    return f"the element <{name}> is not allowed: draw with shapes only, and save the file as plain SVG"


def attributes_fault(element: str, attributes: Mapping[str, str]) -> str:
    """Return why an attribute of an element is not allowed, or an empty string."""
    for name, value in attributes.items():
        if name.lower().startswith("on") or name == "xml:base" or " " in name:
            return f"the attribute {name} is not allowed"
        if name in LINK_ATTRIBUTES and not LOCAL_LINK.fullmatch(value):
            return f'expected a reference to an element of the same file, such as "#shape", found "{value[:60]}"'
        if part := fetching_part(value):
            return f'{name} on <{element}> refers to something outside of the file: "{part}"'
    return ""


def fetching_part(style: str) -> str:
    """Return the part of a style that may make browsers fetch something, or an empty string."""
    found = FETCHING_STYLE.search(LOCAL_REFERENCE.sub("none", style))
    return found[0] if found else ""


def style_faults(elements: Sequence[SvgElement]) -> Iterator[ImageFault]:
    """Yield the styles that refer to something outside of the file, or to shapes, which could then be endless."""
    gradients = {element.attributes.get("id") for element in elements if element.name in GRADIENT_ELEMENTS}
    for element in elements:
        if element.name != "style":
            continue
        if part := fetching_part(element.text):
            yield ImageFault(element.place, f'the style refers to something outside of the file: "{part}"')
        for found in LOCAL_REFERENCE.finditer(element.text):
            if found[2] not in gradients:
                yield ImageFault(element.place, f'the style refers to "{found[0]}": only gradients may be named there')


def size_faults(elements: Sequence[SvgElement]) -> Iterator[ImageFault]:
    """Yield that a drawing has no size, or draws too much."""
    if not svg_element_size(elements[0]):
        yield ImageFault(elements[0].place, 'expected a size: viewBox="0 0 320 80", or width and height in pixels')
    if drawn_count(elements) > MAX_DRAWN_ELEMENTS:
        message = f"expected at most {MAX_DRAWN_ELEMENTS:,} elements, each counted as often as it is used"
        yield ImageFault(elements[0].place, message)


def drawn_count(elements: Sequence[SvgElement]) -> int:
    """Return how many elements are drawn, each counted as often as it is used, up to a few more than are allowed."""
    by_id = {element.attributes["id"]: element for element in elements if "id" in element.attributes}
    count, rest = 0, [elements[0]]
    while rest and count <= MAX_DRAWN_ELEMENTS:
        element = rest.pop()
        count += 1
        rest += element.within
        rest += (by_id[name] for name in element.references if name in by_id)
    return count


def svg_size(text: str) -> tuple[int, int] | None:
    """Return the width and height of a drawing without faults, in pixels or in other units of the same size."""
    reader = SvgReader()
    reader.read(text)
    return svg_element_size(reader.elements[0])


def svg_element_size(root: SvgElement) -> tuple[int, int] | None:
    """Return the width and height of a drawing, or None if it has none; they give its shape rather than its size."""
    box = SVG_BOX.fullmatch(root.attributes.get("viewBox", ""))
    sides = [SVG_LENGTH.fullmatch(root.attributes.get(name, "")) for name in ("width", "height")]
    found = [box[1], box[2]] if box else [side[1] for side in sides if side]
    width, height, *_ = (*(float(side) for side in found), 0.0, 0.0)
    return (max(round(width), 1), max(round(height), 1)) if width > 0 and height > 0 else None
