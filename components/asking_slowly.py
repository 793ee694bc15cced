"""The page on a slow engine: says which panel is being counted and for how long, and can be told to stop.

Panels are drawn from the top; those that are ready stand. A question that the reader does not wait for, because of the
Stop button or because something else was chosen, is left, see :mod:`data.engines.shared`. What fails is said in the
panel's own card. With an engine in memory none of this is there but the card.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.wording import escape
from data.engines.shared import Answering, SharedEngine
from data.errors import NewsError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from streamlit.delta_generator import DeltaGenerator

    from data.engines import Engine
    from data.engines.shared import Pending

AT_ONCE = 0.15
"""Seconds within which an answer is no cause for showing anything."""
OFTEN = 0.25
"""Seconds between two looks, at which the run ends if the reader chose something else."""
LONG = 2.0
"""Seconds of a failure after which the panels below are not asked for: they would take as long, one by one."""
_STOPPED = "counting-stopped"
"""Key of the session state: where counting was stopped, as the address has it."""


def patient(engine: Engine) -> Engine:
    """The engine for one run of the page: a slow one with words and a Stop button, another as it is."""
    if not isinstance(engine, SharedEngine):
        return engine
    if st.session_state.get(_STOPPED) != _here():
        st.session_state.pop(_STOPPED, None)  # something else was chosen
    return PatientEngine(engine, stopped=_STOPPED in st.session_state)


def is_slow(engine: Engine) -> bool:
    """Whether the reader is told what is counted, and waits."""
    return isinstance(engine, PatientEngine)


def quiet(engine: Engine) -> Engine:
    """The same engine without words: within a cached function nothing may be drawn."""
    return engine.shared if isinstance(engine, PatientEngine) else engine


def panel(engine: Engine, name: str, title: str, draw: Callable[[], None]) -> None:
    """Draws one panel; one that cannot be drawn says why in its card, and the others stand."""
    counting: AbstractContextManager[None] = nullcontext()
    if isinstance(engine, PatientEngine):
        counting = engine.counting(name, title)
    with counting:
        try:
            draw()
        except NewsError as error:
            _failed(name, title, error)


class PatientEngine(Answering):
    """Asks a slow engine for one run of the page, on the thread of that run."""

    def __init__(self, shared: SharedEngine, *, stopped: bool = False) -> None:
        """Where counting was `stopped`, only what is known already is answered."""
        self.version = shared.version
        self.shared = shared
        self._nothing_more: NewsError | None = StoppedError("Stopped before it was counted.") if stopped else None
        self._name, self._title = "", ""
        self._place: DeltaGenerator | None = None
        self._words: DeltaGenerator | None = None

    @contextmanager
    def counting(self, name: str, title: str) -> Iterator[None]:
        """What is asked meanwhile is asked for the panel of this name; words stand where it is going to."""
        self._place, self._name, self._title = st.empty(), name, title
        try:
            yield
        finally:
            place, self._place, self._words = self._place, None, None
            place.empty()

    def _answer(self, question: str, *given: Any) -> Any:
        if self._place is None:  # asked by a callback or a dialog
            return getattr(self.shared, question)(*given)
        if self._nothing_more and not self.shared.knows(question, *given):
            raise self._nothing_more
        with self.shared.asking(question, *given) as pending:
            try:
                if not pending.done.wait(AT_ONCE):
                    self._wait(pending)
                return pending.answer()
            except NewsError as error:
                if pending.seconds > LONG:
                    self._nothing_more = error
                raise

    def _wait(self, pending: Pending) -> None:
        words = self._words = self._words or self._said()
        while not pending.done.wait(OFTEN):
            if pending.seconds > self.shared.patience:
                raise self.shared.late(pending)
            words.caption(f"Counting for {escape(self._title)} · {pending.seconds:.0f} s")  # ends the run if need be

    def _said(self) -> DeltaGenerator:
        """The words that stand while a panel is counted, with the button that ends it."""
        assert self._place is not None
        with self._place.container(horizontal=True, vertical_alignment="center", key=f"counting-{self._name}"):
            words = st.empty()
            st.button("Stop", key=f"stop-{self._name}", icon=":material/stop:", on_click=_stop)
        return words


def _failed(name: str, title: str, error: NewsError) -> None:
    """The card of a panel that could not be drawn."""
    with st.container(border=True, key=f"card-failed-{name}", height="stretch"):
        st.header(title, anchor=False)
        (st.info if isinstance(error, StoppedError) else st.error)(escape(str(error)))
        st.button("Try again", key=f"again-{name}", icon=":material/refresh:", on_click=_go_on)


def _here() -> str:
    """All that the address says, as one text."""
    return repr(sorted((name, st.query_params.get_all(name)) for name in st.query_params))


def _stop() -> None:
    st.session_state[_STOPPED] = _here()


def _go_on() -> None:
    st.session_state.pop(_STOPPED, None)
