"""What a list's images must be: of the kind that the file's name says, not too large, and harmless."""

from collections.abc import Mapping

from generator.content.svg_markup import ImageFault, ImagePlace, svg_faults, svg_size

IMAGES_FOLDER = "images"
MAX_IMAGE_BYTES = 100_000  # every page shows them
MAX_IMAGE_SIDE = 4_000  # pixels
START_OF_FILE: Mapping[str, bytes] = {"png": b"\x89PNG\r\n\x1a\n", "ico": b"\0\0\1\0"}  # by extension
PNG_SIDES = slice(16, 24)  # where a PNG file has its width and height


def image_faults(name: str, content: bytes) -> list[ImageFault]:
    """Return what is wrong with an image."""
    kind = name.rpartition(".")[2]
    if kind == "svg":
        try:
            return svg_faults(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return [whole_file_fault("expected an SVG file in UTF-8")]
    if not content.startswith(START_OF_FILE[kind]):
        return [whole_file_fault(f"expected {kind.upper()}, as the file's name says, found another kind of file")]
    if kind == "png" and not all(0 < side <= MAX_IMAGE_SIDE for side in png_size(content)):
        return [whole_file_fault(f"expected a width and height of 1 to {MAX_IMAGE_SIDE:,} pixels")]
    return []


def whole_file_fault(message: str) -> ImageFault:
    place: ImagePlace = 0, 0
    return ImageFault(place, message)


def image_size(name: str, content: bytes) -> tuple[int, int] | None:
    """Return the width and height of an SVG or PNG file without faults."""
    return svg_size(content.decode("utf-8-sig")) if name.endswith(".svg") else png_size(content)


def png_size(content: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG file in pixels; they are 0 if it is cut off before."""
    sides = content[PNG_SIDES].ljust(8, b"\0")
    return int.from_bytes(sides[:4]), int.from_bytes(sides[4:])
