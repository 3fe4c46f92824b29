"""讲稿: raw speech texts in, an edition out. ``read`` is the whole of it for one file, ``load`` for a folder."""

from .corpus import Corpus, load
from .pipeline import read

__all__ = ["Corpus", "load", "read"]
