"""What the web server does besides the page: serves the map's shapes and says what a browser may load."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plotly
import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from components import layouts, memory, opening
from components.frontend.shell import LIBRARY_PATH, SHAPES_FILE, SHAPES_PATH, shell
from components.shapes import FILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "worker-src 'self' blob:",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
"""The browser itself refuses whatever is not from this server, should anything ever ask for it."""

_LOG = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds that the server waits for the articles before it takes visitors."""

HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class _Headers:
    """Adds the headers to every answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                raw = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *raw]}
            await send(message)

        if scope["type"] == "websocket":
            _at_once(receive)
        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def _at_once(receive: object) -> None:
    """Has the system send each message of a websocket when it is written.

    Else it holds back the small ones of a page (Nagle's algorithm) until the browser has confirmed those before, which
    takes 40 ms. Streamlit's server makes its socket in a way that asyncio does not see that it is one of TCP. The
    connection stands behind `receive` in uvicorn; where it does not, nothing is done.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    connection = transport.get_extra_info("socket") if transport else None
    if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


async def _page(_request: Any) -> Response:
    return HTMLResponse(shell(), headers={"cache-control": "no-cache"})


async def _library(_request: Any) -> Response:
    file = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return FileResponse(file, media_type="text/javascript", headers={"cache-control": "public, max-age=31536000"})


async def _shapes(_request: Any) -> Response:
    return FileResponse(FILE, media_type="application/json", headers={"cache-control": "public, max-age=86400"})


def routes() -> list[BaseRoute]:
    """The page, plotly.js, and the map's shapes under the name that it asks for."""
    return [Route("/", _page), Route(LIBRARY_PATH, _library), Route(f"{SHAPES_PATH}{SHAPES_FILE}", _shapes)]


def middleware() -> list[Middleware]:
    """The layer that adds the headers."""
    return [Middleware(_Headers)]


def on_fault(fault: Exception) -> bool:
    """Says in a sentence that something went wrong; the traceback goes to the log only."""
    _LOG.error("The page could not be drawn", exc_info=fault)
    st.error("Something went wrong while drawing this page; the server log says what. Clear the filters or reload.")
    return True


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Reads before the first visitor comes: a small set is ready when the server is up, a large one shows progress."""
    memory.be_sparing()
    layouts.start()
    started = opening.begin()
    await asyncio.to_thread(started.done.wait, PATIENCE)
    try:
        yield
    finally:
        layouts.stop()
