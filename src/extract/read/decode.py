"""Decodes bytes of Chinese text whose encoding nobody tells."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

import regex

from extract.document import Repair
from extract.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be")
_LOCAL = ("gb18030", "big5", "cp950", "big5hkscs")
"""GB18030 holds GBK and GB2312; the last two are Big5 with additions."""
_SAMPLE = 1 << 16
_TOLERATED = 0.02
"""More undecodable or control characters than this share, and it is no text."""
_PLAUSIBLE = 0.9
"""Text in UTF-16 without a mark has at least this share of usual characters; GB18030 read as UTF-16 has few."""
_usual = regex.compile(r"[\n\r\t -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef‘’“”…—·]")
_ascii = regex.compile(r"[\x00-\x7f]")
_control = regex.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_private = regex.compile(r"[\ue000-\uf8ff]")
"""Characters that nobody uses, of which GB18030 makes many where it reads Big5."""


def decode_bytes(data: bytes, source: str, encoding: str = "") -> tuple[str, str, tuple[Repair, ...]]:
    """Return the text of `data`, the name of its encoding, and what could not be decoded.

    A byte order mark tells the encoding and is not counted; else it is UTF-8, UTF-16, GB18030 or Big5,
    whichever fits. `encoding` is one to try first. Bytes that fit nothing become U+FFFD; each is a repair, with
    its offset in the text. Line ends stay as they are. Raises InputError with the name `source` where `data` is
    blank or no text.
    """
    text, name = _decoded(data, encoding)
    odd = len(_control.findall(text)) + text.count("\ufffd")
    if odd > len(text) * _TOLERATED:
        place = data.find(b"\0")
        where = f"byte {place}" if place >= 0 else ""
        raise InputError(source, "binary, not text", where=where, hint="give a text, HTML, Markdown, DOCX or PDF file")
    if not text.strip("\ufeff\0 \t\r\n\u3000"):
        raise InputError(source, "empty", hint="give a file with text in it")
    return text, name, tuple(_losses(text, data, name))


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name.removesuffix("-sig"), "replace"), name
    first = [encoding] if encoding in _LOCAL else []
    for name in (*first, "utf-8"):
        if (text := _strict(data, name)) is not None and not (name == "utf-8" and _is_wide(data)):
            return text, name
    for name in _WIDE:
        sample = data[:_SAMPLE].decode(name, "replace")
        if len(_usual.findall(sample)) >= _PLAUSIBLE * len(sample):
            return data.decode(name, "replace"), name
    if _is_damaged(data):
        return data.decode("utf-8", "replace"), "utf-8"
    if name := _local(data):
        return data.decode(name, "replace"), name
    damaged = {name: data.decode(name, "replace") for name in ("utf-8", *_LOCAL)}
    best = min(damaged, key=lambda name: damaged[name].count("\ufffd") / len(damaged[name]))
    return damaged[best], best


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _is_wide(data: bytes) -> bool:
    """Tell whether so many bytes are NUL that two or four make a character."""
    return data.count(0, 0, _SAMPLE) > len(data[:_SAMPLE]) / 10


def _is_damaged(data: bytes) -> bool:
    """Tell whether `data` is UTF-8 but for a few bytes."""
    sample = data[:_SAMPLE].decode("utf-8", "replace")
    return sample.count("\ufffd") <= _TOLERATED * len(_usual.findall(sample)) - len(_ascii.findall(sample)) * _TOLERATED


def _local(data: bytes) -> str:
    """Return the Chinese encoding in which all of `data` is text, '' if there is none."""
    fitting = [name for name in _LOCAL if _strict(data, name) is not None]
    if _LOCAL[0] not in fitting[:-1]:
        return next(iter(fitting), "")
    if _private.search(data.decode(_LOCAL[0])):
        return fitting[1]
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    cut = sample.rfind(b"\n") + 1 if len(data) > _SAMPLE else 0
    found = from_bytes(sample[: cut or len(sample)], cp_isolation=fitting).best()
    is_local = found is None or found.encoding == _LOCAL[0]
    return fitting[0] if is_local else fitting[1]


def _losses(text: str, data: bytes, name: str) -> Iterable[Repair]:
    written = data.decode(name.removesuffix("-sig"), "ignore").count("\ufffd") if "\ufffd" in text else 0
    if written:
        return ()
    return (Repair("undecodable bytes", m.start(), m.end(), f"in {name}") for m in regex.finditer("\ufffd+", text))
