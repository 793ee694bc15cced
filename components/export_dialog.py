"""The export dialog: what and in which formats, how far it is, and the files to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import exporting
from components.exports import FORMATS, Options
from components.report import keeping
from components.report.building import usual
from components.wording import count, escape

if TYPE_CHECKING:
    from components.asking import Ask
    from components.exporting import Job

_OPEN, _JOB = "export-open", "export-job"
OFTEN = 0.4
"""Seconds between two looks at how far an export is."""
LARGEST_TEMPLATE = 30
"""Megabytes."""


def button() -> None:
    """The button in the header."""
    st.button("Export", key="export", icon=":material/download:", on_click=_open)


def _open() -> None:
    st.session_state[_OPEN] = True


def ask_for(what: str) -> None:
    """Opens the dialog at the next run, with "findings" or "view" chosen."""
    st.session_state["export-what"] = what
    _open()


def draw(ask: Ask) -> None:
    """Opens the dialog if it is to be open."""
    if st.session_state.get(_OPEN):
        _dialog(ask)


def _close() -> None:
    st.session_state[_OPEN] = False
    job: Job | None = st.session_state.pop(_JOB, None)
    if job:
        job.stop()


@st.dialog("Export", width="large", on_dismiss=_close)
def _dialog(ask: Ask) -> None:
    job: Job | None = st.session_state.get(_JOB)
    if job is None:
        _choices(ask)
    elif job.done.is_set():
        _files(job)
    else:
        _progress(job)


def _choices(ask: Ask) -> None:
    pinned = keeping.current()
    what = {"view": "This view, a page for every panel"}
    if pinned:
        what = {"findings": f"My findings ({len(pinned.findings):,})"} | what
    else:
        st.caption("Pin panels (More, then Pin as a finding) to export only those, with sentences of your own.")
    chosen = st.radio("What", list(what), format_func=what.__getitem__, key="export-what", horizontal=True)
    formats = st.pills(
        "As",
        list(FORMATS),
        selection_mode="multi",
        default=["pptx"],
        format_func=lambda key: FORMATS[key].label,
        key="export-formats",
    )
    st.caption(
        " · ".join(f"{FORMATS[key].label}: {FORMATS[key].about.lower()}" for key in formats) or "Choose a format."
    )
    template = None
    if "pptx" in formats:
        template = st.file_uploader(
            "Your own PowerPoint file as a template (optional)",
            type=["pptx", "potx"],
            key="export-template",
            max_upload_size=LARGEST_TEMPLATE,
        )
    if st.button("Make the files", key="export-make", type="primary", disabled=not formats):
        report = pinned if chosen == "findings" else (lambda: usual(ask))
        options = Options(template=template.getvalue() if template else b"")
        st.session_state[_JOB] = exporting.start(report, ask, tuple(formats), options)
        st.rerun(scope="fragment")


@st.fragment(run_every=OFTEN)
def _progress(job: Job) -> None:
    if job.done.is_set():
        st.rerun()
    st.progress(job.share, text=escape(job.words))
    if st.button("Stop", key="export-stop"):
        job.stop()


def _files(job: Job) -> None:
    for key, reason in job.failed.items():
        st.error(f"{FORMATS[key].label}: {escape(reason)}")
    if job.stopped:
        st.info("Stopped. Files that were ready are below." if job.files else "Stopped.")
    for key, (name, content) in job.files.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                f"Save {FORMATS[key].label}",
                content,
                file_name=name,
                mime=FORMATS[key].mime,
                key=f"export-file-{key}",
                icon=":material/download:",
                on_click="ignore",
            )
            st.caption(f"{escape(name)} · {_size(len(content))}")
    if st.button("Other formats", key="export-again"):
        st.session_state.pop(_JOB)
        st.rerun(scope="fragment")


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else count(max(round(size / 1e3), 1), "kBs").replace("kBs", "kB")
