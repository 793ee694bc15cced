"""What an addition did: its totals, a line for each source, and what was rejected as a table to take away."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components.wording import count, escape, plain
from data.errors import StoreError
from data.inert import inert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.adding import Job
    from data.store import Store
    from data.storing import Outcome, Summary


def draw(job: Job, summary: Summary, target: Store) -> None:
    """Shows what an addition did."""
    if job.undone:
        st.success("Taken back. The page shows what was there before.")
    elif summary.cancelled:
        st.warning("Cancelled. What was stored by then stays; undo takes it out.")
    st.markdown(f"**{escape(sums(summary))}**")
    if summary.outcomes:
        table = pd.DataFrame([_row(each) for each in summary.outcomes])
        table = table if summary.failed else table.drop(columns="Fault")
        st.dataframe(table, hide_index=True, width="stretch", alt="What became of each source", key="add-outcomes")
    if summary.total("rejected") and not job.undone:
        _rejected(summary, target)


def sums(summary: Summary) -> str:
    """The totals of an addition, which add up."""
    rows, stored, known, copies, rejected = (
        summary.total(name) for name in ("rows", "stored", "known", "copies", "rejected")
    )
    said = f"{count(rows, 'rows')} = {stored:,} stored + {known:,} already there + {rejected:,} rejected."
    if copies:
        said += f" {count(copies, 'copies')} of other articles among the stored."
    if failed := len(summary.failed):
        said += f" {count(failed, 'sources')} could not be read, or not to the end."
    return said


def _row(outcome: Outcome) -> Mapping[str, Any]:
    return {
        "Source": plain(outcome.name),
        "Rows": outcome.rows,
        "Stored": outcome.stored,
        "Already there": outcome.known,
        "Copies": outcome.copies,
        "Rejected": outcome.rejected,
        "Fault": plain(outcome.fault),
    }


def _rejected(summary: Summary, target: Store) -> None:
    try:
        rejects = target.rejects(summary.run)
        earlier = summary.total("rejected") - len(rejects)
        if earlier > 0:
            st.caption(f"{count(earlier, 'rejects')} of these were listed with an earlier addition already.")
            rejects = rejects if len(rejects) else target.rejects()
    except StoreError as error:
        st.error(escape(str(error)))
        return
    st.download_button(
        f"Download {count(len(rejects), 'rejects')} (CSV)",
        rejects_csv(rejects),
        "rejects.csv",
        "text/csv",
        key="add-rejects",
        on_click="ignore",
    )


def rejects_csv(rejects: pd.DataFrame) -> bytes:
    """The rejects as a table that a spreadsheet can open without running anything in it."""
    columns = ("file", "row", "reason", "raw")
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(columns)
    out.writerows([inert(value) for value in row] for row in zip(*(rejects[name] for name in columns), strict=True))
    return text.getvalue().encode("utf-8", "replace")
