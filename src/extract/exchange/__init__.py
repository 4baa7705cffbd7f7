"""Takes records to the formats of other annotation tools and of trainers, and brings them back."""

from extract.exchange.conll import conll_lines
from extract.exchange.label_studio import labelling_config, task_of
from extract.exchange.label_studio_import import read_tasks

__all__ = ["conll_lines", "labelling_config", "read_tasks", "task_of"]
