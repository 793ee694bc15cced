"""The reader's findings: kept in the address, or in the session where they have grown too long for a link."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from components import address
from components.report.building import finding_of
from components.report.findings import Report
from components.report.links import LONGEST, pack, unpack
from data.errors import ReportError

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Content
    from components.state import State

IN_SESSION = "-"
"""Stands in the address for findings that are too long for it."""
_KEY = "findings-kept"


def current() -> Report:
    """The findings as the address or the session has them; none where a link is broken, see :func:`broken`."""
    try:
        return read(address.read())
    except ReportError:
        return Report()


def read(state: State) -> Report:
    """The findings of a state; ReportError if they cannot be read or are not here."""
    if state.report != IN_SESSION:
        return unpack(state.report)
    if _KEY not in st.session_state:
        raise ReportError("The findings of this link were too many to stand in it: open the file they were saved in.")
    report: Report = st.session_state[_KEY]
    return report


def broken() -> str:
    """Why the findings of the address cannot be shown; empty if they can."""
    try:
        read(address.read())
    except ReportError as error:
        return str(error)
    return ""


def keep(report: Report) -> None:
    """Puts the findings into the address, or into the session where the address would get too long."""
    st.session_state[_KEY] = report
    state = address.read()
    inside = state.with_report(pack(report))
    fits = len(urlencode(inside.to_query(), doseq=True)) <= LONGEST
    address.write(inside if fits else state.with_report(IN_SESSION))


def fits() -> bool:
    """Whether a link holds all findings."""
    return address.read().report != IN_SESSION


def pin(ask: Ask, content: Content) -> None:
    """Adds a panel, as it is shown now, to the findings."""
    report = current()
    try:
        keep(report.add(finding_of(ask, content)))
    except ReportError as error:
        st.toast(str(error), icon=":material/error:")
    else:
        st.toast(f"Pinned as finding {len(report.findings) + 1}.", icon=":material/push_pin:")
