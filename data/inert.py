"""Text for tables that are opened in a spreadsheet, which would run a cell as a formula if it begins like one."""

from __future__ import annotations

_BEGIN = ("=", "+", "-", "@")
_ALWAYS = ("\t", "\r")


def inert(value: object) -> object:
    """The value of a cell: numbers as they are, text that begins like a formula with an apostrophe before it.

    Source: OWASP, "CSV Injection". What cannot be written as UTF-8 is replaced, NUL is left out.
    """
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    text = str(value).encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    formula = text.startswith(_ALWAYS) or text.lstrip().startswith(_BEGIN)
    return f"'{text}" if formula else text
