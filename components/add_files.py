"""Add news, files: what was uploaded, what it is taken for and why, and what its columns are where that is not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components import adding, ways
from components.wording import count, escape, plain
from data.errors import SourceError, StoreError
from data.sources.files import choices
from data.sources.looking import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from data.sources.files.preview import Described, Preview
    from data.sources.looking import Looked
    from data.store import Store

UPLOAD = "add-files"
_FOLDER, _KEPT, _LOOKED, _ROUND = "add-files-folder", "add-files-kept", "add-files-looked", "add-files-round"
MOST_TABLES = 5
"""Tables of which the first rows are shown."""
_LABELS = {
    "title": "Title",
    "text": "Text",
    "summary": "Summary",
    "published": "Published",
    "publisher": "Publisher",
    "url": "Address",
    "language": "Language",
    "publisher_country": "Publisher's country",
}
_BOXES = (*_LABELS, "order")
_NONE = ""
_ORDERS = {_NONE: "as the file tells", "day": "day first: 31/12/2025", "month": "month first: 12/31/2025"}
_ENCODINGS = (_NONE, "utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "gb18030", "big5", "shift_jis", "euc-kr")


def tab(target: Store, start: Callable[..., bool]) -> None:
    """The tab; `start` begins an addition."""
    uploaded = st.file_uploader(
        "Files",
        accept_multiple_files=True,
        key=f"{UPLOAD}-{st.session_state.get(_ROUND, 0)}",
        help="Recognised by what is in them, not by their names. Larger ones are added with `python -m data add FILE`.",
    )
    if not uploaded:
        discard()
        st.caption(
            "CSV, JSON, JSON Lines, Parquet, saved feeds, exports of news services, GDELT's GKG, WARC, Word and HTML, "
            "also in ZIP or GZIP."
        )
        return
    try:
        kept = _keep(uploaded, target)
    except StoreError as error:
        st.error(escape(str(error)))
        return
    asked: dict[str, Preview] = {}
    for number, (name, path) in enumerate(kept.values()):
        _file(number, name, path, asked)
    st.button(
        f"Add {count(len(kept), 'files')}",
        key="add-files-start",
        type="primary",
        on_click=_begin,
        args=(list(kept.values()), asked, target, start),
    )


def _keep(uploaded: Iterable[Any], target: Store) -> dict[str, tuple[str, Path]]:
    """The uploads as files: their names and where they lie, by upload; those that were taken back are removed."""
    kept: dict[str, tuple[str, Path]] = st.session_state.setdefault(_KEPT, {})
    present = {upload.file_id: upload for upload in uploaded}
    for gone in kept.keys() - present.keys():
        adding.remove(kept.pop(gone)[1].parent)
    for upload in present.values():
        if upload.file_id in kept:
            continue
        if _FOLDER not in st.session_state:
            st.session_state[_FOLDER] = adding.folder(target)
        place = st.session_state[_FOLDER] / str(st.session_state.setdefault("add-files-count", 0))
        st.session_state["add-files-count"] += 1
        try:
            place.mkdir(parents=True)
            path = place / ways.safe(upload.name)
            path.write_bytes(upload.getbuffer())
        except OSError as error:
            raise StoreError(f"{upload.name} could not be kept ({error.strerror}).") from error
        kept[upload.file_id] = (upload.name, path)
    return kept


def discard() -> None:
    """Removes what was uploaded and not added."""
    for key in (_KEPT, _LOOKED):
        st.session_state.pop(key, None)
    if folder := st.session_state.pop(_FOLDER, None):
        adding.remove(folder)


def _begin(
    files: list[tuple[str, Path]], asked: Mapping[str, Preview], target: Store, start: Callable[..., bool]
) -> None:
    folder = st.session_state[_FOLDER]
    try:
        for signature, table in asked.items():
            if (choice := _chosen(table)) != choices.Choice():
                choices.remember(signature, choice)
    except StoreError as error:
        st.session_state["add-told"] = str(error)
        return
    work = ways.files(files, target)
    if start(f"Adding {count(len(files), 'files')}", work, lambda: adding.remove(folder)):
        for key in (_FOLDER, _KEPT, _LOOKED):
            st.session_state.pop(key, None)
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty uploader next time


# ---------------------------------------------------------------------------------------------------------- one file


def _file(number: int, name: str, path: Path, asked: dict[str, Preview]) -> None:
    with st.container(border=True, key=f"add-file-{number}"):
        found = _looked(path, _NONE)
        if isinstance(found, str):
            st.markdown(f"**{escape(name)}**")
            st.warning(escape(found))
            return
        for described in found.files[:MOST_TABLES]:
            st.markdown(heading(name, described))
            st.caption(escape(described.why))
        if len(found.files) > MOST_TABLES:
            st.caption(f"and {count(len(found.files) - MOST_TABLES, 'files')} more.")
        for table in found.tables[:MOST_TABLES]:
            _table(path, table, asked)


def heading(name: str, described: Described) -> str:
    """What a file is, as Markdown: its name, and in an archive that of the member."""
    member = described.file.rpartition("/")[2]
    inner = "" if member == ways.safe(name) or not member else f" › {escape(described.file)}"
    what = escape(described.label) if described.label else ":orange[cannot be read]"
    return f"**{escape(name)}**{inner} · {what}"


def _looked(path: Path, encoding: str) -> Looked | str:
    """What a file is, or why that cannot be told; found out once."""
    known: dict[tuple[str, str], Looked | str] = st.session_state.setdefault(_LOOKED, {})
    key = (str(path), encoding)
    if key not in known:
        try:
            with st.spinner("Looking at the file"):
                known[key] = look(str(path), encoding)
        except SourceError as error:
            known[key] = str(error)
    return known[key]


def asks(table: Preview) -> bool:
    """Whether the user has to say, or may want to say, what the columns are."""
    return not table.certain or table.ambiguous_dates or bool(table.fault)


def _table(path: Path, table: Preview, asked: dict[str, Preview]) -> None:
    if not asks(table):
        _rows(table)
        return
    st.warning(escape(table.fault) if table.fault else doubt(table))
    encoding = st.selectbox(
        "Encoding",
        _ENCODINGS,
        key=f"add-encoding-{table.signature}-{path.parent.name}",
        format_func=lambda name: name or f"recognised: {plain(table.encoding)}",
    )
    again = _looked(path, encoding) if encoding else None
    if again is not None and not isinstance(again, str):
        table = next((each for each in again.tables if each.file == table.file), table)
    _rows(table)
    if table.signature in asked:
        st.caption("Its columns are those of a file above.")
        return
    asked[table.signature] = table
    st.session_state[f"add-encoding-{table.signature}"] = encoding
    _columns(table)


def doubt(table: Preview) -> str:
    """What is not sure about a table."""
    if table.certain:
        return "Its dates can be read in two ways: say which comes first, the day or the month."
    return "The names of its columns do not say what they hold. What is chosen below is remembered for such files."


def _rows(table: Preview) -> None:
    shown = pd.DataFrame([[plain(cell) for cell in row] for row in table.rows], columns=_unique(table.columns))
    st.dataframe(shown, hide_index=True, width="stretch", alt="The first rows")


def _unique(names: Iterable[str]) -> list[str]:
    """Names as they are shown, none of them twice."""
    shown: list[str] = []
    for number, name in enumerate(names, 1):
        words = plain(name) or "column"
        shown.append(words if words not in shown else f"{words} ({number})")
    return shown


def _columns(table: Preview) -> None:
    options = [_NONE, *table.columns]
    for first in range(0, len(_BOXES), 3):
        for side, name in zip(st.columns(3), _BOXES[first : first + 3], strict=True):
            if name == "order":
                side.selectbox("Dates", _ORDERS, key=_key(table, name), format_func=_ORDERS.__getitem__)
                continue
            found = table.mapping.get(name, _NONE)
            side.selectbox(
                _LABELS[name],
                options,
                index=options.index(found) if found in options else 0,
                key=_key(table, name),
                format_func=lambda column: plain(column) or "none",
            )


def _key(table: Preview, field: str) -> str:
    return f"add-column-{table.signature}-{field}"


def _chosen(table: Preview) -> choices.Choice:
    values = {field: st.session_state.get(_key(table, field), _NONE) for field in _BOXES}
    return chosen(values, st.session_state.get(f"add-encoding-{table.signature}", _NONE))


def chosen(values: Mapping[str, str], encoding: str = "") -> choices.Choice:
    """What the boxes say, as it is remembered."""
    columns = {field: values[field] for field in _LABELS if values.get(field)}
    order = values.get("order", _NONE)
    return choices.Choice(columns, order == "day" if order else None, encoding)
