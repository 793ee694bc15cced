"""Where the program keeps what belongs to its user: apart from the program, and apart from the news it reads."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from data.errors import StoreError

VARIABLE = "NEWS_STORE"
"""The environment variable that names the folder."""
NAME = "world-news-themes"


def folder() -> Path:
    """The user's folder, as NEWS_STORE names it or where the system keeps such things; it need not exist yet.

    Without the variable: ``$XDG_DATA_HOME`` or ``~/.local/share`` on Linux, ``~/Library/Application Support`` on macOS,
    ``%LOCALAPPDATA%`` on Windows. StoreError if the system knows no home of the user.
    """
    if named := os.environ.get(VARIABLE, "").strip():
        return Path(named).absolute()
    return _base(sys.platform) / NAME


def _base(platform: str) -> Path:
    if platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local)
    # The specification of these folders has relative paths passed over.
    if platform != "darwin" and Path(data := os.environ.get("XDG_DATA_HOME", "")).is_absolute():
        return Path(data)
    try:
        home = Path.home()
    except RuntimeError as error:
        raise StoreError(f"Your home folder is not known; name a folder with {VARIABLE}.") from error
    return home / "Library" / "Application Support" if platform == "darwin" else home / ".local" / "share"
