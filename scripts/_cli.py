"""What every command shares: usage and errors in Chinese, output in UTF-8 under any locale, a quiet end of a closed pipe."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn

CLOSED_PIPE = 141  # what a shell reports of a program that ended because nobody read on: 128 + SIGPIPE
INTERRUPTED = 130
# argparse's own words, of Python 3.11 to 3.14, and ours.
PHRASES = (
    (r"the following arguments are required: (.+)", "没有写{}"),
    (r"unrecognized arguments: (.+)", "不认识：{}"),
    (r"argument (\S+): expected .+", "{} 后面没有写内容"),
    (r"argument (\S+): invalid int value: '(.*)'", "{} 后面要写整数，不能是 {}"),
    (r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)", "{} 不能是 {}，只能是 {}"),
    (r"argument (\S+): must be at least (\d+)", "{} 后面的数不能小于 {}"),
    (r"argument (\S+): needs (\S+) or (\S+)", "{} 要和 {} 或者 {} 一起用"),
    (r"argument (\S+): ignored explicit argument .+", "{} 后面不写内容"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese; ``hint`` is what to do after a wrong usage. Options are not abbreviated."""

    def __init__(self, description: str, hint: str = "照用法改；加 -h 看说明") -> None:
        super().__init__(description=description, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self.hint = hint
        self._positionals.title, self._optionals.title = "要写的", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and end with status 2."""
        self.exit(2, f"{self.prog}: {in_chinese(message)}\n{self.format_usage()}怎么办：{self.hint}\n")


def in_chinese(message: str) -> str:
    """argparse's complaint in Chinese.

    >>> in_chinese("argument --sort: invalid choice: 'x' (choose from 'newest', 'oldest')")
    '--sort 不能是 x，只能是 newest、oldest'
    >>> in_chinese("argument --limit: expected one argument"), in_chinese("of another Python")
    ('--limit 后面没有写内容', '参数的写法不对')
    """
    for pattern, said in PHRASES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            *first, last = found.groups()
            choices = last.replace("'", "").replace(", ", "、") if len(first) == 2 else last
            return said.format(*first, choices)
    return "参数的写法不对"


def start(main: Callable[[], int]) -> NoReturn:
    """Run a command's ``main`` and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file name that is not UTF-8 comes as lone surrogates, which no encoding has.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            status = main()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more on its way out, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = CLOSED_PIPE
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status)
