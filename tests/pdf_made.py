"""PDF files made by hand for the tests: pages set by reportlab, and raw objects that no program would write."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = 595, 842
SIZE = 12
LEADING = 20
LEFT = 72

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, encryption: StandardEncryption | None = None) -> bytes:
    """Return a PDF with the pages that the functions draw."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), encrypt=encryption, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(
    canvas: Canvas,
    texts: Sequence[str],
    left: float = LEFT,
    top: float = 100,
    size: float = SIZE,
    lead: float = LEADING,
) -> None:
    """Write `texts` one below the other from `top` points below the page's upper edge."""
    canvas.setFont(FONT, size)
    for number, text in enumerate(texts):
        canvas.drawString(left, HEIGHT - top - number * lead, text)


def page(*texts: str, **place: float) -> Draw:
    """Return a function that draws a page of one column."""
    return lambda canvas: lines(canvas, texts, **place)


Spanned = tuple[str, int, int]
"""The text of a cell, and how many columns and rows it spans."""


def ruled(
    canvas: Canvas,
    rows: Sequence[Sequence[str | Spanned | None]],
    widths: Sequence[float],
    left: float = LEFT,
    top: float = 100,
    high: float = 24,
) -> None:
    """Draw a table with rules, a text a cell; None where a cell beside or above spans this place."""
    canvas.setFont(FONT, SIZE)
    for number, row in enumerate(rows):
        x = left
        for column, cell in enumerate(row):
            if cell is not None:
                text, across, down = (cell, 1, 1) if isinstance(cell, str) else cell
                y = HEIGHT - top - (number + down) * high
                canvas.rect(x, y, sum(widths[column : column + across]), down * high)
                canvas.drawString(x + 4, y + down * high / 2 - SIZE / 3, text)
            x += widths[column]


def wrapped(text: str, width: int = 36) -> list[str]:
    """Return `text` as the lines of a paragraph as wide as `width` Chinese characters, the first set in by two."""
    found, room = ["　　"], width - 2.0
    for char in text:
        room -= 0.5 if char.isascii() else 1
        if room < 0:
            found.append("")
            room = width - (0.5 if char.isascii() else 1)
        found[-1] += char
    return found


def raw(objects: Mapping[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a PDF of the numbered `objects` with a right cross-reference table."""
    data = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(data), max(objects) + 1
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)]
    data += b"xref\n0 %d\n%s" % (size, b"".join(rows))
    data += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return data


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)


def flate(body: bytes, entries: bytes = b"", wbits: int = 15) -> bytes:
    """Return a stream object packed by Flate."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return stream(packer.compress(body) + packer.flush(), b"/Filter/FlateDecode" + entries)


def zeros(gigabytes: float) -> bytes:
    """Return a packed run of blanks that would fill so many gigabytes."""
    packer = zlib.compressobj(9)
    block = b" " * 10_000_000
    packed = [packer.compress(block) for _ in range(round(gigabytes * 100))]
    return b"".join([*packed, packer.flush()])


def one_page(content: bytes, font: bytes = b"", others: Mapping[int, bytes] | None = None, extra: bytes = b"") -> bytes:
    """Return a PDF of one page with the stream `content`, the font F1 and `others` from object 6 on."""
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>%s>>>>" % extra,
            4: content,
            5: font or b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            **(others or {}),
        }
    )
