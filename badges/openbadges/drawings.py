"""A badge inside its drawing: elements spliced into an SVG (OB 3.0, 5.3.2; OB 2.0 baking)."""

import re
from base64 import b64encode
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .baking import OPEN_BADGES_2, OPEN_BADGES_3, BakingError
from .tokens import looks_like_a_token

_MOST_ELEMENTS = 120_000
_NAMESPACES = {
    "{https://purl.imsglobal.org/ob/v3p0}credential": OPEN_BADGES_3,
    "{http://openbadges.org}assertion": OPEN_BADGES_2,
}
# Past the declaration, comments and a document type without a subset, to the end of the first tag.
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*|<!DOCTYPE[^\[>]*>\s*)*"
    rb"<svg(?=[\s>/])(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/?)>",
    re.DOTALL,
)


def framed_png(png: bytes, *, width: int = 600, height: int = 600) -> bytes:
    """Return a drawing that shows nothing but a PNG picture, in a square unless told otherwise."""
    content = b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image href="data:image/png;base64,{content}" width="{width}" height="{height}"/></svg>'
    ).encode()


def bake_svg(svg: bytes, credential: bytes, hosted: bytes | None = None) -> bytes:
    """Return `svg` with the 3.0 credential, and the 2.0 assertion if given, each exactly once, before all it shows."""
    if unbake_svg(svg):
        raise BakingError("The drawing holds a badge already.")
    root = _ROOT.match(svg)
    if root is None or root["empty"]:
        raise BakingError("The drawing does not begin as an SVG that shows something.")
    baked = _element("credential", "https://purl.imsglobal.org/ob/v3p0", credential)
    if hosted is not None:
        baked += _element("assertion", "http://openbadges.org", hosted)
    return svg[: root.end()] + baked + svg[root.end() :]


def unbake_svg(svg: bytes) -> dict[str, bytes]:
    """Return what is baked into `svg` by keyword; raise BakingError for whatever two readers could read differently."""
    try:
        parser = DefusedXMLParser(target=_BoundedBuilder(), forbid_dtd=True)
        parser.feed(svg)
        drawing = parser.close()
    except BakingError:
        raise
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise BakingError("This is not a sound SVG drawing.") from error
    if drawing.tag != "{http://www.w3.org/2000/svg}svg":
        raise BakingError("This is not an SVG drawing.")
    found: dict[str, bytes] = {}
    for element in drawing.iter():
        keyword = _NAMESPACES.get(element.tag) if isinstance(element.tag, str) else None
        if keyword in found:
            raise BakingError(f"The drawing holds {keyword} twice.")
        if keyword:
            found[keyword] = _content(element)
    return found


class _BoundedBuilder(TreeBuilder):
    """Builds a drawing of a size that is read in an instant."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    def start(self, tag: str, attributes: dict) -> Element:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise BakingError("The drawing has too many parts.")
        return super().start(tag, attributes)


def _element(name: str, namespace: str, badge: bytes) -> bytes:
    """Write a badge as element; the prefix is the one that readers look for who do not read namespaces."""
    start, end = f'<openbadges:{name} xmlns:openbadges="{namespace}"', f"</openbadges:{name}>"
    text = badge.decode()
    if looks_like_a_token(badge):
        return f"{start} verify={quoteattr(text)}/>".encode()
    return f"{start}><![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>{end}".encode()


def _content(element: Element) -> bytes:
    if len(element):
        raise BakingError("The badge inside the drawing is not plain text.")
    text, verify = (element.text or "").strip(), element.get("verify", "")
    if not text and not verify:
        raise BakingError("The badge inside the drawing is empty.")
    return (text or verify).encode()
