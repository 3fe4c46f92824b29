"""A page that a browser saved as one file (.mht) → the HTML in it and its address."""

from __future__ import annotations

import email
import email.policy

from jianggao.model import Fact


def read(raw: bytes) -> tuple[bytes, tuple[Fact, ...]]:
    """The bytes of the first HTML part, empty where there is none, and the address that the file says it was saved from."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            said = str(part["Content-Location"] or message["Snapshot-Content-Location"] or "").strip()
            facts = (Fact("url", said, None, "mht/location"),) if said.startswith(("http://", "https://")) else ()
            return (payload if isinstance(payload, bytes) else b""), facts
    return b"", ()
