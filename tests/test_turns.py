"""Turns: one at a time, in whatever way the one before ends, and nobody waits for ever."""

from __future__ import annotations

import threading

import pytest

from components import turns


def test_one_has_the_turn_at_a_time() -> None:
    inside: list[int] = []
    most: list[int] = []

    def one() -> None:
        with turns.turn():
            inside.append(1)
            most.append(len(inside))
            threading.Event().wait(0.01)
            inside.pop()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 6


def test_a_turn_ends_with_an_error() -> None:
    with pytest.raises(KeyError), turns.turn():
        raise KeyError
    with turns.turn():
        assert not turns._FREE.acquire(blocking=False)
    assert turns._FREE.acquire(blocking=False)
    turns._FREE.release()


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.01)
    with turns.turn():
        with turns.turn():
            pass
        assert not turns._FREE.acquire(blocking=False)
