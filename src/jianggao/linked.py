"""Speech → what machines read of it: schema.org data, the words of a preview, an item of the feed.

All three tell the same record; what the record does not know is left out. Addresses of the site itself are absolute only
where the site knows its own address (``site_url``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from .listings import newest_first
from .markup import carried, web_address
from .model import Speech
from .stages.render import UNTITLED

NEWEST = 50
"""Items of the feed."""


def linked_data(speech: Speech, collection: str, address: str | None = None) -> str:
    """The speech as schema.org ``CreativeWork`` in JSON-LD, safe inside a ``<script>``; ``collection`` is the name of the site.

    >>> "</script" in linked_data(Speech("2024-1", "a.txt", "讲话</script>", ()), "讲稿")
    False
    """
    source = speech.source
    origin = {
        "@type": "WebPage",
        "name": source.site,
        "url": web_address(source.url),
        "datePublished": source.posted,
        "copyrightNotice": source.rights,
    }
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "genre": "讲话",
        "name": speech.title or UNTITLED,
        "alternativeHeadline": speech.subtitle,
        "identifier": speech.id,
        "inLanguage": "zh-Hans",
        "author": speech.speaker and {"@type": "Person", "name": speech.speaker, "jobTitle": speech.role},
        "dateCreated": speech.date,
        "recordedAt": speech.occasion and {"@type": "Event", "name": speech.occasion},
        "locationCreated": speech.place and {"@type": "Place", "name": speech.place},
        "wordCount": speech.chars,
        "creativeWorkStatus": "完整" if speech.completeness.status == "complete" else "有缺失",
        "isBasedOn": origin if source.site or source.url else None,
        "isPartOf": {"@type": "Collection", "name": collection},
        "url": address,
    }
    text = json.dumps(_known(data), ensure_ascii=False, separators=(",", ":"))
    # A script element ends at its end tag wherever that stands.
    return carried(text).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _known(data: object) -> object:
    """``data`` without what is None, at every depth."""
    if isinstance(data, dict):
        return {key: _known(value) for key, value in data.items() if value is not None}
    return data


def feed(speeches: Sequence[Speech], name: str, about: str, site: str | None = None) -> str:
    """An RSS 2.0 feed of the latest speeches by date. ``site`` is the site's address; without it links are relative, as a
    copy in a folder needs them. Speeches without a date stand last, as in every list."""
    base = f"{site.rstrip('/')}/" if site else ""
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0"><channel>',
        f"<title>{_xml(name)}</title>",
        f"<link>{_xml(base or 'index.html')}</link>",
        f"<description>{_xml(about)}</description>",
        "<language>zh-CN</language>",
        *(_item(speech, base) for speech in newest_first(speeches)[:NEWEST]),
        "</channel></rss>",
    ]
    return "\n".join(rows) + "\n"


def _item(speech: Speech, base: str) -> str:
    facts = [f"{speech.role or ''}{speech.speaker}" if speech.speaker else None, speech.occasion, f"{speech.chars}字"]
    parts = [
        f"<title>{_xml(speech.title or UNTITLED)}</title>",
        f"<link>{_xml(base)}speeches/{speech.id}.html</link>",
        f'<guid isPermaLink="false">{speech.id}</guid>',
        f"<description>{_xml('，'.join(_some(facts)))}</description>",
        *(f"<category>{_xml(kind)}</category>" for kind in _some([speech.kind])),
        *(f"<pubDate>{day}</pubDate>" for day in _some([_rfc_date(speech.date)])),
    ]
    return f"<item>{''.join(parts)}</item>"


def _some(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value]


def _rfc_date(date: str | None) -> str | None:
    """A full date as RFC 822 writes it; None for a month or a year, to which RSS knows no form.

    >>> _rfc_date("2024-03-05"), _rfc_date("2024-03")
    ('Tue, 05 Mar 2024 00:00:00 +0000', None)
    """
    if not date or len(date) < 10:
        return None
    return format_datetime(datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC))


def _xml(text: str) -> str:
    # XML 1.0 knows no control characters, escaped or not; carried() has made them visible.
    return escape(carried(text), quote=False)
