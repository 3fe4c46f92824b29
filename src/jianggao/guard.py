"""What keeps speech from the noise rules: is a line said to an audience, or written by a site for its readers?

The words are data, in rules/guard.toml. Every rule that removes whole lines asks here first.
"""

from __future__ import annotations

import re

from .rulebook import Rulebook

QUOTED = re.compile("“[^”]{0,200}”")


def spoken(book: Rulebook, text: str) -> bool:
    """Whether somebody says ``text`` to an audience, so that no rule may remove it whole: it calls the audience, or it is
    a sentence or names the audience and bears no sign of a site. What it quotes in “” is no such sign.
    Better a notice too many than a sentence too few."""

    def says(form: str, words: str = text) -> bool:
        return bool(book.forms[f"guard-{form}"].pattern.search(words))

    if says("opening"):
        return True
    if says("copied"):
        return False
    if says("spoken"):
        return True
    return (says("sentence") or says("audience")) and not says("site", QUOTED.sub("", text))
