"""From bytes to lines of text: which encoding a file is in, and its lines one at a time."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.sources.files.members import Member

SAMPLE = 1 << 16
"""Bytes that a file is recognised by."""
SEARCHED = 64 << 20
"""Bytes searched for the first letter beyond ASCII, which alone tells the encoding."""
MAX_LINE = 64 << 20
"""Characters of a line; of a longer one the rest is skipped."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings that browsers know (WHATWG Encoding), the most common first.
_WEB = tuple(
    """cp1252 cp1250 cp1251 gb18030 cp932 cp949 big5 cp1256 cp1254 cp1253 cp1255 cp1257 cp874 euc_jp koi8_r
    iso8859_2""".split()  # noqa: SIM905  # one a line would hide the order
)


class Line(NamedTuple):
    """One line without its end; `cut` where it was longer than MAX_LINE."""

    number: int
    text: str
    cut: bool = False


def encoding_of(member: Member) -> str:
    """The encoding that `member` is said to be in, or most likely is: by its mark, as valid UTF-8, or detected."""
    if member.encoding:
        return member.encoding
    with member.open() as stream:
        sample = stream.read(SAMPLE)
        marked = next((name for mark, name in _MARKS if sample.startswith(mark)), "") or _unmarked_utf16(sample)
        searched = len(sample)
        while not marked and sample.isascii() and searched < SEARCHED and (further := stream.read(SAMPLE)):
            sample, searched = further, searched + len(further)
    return marked or ("utf-8" if _is_utf8(sample) else _detected(sample))


def decode(sample: bytes, encoding: str) -> str:
    """The text of a sample that may end, or start, inside a letter."""
    return sample.decode(encoding, "replace").strip("\ufffd")


def lines(member: Member, encoding: str) -> Iterator[Line]:
    """The lines of `member`, numbered from 1. Only \\n ends a line, or \\r in a file that has no \\n at its start."""
    with member.open() as stream:
        end = _line_end(decode(stream.peek(SAMPLE)[:SAMPLE], encoding))
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline=end)
        number = 0
        while line := text.readline(MAX_LINE):
            number += 1
            cut = len(line) >= MAX_LINE and not line.endswith(end)
            if cut:
                while (rest := text.readline(MAX_LINE)) and not rest.endswith(end):
                    pass
            yield Line(
                number, line.removesuffix(end).removesuffix("\r") if end == "\n" else line.removesuffix(end), cut
            )


def _line_end(sample: str) -> str:
    return "\r" if "\r" in sample[:-1] and "\n" not in sample else "\n"


def _is_utf8(sample: bytes) -> bool:
    """Whether nine in ten letters beyond ASCII are valid UTF-8: a few broken ones do not make it another encoding."""
    text = sample.decode("utf-8", "replace")
    if len(sample) >= SAMPLE:  # cut inside a letter, perhaps
        text = text.strip("\ufffd")
    bad = text.count("\ufffd")
    return bad == 0 or bad * 10 <= sum(1 for char in text if char > "\x7f") - bad


def _unmarked_utf16(sample: bytes) -> str:
    """UTF-16 without a mark: in most scripts every other byte is zero often enough."""
    half = len(sample) // 2
    if half < 4:
        return ""
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else ""


def _detected(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(sample, cp_isolation=list(_WEB)))
    if not matches:
        return _WEB[0]
    # Letters that several encodings share leave a tie, which the most common one wins.
    tied = [match for match in matches if (match.chaos, match.coherence) == (matches[0].chaos, matches[0].coherence)]
    return min((match.encoding for match in tied), key=_WEB.index)
