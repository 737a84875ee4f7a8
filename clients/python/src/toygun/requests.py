"""One operation of the contract: its request, its tries, its answer."""

import random
import uuid
from datetime import datetime
from time import monotonic, sleep
from typing import Any, Dict, Iterator, Mapping, Optional
from urllib.parse import quote, urlencode

from . import texts
from .connection import Answer, Connection
from .contract import OPERATIONS
from .problems import Problem, RateLimited, Unavailable, Unreachable, problem

# In a body, what is to be sent as null.
NULL = object()

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 30.0

# The same request is under way, or whoever had it in hand has died: then it is looked up after two minutes.
UNDER_WAY = 150.0
UNDER_WAY_PAUSE = 5.0


class Requests:
    """Carries out operations over a connection.

    What is read, and what has a name (an Idempotency-Key), is sent again where there was no answer,
    or one that says that it may be (429, 502, 503, 504), up to `tries` times in all; and while the
    same is under way (409 in_progress), for 150 s at most. What has no name is sent again only where
    it was not let in (429).
    """

    def __init__(
        self, connection: Connection, tries: int, dry: bool = False, once: Optional[str] = None
    ) -> None:
        self.connection = connection
        self.tries = tries
        self.dry = dry
        self.once = once

    def call(
        self,
        name: str,
        path: Optional[Mapping[str, str]] = None,
        query: Optional[Mapping[str, Any]] = None,
        body: Optional[Mapping[str, Any]] = None,
        if_match: Optional[str] = None,
        within: float = 600.0,
    ) -> Any:
        """The answer, or a Problem. What is None in a query or a body is left out."""
        operation = OPERATIONS[name]
        headers = {"Accept": "application/json"}
        asked = {key: value for key, value in (query or {}).items() if value is not None}
        if operation.method != "GET":
            if self.dry and not operation.dry:
                raise ValueError(f"{name} has no validate_only: it can only be done, or left")
            if self.dry:
                asked["validate_only"] = True
            if operation.once:
                headers["Idempotency-Key"] = self.once or str(uuid.uuid4())
            elif self.once:
                raise ValueError(f"{name} takes no Idempotency-Key: it cannot be carried out just once")
        if if_match is not None:
            headers["If-Match"] = if_match
        sent = None
        if body is not None:
            said = {key: value for key, value in body.items() if value is not None}
            sent = texts.write({key: None if value is NULL else value for key, value in said.items()})
        again = operation.method == "GET" or operation.once
        answer = self._tried(operation.method, target(name, path, asked), headers, sent, again, within)
        return texts.read(answer.body) if answer.body else None

    def pages(
        self, name: str, path: Optional[Mapping[str, str]], query: Mapping[str, Any]
    ) -> Iterator[Any]:
        """What a list has, page after page, each asked for when it is needed."""
        asked = dict(query)
        while True:
            page = self.call(name, path, asked)
            yield from page["items"]
            asked["page_token"] = page.get("next_page_token")
            if asked["page_token"] is None:
                return

    def _tried(
        self,
        method: str,
        where: str,
        headers: Dict[str, str],
        body: Optional[bytes],
        again: bool,
        within: float,
    ) -> Answer:
        begun = monotonic()
        until = begun + within
        so_far = 0
        while so_far < self.tries:
            so_far += 1
            try:
                answer = self.connection.send(method, where, headers, body, max(0.05, until - monotonic()))
                if answer.status < 300:
                    return answer
                failed = refused(answer)
            except Unreachable as e:
                failed = e
            pause = failed.retry_after
            if pause is None:
                pause = FIRST_PAUSE * 2**so_far * random.uniform(0.5, 1)
            last = so_far == self.tries
            if again and self.tries > 1 and failed.code == "in_progress":
                so_far -= 1
                pause = max(pause, min(UNDER_WAY_PAUSE, (monotonic() - begun) / 2))
                last = monotonic() + pause > begun + UNDER_WAY
            elif not _passes(failed, again):
                raise failed
            if last or pause > LONGEST_PAUSE or monotonic() + pause > until:
                raise failed
            sleep(pause)
        raise ValueError("tries: 1 or more is expected")


def target(name: str, path: Optional[Mapping[str, str]], query: Mapping[str, Any]) -> str:
    """The path and the query of an operation."""
    parts = {key: quote(str(value), safe="") for key, value in (path or {}).items()}
    if any(part in ("", ".", "..") for part in parts.values()):
        raise ValueError(f"{name}: a name or a uuid is expected, and there is none: {dict(path or {})}")
    where = OPERATIONS[name].path.format(**parts)
    pairs = {key: _plain(value) for key, value in query.items()}
    return where + ("?" + urlencode(pairs, doseq=True, quote_via=quote) if pairs else "")


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return texts.time_text(value) if isinstance(value, datetime) else value


def refused(answer: Answer) -> Problem:
    """An answer that is none."""
    try:
        body = texts.read(answer.body)
    except ValueError:
        body = None
    return problem(answer.status, body, answer.headers.get("Retry-After"))


def _passes(failed: Problem, again: bool) -> bool:
    if isinstance(failed, RateLimited):
        return True  # It was not let in, so that nothing was done.
    return again and isinstance(failed, Unavailable)
