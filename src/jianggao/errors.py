"""One error type for everything that a person has to mend."""

from __future__ import annotations

from .model import Problem


class SpeechError(Exception):
    """Says path, line, what is wrong and what to do next, in Chinese, with a caret under the culprit where there is one.

    >>> print(SpeechError("讲话.txt.toml", 2, "不认识的键 speeker", "改成 speaker", 'speeker = "某人"', 0))
    讲话.txt.toml:2: 不认识的键 speeker
        speeker = "某人"
        ^
    怎么办：改成 speaker
    """

    def __init__(
        self, path: str, line: int | None, what: str, next_step: str, excerpt: str = "", column: int | None = None
    ) -> None:
        super().__init__(what)
        self.path, self.line, self.what, self.next_step = path, line, what, next_step
        self.excerpt, self.column = excerpt, column

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        shown = f"\n    {self.excerpt}" if self.excerpt else ""
        caret = f"\n    {' ' * self.column}^" if self.excerpt and self.column is not None else ""
        return f"{where}: {self.what}{shown}{caret}\n怎么办：{self.next_step}"

    def problem(self) -> Problem:
        """The same as a record, for reports that gather all problems before stopping."""
        return Problem("error", self.what, self.next_step, self.line, self.path)
