"""QR codes as pictures: black modules with their quiet zone (ISO/IEC 18004), no style of their own."""

from io import BytesIO

import segno
from markupsafe import Markup


def picture(words: str) -> Markup:
    """Inside a page, as SVG, as large as the place that it is put in."""
    made = _made(words).svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(made)  # noqa: S704  (segno's own)


def drawn(words: str) -> bytes:
    """Of its own, an SVG with a white ground."""
    file = BytesIO()
    _made(words).save(file, kind="svg", light="#fff", border=4, scale=4)
    return file.getvalue()


def _made(words: str) -> segno.QRCode:
    return segno.make(words, error="m", micro=False)
