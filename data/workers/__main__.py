"""One process of a crew: reads a task and then batches from standard input, and answers each on standard output."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from data.errors import NewsError

if TYPE_CHECKING:
    from typing import BinaryIO


def main() -> None:
    """Serves until standard input ends, as it does when the program ends that started this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the program decides what it means
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not come between the answers
    with suppress(EOFError, BrokenPipeError), replies:
        serve(sys.stdin.buffer, replies)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answers every batch until EOFError; a NewsError is an answer, anything else ends the process with a traceback."""
    task = pickle.load(requests)
    first = True
    while True:
        batch = pickle.load(requests)
        try:
            answer = task(batch)
        except NewsError as error:
            answer = error
        pickle.dump(answer, replies, pickle.HIGHEST_PROTOCOL)
        replies.flush()
        if first:  # the tables are loaded by now; they stay, so that looking for garbage among them is in vain
            gc.collect()
            gc.freeze()
            first = False


if __name__ == "__main__":
    main()
