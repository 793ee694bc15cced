"""XML, read piece by piece and with every power to do harm switched off: no entities, no network, no huge trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.sources.files.members import Member

MAX_XML = 200 << 20
"""Bytes of an XML file."""


def elements(member: Member, names: tuple[str, ...], limit: int = MAX_XML) -> Iterator[Any]:
    """Each element with one of the local `names`, whole, and emptied once the next is asked for.

    Elements inside one another are given the outer one first, as part of which the inner ones count. A document that is
    damaged gives what stands before the damage, then SourceError.
    """
    from lxml import etree

    with member.open() as stream:
        parser = etree.iterparse(
            _Limited(stream, limit),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        outer = None
        try:
            for event, element in parser:
                if name_of(element) not in names:
                    continue
                if event == "start":
                    outer = element if outer is None else outer
                elif element is outer:
                    yield element
                    outer = None
                    _forget(element)
        except etree.XMLSyntaxError as error:
            raise SourceError(f"an XML file that is damaged ({str(error)[:150]})") from error


def _forget(element: Any) -> None:
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def name_of(element: Any) -> str:
    """The local name of an element; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Any) -> str:
    """All text within an element."""
    return "".join(element.itertext()) if element is not None else ""


def child(element: Any, *names: str) -> Any:
    """The first descendant of each of `names` in turn, by local names; None where one lacks."""
    for name in names:
        element = None if element is None else next((part for part in element.iter() if name_of(part) == name), None)
    return element


def children(element: Any, name: str) -> list[Any]:
    """All descendants with a local name."""
    return [] if element is None else [part for part in element.iter() if name_of(part) == name]


class _Limited:
    """At most so many bytes of a stream."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream = stream
        self._left = limit

    def read(self, size: int = -1) -> bytes:
        if self._left <= 0:
            raise SourceError("an XML file that is too large. Split it")
        data: bytes = self._stream.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(data)
        return data
