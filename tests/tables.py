"""Makes documents with tables from a short notation: a line a row, | between cells, < and ^ for cells that span."""

from __future__ import annotations

import html
import io

from extract.model.document import Block, Cell, Document, Page, Table


def cells(notation: str) -> list[list[str]]:
    """Return the cells of the notation, row by row."""
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in notation.strip().splitlines()]


def document(notation: str, before: str = "", caption: str = "", published: str = "2025-01-20") -> Document:
    """Return a document that holds the table, behind the paragraph `before` and with its own `caption`."""
    text: list[str] = []

    def put(words: str) -> tuple[int, ...]:
        start = sum(map(len, text))
        text.append(f"{words}\n")
        return tuple(range(start, start + len(words)))

    parts: list[Block | Table] = [Block("paragraph", before, put(before))] if before else []
    title = Block("caption", caption, put(caption)) if caption else None
    rows: list[tuple[Cell, ...]] = []
    for line in cells(notation):
        row: list[Cell] = []
        for cell in line:
            spanned = row[-1] if cell == "<" else rows[-1][len(row)] if cell == "^" else None
            row.append(spanned or Cell(cell, put(cell)))
        rows.append(tuple(row))
    return Document("表", "".join(text), published, page=Page((*parts, Table(tuple(rows), title))))


def make_html(title: str, paragraphs: list[str], notation: str) -> bytes:
    """Return a page with paragraphs and the table, spanning cells by rowspan and colspan."""
    grid = cells(notation)
    rows: list[str] = []
    for top, line in enumerate(grid):
        row = ""
        for left, cell in enumerate(line):
            if cell in "<^" and cell:
                continue
            right = next((n for n in range(left + 1, len(line)) if line[n] != "<"), len(line)) - left
            down = next((n for n in range(top + 1, len(grid)) if grid[n][left] != "^"), len(grid)) - top
            row += f'<td rowspan="{down}" colspan="{right}">{html.escape(cell)}</td>'
        rows.append(f"<tr>{row}</tr>")
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><div class="content"><h1>{title}</h1>'
        f"{text}<table>{''.join(rows)}</table></div></body></html>"
    ).encode()


def make_docx(title: str, paragraphs: list[str], notation: str) -> bytes:
    """Return a Word document with paragraphs and the table, spanning cells merged."""
    import docx

    written = docx.Document()
    written.add_heading(title, 0)
    for paragraph in paragraphs:
        written.add_paragraph(paragraph)
    grid = cells(notation)
    table = written.add_table(len(grid), len(grid[0]))
    for top, line in enumerate(grid):
        for left, cell in enumerate(line):
            if cell == "<":
                table.cell(top, left - 1).merge(table.cell(top, left))
            elif cell == "^":
                table.cell(top - 1, left).merge(table.cell(top, left))
    for top, line in enumerate(grid):
        for left, cell in enumerate(line):
            if cell not in ("<", "^", ""):
                table.cell(top, left).text = cell
    packed = io.BytesIO()
    written.save(packed)
    return packed.getvalue()


def make_markdown(title: str, paragraphs: list[str], notation: str) -> bytes:
    """Return a Markdown text with paragraphs and the table, which must not hold spanning cells."""
    head, *rows = cells(notation)
    lines = [f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows)]
    return "\n\n".join([f"# {title}", *paragraphs, "\n".join(lines), ""]).encode()
