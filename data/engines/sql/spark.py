"""Apache Spark: on this machine (``local[2]``), on a cluster (``spark://…``), or behind Spark Connect (``sc://…``).

The workers read the store's files themselves: its folder has to be found under the same name on all of them.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import uuid
import warnings
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import ibis
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from data.engines.sql.reaching import reach
from data.engines.stopping import stoppable
from data.errors import StoreError
from data.store import first_line
from data.store.schema import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa

_FAULTS = (PySparkException, Py4JError, OSError)
_NEAR = re.compile(r"local|spark://(127\.|localhost)")
"""Masters for which this machine is found at 127.0.0.1."""
_PARTITIONS = 4
"""Of a shuffle, where the machine is near; Spark's 200 suit large clusters, which keep the setting they have."""
_RETRIES = 4
"""Of a call to a server of Spark Connect that is gone: about four seconds, where Spark itself takes ten minutes."""
_CANCELS = 120
"""How often a question is told to end, every half second."""
_WATCH = 5.0
"""Seconds between looks at whether a cluster is still there while it is asked something."""
_TRIES = 4
"""Of a task before it counts as failed, Spark's own default on a cluster."""
_KINDS = {
    "string": "STRING",
    "list<item: string>": "ARRAY<STRING>",
    "list<element: string>": "ARRAY<STRING>",
    "timestamp[us, tz=UTC]": "TIMESTAMP",
    "bool": "BOOLEAN",
    "float": "FLOAT",
    "int64": "BIGINT",
}
"""Types of the store's columns in SQL."""


class Spark:
    """A session of Spark, begun when first asked, and anew after it was lost."""

    dialect = "pyspark"

    def __init__(self, where: str) -> None:
        self._where = where
        self.epoch = 0
        self._lock = threading.Lock()
        self._session: Any = None
        self._kept: dict[str, Any] = {}
        with quiet():
            ibis.load_backend("pyspark")

    def read(self, name: str, files: Sequence[str]) -> None:
        """See :class:`data.engines.sql.platforms.Platform`."""
        if not files:
            self.give(name, ARTICLES.empty_table())
            return

        def act(session: Any) -> None:
            session.read.schema(columns(ARTICLES)).parquet(*map(_address, files)).createOrReplaceTempView(name)

        self._asked(act)

    def give(self, name: str, table: pa.Table) -> None:
        """See :class:`data.engines.sql.platforms.Platform`."""
        self._asked(lambda session: session.createDataFrame(table).createOrReplaceTempView(name))

    def keep(self, name: str, query: str) -> None:
        """See :class:`data.engines.sql.platforms.Platform`."""

        def act(session: Any) -> None:
            frame = session.sql(query).persist()
            frame.count()  # makes it now: a fault is to show here, and the first question not to wait
            frame.createOrReplaceTempView(name)
            self._kept[name] = frame

        self._asked(act)

    def fetch(self, query: str) -> pa.Table:
        """See :class:`data.engines.sql.platforms.Platform`."""
        return self._asked(lambda session: session.sql(query).toArrow())

    def drop(self, name: str) -> None:
        """See :class:`data.engines.sql.platforms.Platform`."""
        with suppress(*_FAULTS):
            if (frame := self._kept.pop(name, None)) is not None:
                frame.unpersist()
            if self._session is not None:
                self._session.catalog.dropTempView(name)

    def run(self, act: Callable[[Any], Any]) -> Any:
        """What `act` makes of the session; StoreError where Spark fails."""
        return self._asked(act)

    def stop_work(self) -> None:
        """Gives up all that is under way."""
        with suppress(*_FAULTS):
            if self._session is not None:
                self._session.interruptAll()

    def close(self) -> None:
        """Ends the session."""
        with self._lock, suppress(*_FAULTS):
            session, self._session = self._session, None
            self.epoch += 1
            self._kept.clear()
            if session is not None:
                session.stop()

    def _asked(self, act: Callable[[Any], Any]) -> Any:
        try:
            session = self._begun()
            with _stoppable(session, self._where, partial(self._is_lost, session)):
                return act(session)
        except _FAULTS as error:
            if not self._answers():
                self.close()
            raise StoreError(
                f"Spark at {self._where} gave no answer ({first_line(error)}). Try again when it is up, or open the "
                "page without --engine."
            ) from error

    def _begun(self) -> Any:
        with self._lock:
            if self._session is None:
                with quiet():
                    self._session = _session(self._where)
            return self._session

    def _answers(self) -> bool:
        """Whether the session is alive: what failed may have been the question."""
        try:
            session = self._session
            return session is not None and self._has_workers(session) and bool(session.sql("SELECT 1").collect())
        except _FAULTS:
            return False

    def _is_lost(self, session: Any) -> bool:
        """Whether a cluster is gone: Spark itself would wait for it for minutes. Workers can end without a master."""
        try:
            reach(self._where)
        except StoreError:
            return not self._has_workers(session)
        return False

    def _has_workers(self, session: Any) -> bool:
        """Whether any is left on a cluster: a master that was started anew sends none to the sessions before it."""
        if not self._where.startswith("spark://"):
            return True
        there = session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
        return len(there) > 1  # one of them is this process


@contextmanager
def _stoppable(session: Any, where: str, lost: Callable[[], bool]) -> Iterator[None]:
    """What is asked of the session meanwhile ends when nobody wants to know any more, or who is asked is lost."""
    tag, over = f"news-{uuid.uuid4().hex}", threading.Event()
    add, remove, cancel = _tagging(session, where)

    def end() -> None:
        with suppress(*_FAULTS):
            for _ in range(_CANCELS):  # it may not have begun when this is first asked
                cancel(tag)
                if over.wait(0.5):
                    return

    with stoppable(end) as can_be:
        if not can_be:
            yield
            return

        def watch() -> None:
            with suppress(*_FAULTS):
                while not over.wait(_WATCH):
                    if lost():
                        end()

        add(tag)
        threading.Thread(target=watch, name="watching", daemon=True).start()
        try:
            yield
        finally:
            over.set()
            with suppress(*_FAULTS):
                remove(tag)


def _tagging(session: Any, where: str) -> tuple[Callable[[str], Any], Callable[[str], Any], Callable[[str], Any]]:
    """Adds a tag to what this thread asks, removes it, cancels all that has it.

    A session in this process knows its own tags only on the thread that added them.
    """
    if where.startswith("sc://"):
        return session.addTag, session.removeTag, session.interruptTag
    context = session.sparkContext
    return context.addJobTag, context.removeJobTag, context.cancelJobsWithTag


@contextmanager
def quiet() -> Iterator[None]:
    """Without Spark's warning of pandas 3: what is used here of its functions over pandas is tested with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def columns(schema: pa.Schema) -> str:
    """The columns of a table as SQL declares them."""
    return ", ".join(f"`{field.name}` {_KINDS[str(field.type)]}" for field in schema)


def _session(where: str) -> Any:
    from pyspark.sql import SparkSession

    reach(where)
    logging.getLogger("SQLQueryContextLogger").disabled = True  # repeats what fails with a page of Java
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # for workers on this machine
    builder = SparkSession.builder.appName("World News Themes")
    if where.startswith("sc://"):
        from pyspark.sql.connect.client.retries import DefaultPolicy

        session = builder.remote(where).getOrCreate()
        session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
    else:
        settings: dict[str, bool | float | int | str | None] = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.executorEnv.PYTHONWARNINGS": "ignore::FutureWarning",
        }
        if _NEAR.match(where):
            settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
            settings |= {"spark.sql.shuffle.partitions": str(_PARTITIONS)}
        session = builder.master(_patient(where)).config(map=settings).getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    session.conf.set("spark.sql.session.timeZone", "UTC")
    session.conf.set("spark.sql.variable.substitute", "false")  # or "${x}" in a search would be a name of Spark's
    return session


def _patient(master: str) -> str:
    """On this machine a task is tried again, too, when its process was lost: Spark does so elsewhere only."""
    return re.sub(r"^local\[([^],]+)\]$", rf"local[\1,{_TRIES}]", master) if master != "local" else f"local[1,{_TRIES}]"


def _address(file: str) -> str:
    """A path in which no sign stands for others."""
    return "file:" + re.sub(r"([\\{}\[\]*?])", r"\\\1", file)
