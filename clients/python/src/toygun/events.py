"""Events, as they are committed."""

import socket
import threading
from http.client import HTTPException
from time import monotonic
from types import TracebackType
from typing import Any, Dict, Iterator, NamedTuple, Optional, Type

from . import texts
from .connection import Answer, Opened
from .named import Named, uuid_path
from .problems import Problem, RateLimited, Unavailable, Unreachable
from .requests import Requests, refused, target

SILENCE = 45.0  # The API says something every 15 s.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
MOST_LINE = 16 << 20


class Event(NamedTuple):
    """One event.

    kind: "moved" (data is a toygun.shapes.Event), "alarm" (a toygun.shapes.AlarmEvent), or "reset":
    what was missed is not known any more, so read anew what you show.
    id: what to give as last_event_id to go on behind it.
    """

    kind: str
    id: str
    data: Any


class Events:
    """What happens."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def follow(
        self,
        *,
        resource: Optional[Named] = None,
        last_event_id: Optional[str] = None,
        patience: float = 300.0,
    ) -> "EventStream":
        """Follows every move, from now on or behind an event; with `resource`, those of it and its tasks.

        The stream is open when this returns: what is read after that misses nothing. One that breaks is
        opened again and goes on behind the last event, for `patience` seconds at most without an answer;
        then it raises what went wrong, as it does where the key is refused. Raises RateLimited where
        there are too many streams. Close it, or use it in a `with`.
        """
        uuid = uuid_path(resource)["uuid"] if resource is not None else None
        return EventStream(self._requests, uuid, last_event_id or "", patience)


class EventStream:
    """An iterator of events, for one thread; another may close it, which ends it."""

    def __init__(self, requests: Requests, resource: Optional[str], last: str, patience: float) -> None:
        self._requests = requests
        self._target = target("followEvents", None, {"resource": resource} if resource else {})
        self._patience = patience
        self._open: Optional[Opened] = None
        self._closed = threading.Event()
        self._first: Optional[Event] = None
        self.last_event_id = last
        try:
            self._connect()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "EventStream":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        since = monotonic()
        pause = FIRST_PAUSE
        while not self._closed.is_set():
            try:
                if self._open is None:
                    self._connect()
                first, self._first = self._first, None
                event = first or self._read()
                if event is not None:
                    return event
                since, pause = monotonic(), FIRST_PAUSE  # A sign of life.
            except (OSError, HTTPException, Unavailable, RateLimited) as e:
                self._leave()
                if self._closed.is_set():
                    break
                wait = max(pause, getattr(e, "retry_after", None) or 0)
                if monotonic() + wait - since > self._patience:
                    if isinstance(e, Problem):
                        raise
                    raise Unreachable(0, "unreachable", f"the stream of events broke: {e}") from e
                self._closed.wait(wait)
                pause = min(2 * pause, LONGEST_PAUSE)
        raise StopIteration

    def close(self) -> None:
        """Ends it. May be called by any thread, and more than once."""
        self._closed.set()
        self._leave()

    def _connect(self) -> None:
        headers = {"Accept": "text/event-stream"}
        if self.last_event_id:
            headers["Last-Event-ID"] = self.last_event_id
        connection = self._requests.connection
        opened = connection.open("GET", self._target, headers, None, connection.timeout)
        if opened.response.status >= 300:
            try:
                said = opened.response.read(1 << 20)
                raise refused(Answer(opened.response.status, opened.response.headers, said))
            finally:
                opened.close()
        opened.socket.settimeout(SILENCE)
        self._open = opened
        if self._closed.is_set():
            self._leave()
        # What comes first says where the stream is, so that it can be gone on from there.
        self._first = self._read()

    def _leave(self) -> None:
        opened, self._open = self._open, None
        if opened is None:
            return
        try:
            opened.socket.shutdown(socket.SHUT_RDWR)  # A close alone does not wake a reader.
        except OSError:
            pass  # It is gone already.
        opened.close()

    def _read(self) -> Optional[Event]:
        """The next event; None for a sign of life. Raises where the connection is over."""
        opened = self._open
        if opened is None:
            raise HTTPException("it was closed")
        said: Dict[str, str] = {}
        while True:
            line = _line(opened)
            if not line.endswith(b"\n"):
                raise HTTPException("the API has ended the stream of events")
            text = line.decode().rstrip("\r\n")
            if not text:
                break
            name, _, value = text.partition(":")
            if name:  # A line without one is a comment.
                value = value[1:] if value.startswith(" ") else value
                said[name] = said["data"] + "\n" + value if name == "data" and "data" in said else value
        self.last_event_id = said.get("id", self.last_event_id)
        if "data" not in said:
            return None
        kind = said.get("event", "message")
        return Event(kind, self.last_event_id, texts.read(said["data"].encode()))


def _line(opened: Opened) -> bytes:
    try:
        return opened.response.readline(MOST_LINE)
    except (AttributeError, ValueError) as e:  # What a response says that another thread has closed.
        raise HTTPException("it was closed") from e
