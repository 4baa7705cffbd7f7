"""Large batches."""

from pathlib import Path

from benchmarks.scale import write_batch
from benchmarks.text import Sample
from extract.model.document import Document
from extract.read import DEFAULT_MAX_SIZE, BatchColumns, read_batch


def test_a_batch_is_as_large_as_asked_and_reads_without_faults(tmp_path: Path) -> None:
    batch = write_batch([Sample("通稿", "改造6071个。\n惠及52万户。")], 1000, tmp_path / "batch.jsonl")
    rows = list(read_batch(batch.path, BatchColumns(), DEFAULT_MAX_SIZE))
    documents = [row for _, row in rows if isinstance(row, Document)]
    assert len(documents) == len(rows) == batch.documents
    assert sum(len(document.text) for document in documents) == batch.characters
    assert sum(len(document.text.encode()) for document in documents) == batch.size >= 1000
    assert len({document.text for document in documents}) > 1
