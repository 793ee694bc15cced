"""A report within an address: packed small, so that one link restores everything."""

from __future__ import annotations

import base64
import json
import zlib

from components.report.findings import Finding, Report, query_of
from data.errors import ReportError

LONGEST = 1_900
"""Characters that the whole query of an address may have; longer links break in mail and chat programs."""
_UNPACKED = 200_000
"""Bytes that a packed report may unfold to: more was not made by us."""


def pack(report: Report) -> str:
    """The report as characters that need no escaping in an address; empty for an empty one."""
    if not report:
        return ""
    rows = [_row(f) for f in report.findings]
    text = json.dumps([report.title, report.version, rows], ensure_ascii=False, separators=(",", ":"))
    packer = zlib.compressobj(9, wbits=-15, zdict=_USUAL)
    packed = packer.compress(text.encode("utf-8", "replace")) + packer.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


_USUAL = (
    b'","published_in":["language":["subtopic":["keyword":["country":["topic":["region":["Europe"Asia"Africa"Americas"'
    b'"unit":["stories"publishers"numbers":["shares"]"from":["2026-"to":["2025-compare-words"compare-map"compare-topics"'
    b'"compare-timeline"top-stories"region-topic"emerging"timeline"brief"cloud"topics",{}," leads with % of articles '
)
"""What most reports hold: it makes packed ones shorter. To change it is to break all links."""


def _row(finding: Finding) -> list[object]:
    told = "" if finding.sentence == finding.suggested else finding.sentence
    row: list[object] = [
        finding.panel,
        finding.parameters(),
        finding.suggested,
        finding.figures,
        finding.said,
        told,
        finding.note,
    ]
    while len(row) > 3 and not row[-1]:
        row.pop()
    return row


def unpack(packed: str) -> Report:
    """The report of an address; ReportError if it is none."""
    if not packed:
        return Report()
    try:
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        text = zlib.decompressobj(wbits=-15, zdict=_USUAL).decompress(raw, _UNPACKED)
        title, version, rows = json.loads(text)
        return Report(tuple(map(_finding, rows)), str(title), str(version))
    except (ValueError, zlib.error, TypeError, AttributeError, RecursionError):
        raise ReportError("The findings of this link cannot be read: part of it may be missing.") from None


def _finding(row: list[object]) -> Finding:
    panel, query, suggested, figures, said, told, note = row + [""] * (7 - len(row))
    if not isinstance(query, dict):
        raise TypeError("a finding's query is a table")
    values = {str(name): [str(value) for value in several] for name, several in query.items()}
    sentence = str(told) or str(suggested)
    return Finding(str(panel), query_of(values), sentence, str(suggested), str(note), str(figures), str(said))
