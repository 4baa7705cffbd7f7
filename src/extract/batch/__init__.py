"""Runs over many documents: in several processes, resumed where they stopped, in constant memory."""

from extract.batch.cut import Inputs
from extract.batch.run import Options, run
from extract.batch.summary import Summary, Tally

__all__ = ["Inputs", "Options", "Summary", "Tally", "run"]
