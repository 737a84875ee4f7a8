"""Waits until something is so."""

import threading
from time import monotonic
from typing import Callable, Optional, TypeVar

from .events import EventStream
from .problems import RateLimited, ToygunError, Unavailable, WaitedTooLong
from .requests import Requests

T = TypeVar("T")
FOLLOWED = 2.0  # What changes without a move is no event.
ALONE = 0.5
LOOK = 5.0  # Who waits for a moment only still wants to know how it is.


def wait(
    requests: Requests,
    resource: Callable[[T], str],
    look: Callable[[float], T],
    so: Callable[[T], bool],
    over: Callable[[T], None],
    words: Callable[[T], str],
    timeout: float,
) -> T:
    """Looks at once, whenever the resource moves, and now and then, until it is so.

    over: raises where it never will be. words: how it is instead.
    """
    until = monotonic() + timeout
    last: Optional[T] = None
    stirring: Optional[_Stirring] = None
    try:
        while True:
            try:
                # An API that is started anew is no end of waiting.
                last = look(max(LOOK, until - monotonic()))
            except (Unavailable, RateLimited):
                pass
            else:
                if so(last):
                    return last
                over(last)
                if stirring is None:
                    stirring = _Stirring(requests, resource(last))
            left = until - monotonic()
            if left <= 0:
                told = words(last) if last is not None else "nobody knows how it is: the API is away"
                raise WaitedTooLong(f"after {timeout:g} s: {told}", last)  # type: ignore[arg-type]
            if stirring is None:
                threading.Event().wait(min(left, ALONE))
            else:
                stirring.wait(left)
    finally:
        if stirring is not None:
            stirring.close()


class _Stirring:
    """Says when it is worth looking again: once the stream is open, and at each of its events."""

    def __init__(self, requests: Requests, resource: str) -> None:
        self._requests = requests
        self._resource = resource
        self._stirred = threading.Event()
        self._followed = False
        self._closed = False
        self._stream: Optional[EventStream] = None
        threading.Thread(target=self._read, name="toygun-events", daemon=True).start()

    def _read(self) -> None:
        try:
            with EventStream(self._requests, self._resource, "", 300.0) as stream:
                self._stream, self._followed = stream, True
                self._stirred.set()
                if not self._closed:
                    for _ in stream:
                        self._stirred.set()
        except ToygunError:
            pass  # Too many streams, a proxy that allows none: it is asked instead.
        finally:
            self._followed = False

    def wait(self, left: float) -> None:
        self._stirred.wait(min(left, FOLLOWED if self._followed else ALONE))
        self._stirred.clear()

    def close(self) -> None:
        self._closed = True
        if self._stream is not None:
            self._stream.close()
