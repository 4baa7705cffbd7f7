"""Reads web pages: their main text and tables, and what they tell of title, date, source and author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex

from extract.errors import InputError
from extract.model.document import Repair
from extract.read.builder import PageBuilder, one_line
from extract.read.content import Content
from extract.read.decode import decode_bytes
from extract.read.markup import MarkupWriter, is_aside, text_of

_SNIFFED = 4096
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "big5-hkscs": "big5hkscs"}
_charset = regex.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9\-]+)""", regex.I)
_LARGE = 1_000_000
"""trafilatura takes minutes for a page of more characters than this; its main text is sought without it."""
_MANY_TABLES = 500
"""And for one of so many tables."""
_LINE = 80
_MOST = 0.9
_FRAGMENT = 6
_DEEPEST = 255
"""Elements nested deeper are in no page that people made; no stage has to bear them."""
_crowded = regex.compile(r"<[a-zA-Z](?:[^\s<>]*+\s++){5000}")
"""The beginning of a tag with so many attributes that libxml2 takes minutes for it."""
_prolog = regex.compile(r"\A\s*(?:<\?xml[^>]*+>\s*)?(?:<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*)?>)?", regex.I)
_INLINE = frozenset(
    ("a", "abbr", "b", "big", "code", "del", "em", "font", "i", "ins", "label", "mark", "s", "small", "span", "strike",
     "strong", "sub", "sup", "u")
)  # fmt: skip
_PARTS = frozenset(("table", "tbody", "p", "span", "ul", "ol", "dl", "dd"))
"""Elements that are too small to hold a whole article."""
_UNREADABLE = "save the page anew with a browser, or give the text itself"
_word = regex.compile(r"\p{Han}")
_date = regex.compile(r"(?P<y>(?:19|20)\d{2})\s*[-年./]\s*(?P<m>\d{1,2})\s*[-月./]\s*(?P<d>\d{1,2})")
_dated = regex.compile(r"(?:时间|日期|发布于?|发表于?|時間|發佈|發布)[^0-9]{0,6}" + _date.pattern)
_LABELS = (
    "来源|來源|稿源|作者|撰稿|编辑|责编|責編|编审|审核|浏览|瀏覽|阅读|点击|访问|"
    "发布|發布|时间|時間|日期|字体|字号|打印|分享"
)
_NAME = rf"(?P<name>(?:(?!{_LABELS})[^\s|｜，。【\[（(]){{2,30}})"
_source = regex.compile(rf"(?:(?<![据料片图])来\s*源|稿\s*源|來\s*源)\s*[：:]\s*{_NAME}")
_author = regex.compile(rf"作\s*者\s*[：:]\s*{_NAME}")
_imprint = regex.compile(r"(?i)版权|版權|ICP|网安备|备案|邮编|电话|地址|浏览器|分辨率|访客|主办|承办")
_sentence = regex.compile(r"[。；！？]")
_clause = regex.compile(r"[，。；！？]")
_site = regex.compile(
    r"\s*[_|｜\-–]+\s*[^_|｜\-–]{0,30}(?:网|网站|政府|门户|日报|晚报|局|厅|委|部|新闻|频道|在线|中心|動態|动态|要闻)[^_|｜]{0,40}$"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What trafilatura takes for the main text, line by line without blanks, the title and the date."""

    lines: tuple[str, ...] = ()
    title: str = ""
    published: str = ""


def read_html(data: bytes, source: str) -> Content:
    """Return the main text of a web page: each heading and paragraph a line, a row of a table a line with tabs.

    Offsets count in that text, not in the page. Menus, related links and footers are left out. Title, date,
    source and author are those that the page names itself, empty where it does not. Raises InputError with the
    name `source` where no main text is found.
    """
    text, encoding, losses = decode_bytes(data, source, _declared(data))
    tree = _parse(text, source)
    is_costly = len(text) > _LARGE or len(tree.findall(".//table")) > _MANY_TABLES
    found = _Found() if is_costly else _extracted(tree)
    body = tree.find(".//body")
    body = tree if body is None else body
    _unname(body)
    container = _container(body, found.lines)
    builder = PageBuilder()
    title = _title(tree, container, found)
    writer = MarkupWriter(builder, title)
    writer.write(container)
    if not writer.has_text:
        raise InputError(source, "no main text found", hint="save the page with its text, or give the text itself")
    near = list(_short_lines(container))
    content = builder.content(
        source,
        encoding,
        title,
        _published(tree, near, found),
        _meta(tree, "contentsource", "source") or _said(_source, near),
        tuple(filter(None, regex.split(r"[\s,，、;；]+", _meta(tree, "author") or _said(_author, near)))),
    )
    made = [Repair(repair.kind, 0, 0, repair.detail) for repair in losses if repair.kind == "undecodable bytes"]
    if not found.lines:
        made.append(Repair("main text", 0, 0, "found without trafilatura: all but menus, links and footers"))
    return Content(content.text, encoding, content.page, (*made, *content.repairs))


def _declared(data: bytes) -> str:
    match = _charset.search(data[:_SNIFFED])
    return _CHARSETS.get(match[1].decode("ascii").lower(), "") if match else ""


def _parse(text: str, source: str) -> Any:
    from lxml import etree, html

    if _crowded.search(text):
        raise InputError(source, "has a tag with thousands of attributes", hint=_UNREADABLE)
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
        tree = html.document_fromstring(_prolog.sub("", text.replace("\0", "")), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(source, "no main text found", hint="give a page with text in it") from error
    if _is_deeper(tree, _DEEPEST):
        raise InputError(source, f"has elements nested more than {_DEEPEST} deep", hint=_UNREADABLE)
    etree.strip_elements(tree, "script", "style", "noscript", "template", "iframe", with_tail=False)
    return tree


def _is_deeper(tree: Any, deepest: int) -> bool:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > deepest:
            return True
    return False


def _extracted(tree: Any) -> _Found:
    """Return what trafilatura finds; nothing where it fails, as it does on pages that are not like an article."""
    import copy

    import trafilatura
    from lxml import etree

    alone = copy.deepcopy(tree)
    etree.strip_attributes(alone, "colspan", "rowspan")  # it would write a cell into each place, however many
    try:
        found = trafilatura.bare_extraction(
            alone,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception:
        return _Found()
    if found is None or isinstance(found, dict):
        return _Found()
    lines = (regex.sub(r"\s|\|", "", line) for line in (found.text or "").splitlines())
    return _Found(tuple(line for line in lines if len(line) >= _FRAGMENT), found.title or "", found.date or "")


def _unname(body: Any) -> None:
    """Take the names from elements that hold most of the page's clauses: these are no menus, whatever they are called.

    Some sites call the whole page "page" or "print".
    """
    clauses = _summed(body, {holder: len(_clause.findall(text)) for holder, text in _runs(body).items()})
    for element, count in clauses.items():
        if 2 * count > clauses[body] and (element.get("class") or element.get("id")) and is_aside(element):
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)


def _runs(body: Any) -> dict[Any, str]:
    """Return the text without blanks that stands in each element itself, or in inline elements in it."""
    from lxml import etree

    runs: dict[Any, list[str]] = {}
    holders = [body]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            is_inline = element.tag in _INLINE
            holders.append(holders[-1] if is_inline else element)
            runs.setdefault(holders[-1], []).append(element.text or "")
        else:
            holders.pop()
            if element is not body:
                runs.setdefault(holders[-1], []).append(element.tail or "")
    return {holder: "".join("".join(pieces).split()) for holder, pieces in runs.items()}


def _summed(body: Any, counts: dict[Any, int]) -> dict[Any, int]:
    """Return for each element in `body` its count and those of all in it, in the order of the page."""
    sums = {element: counts.get(element, 0) for element in body.iter()}
    for element in reversed(sums):
        if element is not body:
            sums[element.getparent()] += sums[element]
    return sums


def _container(body: Any, lines: tuple[str, ...]) -> Any:
    """Return the smallest element that holds most of the main text, and each sentence of it or with a figure.

    Where trafilatura found none, the main text is what is left without what is plainly none.
    """
    wanted = {line[start : start + _FRAGMENT] for line in lines for start in range(len(line) - _FRAGMENT + 1)}
    told: dict[Any, int] = {}
    sentences: dict[Any, int] = {}
    asides: set[Any] = set()
    runs = _runs(body)
    for element in body.iter():
        if element.getparent() in asides or is_aside(element):
            asides.add(element)
        elif run := runs.get(element):
            is_told = not wanted or any(piece[:_FRAGMENT] in wanted for piece in _sentence.split(run))
            told[element] = len(_word.findall(run)) if is_told else 0
            is_text = is_told or (regex.search(r"\d", run) and not _imprint.search(run))
            sentences[element] = len(_sentence.findall(run)) if wanted and is_text else 0
    words, ends = _summed(body, told), _summed(body, sentences)
    best = body
    while words[body]:
        inner = next((child for child in best if words[child] >= _MOST * words[body]), None)
        if inner is None or ends[inner] < ends[body] or inner.tag in _PARTS:
            break
        best = inner
    return best


def _title(tree: Any, container: Any, found: _Found) -> str:
    """Return the title of the article: as the page names it, else its first heading, else that of the window."""
    if named := _meta(tree, "articletitle"):
        return one_line(named)
    window = one_line("".join(tree.xpath("string(//title)")))
    lines = [one_line(text_of(heading)) for heading in (*container.iter("h1"), *tree.iter("h1"))]
    headings = [line for line in lines if line and not _is_site(line, window)]
    for heading in headings:
        if heading in window or len(set(headings)) == 1 or heading == found.title:
            return heading
    shared = _meta(tree, "og:title")
    return one_line(_bare(shared or window or found.title))


def _bare(title: str) -> str:
    """Return the title of a window without the names of site and channel behind it."""
    shorter = _site.sub("", title)
    while shorter and shorter != title:
        title, shorter = shorter, _site.sub("", shorter)
    return title


def _is_site(heading: str, window: str) -> bool:
    """Tell whether a heading is the name that the site adds to the title of each page."""
    return len(heading) < len(window) and bool(regex.search(rf"[_|｜\-–]\s*{regex.escape(heading)}$", window))


def _said(pattern: regex.Pattern[str], lines: list[str]) -> str:
    return next((str(match["name"]) for line in lines if (match := pattern.search(line))), "")


def _meta(tree: Any, *names: str) -> str:
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        if name in names and (value := (element.get("content") or "").strip()):
            return str(value)
    return ""


def _published(tree: Any, near: list[str], found: _Found) -> str:
    named = _meta(
        tree, "pubdate", "publishdate", "publish_date", "article:published_time", "pubtime", "og:release_date"
    )
    first, rest = ([line for line in lines if not _clause.search(line)] for lines in (near[:5], near[5:]))
    for pattern, texts in ((_date, [named]), (_dated, [*first, *rest]), (_date, first)):
        for text in texts:
            if (match := pattern.search(text)) and (day := _iso(match)):
                return day
    stated = (*tree.xpath("//meta/@content"), *tree.xpath("//time/@datetime"))
    return found.published if found.published and any(found.published in value for value in stated) else ""


def _iso(match: regex.Match[str]) -> str:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return ""


def _short_lines(container: Any) -> Iterator[str]:
    """Yield the short texts that stand shortly before the main text or in it: where and when it was published."""
    before: list[str] = []
    for holder in (container, *list(container.iterancestors())[:3]):
        for sibling in holder.itersiblings(preceding=True):
            if is_aside(sibling):
                continue
            before += [line for element in sibling.iter() if (line := _line(element))][-10:]
    yield from before
    yield from (line for element in container.iter() if (line := _line(element)) and not is_aside(element))


def _line(element: Any) -> str:
    pieces: list[str] = []
    left = _LINE
    for piece in element.itertext():
        pieces.append(piece)
        left -= len("".join(piece.split()))
        if left < 0:
            return ""
    line = one_line("".join(pieces))
    return line if len(line) <= _LINE else ""
