"""Alarms, and the errors behind them."""

from datetime import datetime
from typing import Any, Dict, Iterator, List, Mapping, Optional, cast

from .named import Named, Version, etag, uuid_path
from .requests import Requests
from .shapes import Alarm, Error, ErrorGroup, Move, ToldAlarm


class Alarms:
    """Alarms. A method that takes one takes what the API gave of it, or its uuid.

    Each raises NotFound where there is none; what changes one raises Conflict where its state does not
    let that be said, and PreconditionFailed where it has moved on from if_match, the ETag of a version.
    """

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(
        self,
        *,
        resource: Optional[Named] = None,
        state: Optional[str] = None,
        closed: Optional[bool] = None,
        page_size: Optional[int] = None,
    ) -> Iterator[Alarm]:
        """The newest first: of a resource and its tasks, or all; those that are closed with closed=True."""
        of = uuid_path(resource)["uuid"] if resource is not None else None
        query = {"resource": of, "state": state, "closed": closed, "page_size": page_size}
        return self._requests.pages("listAlarms", None, query)

    def counts(self) -> Dict[str, int]:
        """How many are open, by severity."""
        page = self._requests.call("listAlarms", None, {"counts": True, "page_size": 1})
        return cast(Dict[str, int], page["counts"])

    def get(self, alarm: Named) -> ToldAlarm:
        """One, and who was told of it."""
        return cast(ToldAlarm, self._requests.call("getAlarm", uuid_path(alarm)))

    def history(
        self, alarm: Named, *, order_by: Optional[str] = None, page_size: Optional[int] = None
    ) -> Iterator[Move]:
        """Its moves, from the first one on, or from the last one back with order_by="step desc"."""
        query = {"order_by": order_by, "page_size": page_size}
        return self._requests.pages("alarmHistory", uuid_path(alarm), query)

    def ack(
        self,
        alarm: Named,
        *,
        until: Optional[datetime] = None,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> ToldAlarm:
        """Takes care of it, until it clears or until then."""
        return self._said("acknowledgeAlarm", alarm, {"until": until, "reason": reason}, if_match)

    def snooze(
        self,
        alarm: Named,
        *,
        until: datetime,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> ToldAlarm:
        """Quiets it until then; it is open again if it has not cleared."""
        return self._said("snoozeAlarm", alarm, {"until": until, "reason": reason}, if_match)

    def lift(
        self,
        alarm: Named,
        *,
        until: datetime,
        reason: str,
        if_match: Optional[Version] = None,
    ) -> ToldAlarm:
        """Lifts the brake that it tells of until then: its task goes on, though so many want it."""
        return self._said("liftAlarm", alarm, {"until": until, "reason": reason}, if_match)

    def ignore(
        self, alarm: Named, *, if_match: Optional[Version] = None, reason: Optional[str] = None
    ) -> ToldAlarm:
        """Quiets it until it clears; then it is armed again."""
        return self._said("ignoreAlarm", alarm, {"reason": reason}, if_match)

    def unignore(
        self, alarm: Named, *, if_match: Optional[Version] = None, reason: Optional[str] = None
    ) -> ToldAlarm:
        """Makes an ignored one as loud as one that has just opened."""
        return self._said("unignoreAlarm", alarm, {"reason": reason}, if_match)

    def close(
        self, alarm: Named, *, if_match: Optional[Version] = None, reason: Optional[str] = None
    ) -> ToldAlarm:
        """Closes it. Conflict while what it tells of stands still; that is ignored instead."""
        return self._said("closeAlarm", alarm, {"reason": reason}, if_match)

    def _said(
        self, name: str, alarm: Named, body: Mapping[str, Any], if_match: Optional[Version]
    ) -> ToldAlarm:
        answer = self._requests.call(name, uuid_path(alarm), body=body, if_match=etag(if_match))
        return cast(ToldAlarm, answer)


class Errors:
    """What went wrong in users' code."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(
        self,
        *,
        resource: Optional[Named] = None,
        kind: Optional[str] = None,
        stack_hash: Optional[str] = None,
        page_size: Optional[int] = None,
    ) -> Iterator[Error]:
        """The newest first: of a resource and its tasks, of a kind, from a place in the code."""
        of = uuid_path(resource)["uuid"] if resource is not None else None
        query = {"resource": of, "kind": kind, "stack_hash": stack_hash, "page_size": page_size}
        return self._requests.pages("listErrors", None, query)

    def get(self, error: Named) -> Error:
        """One, with its stack. NotFound where there is none."""
        return cast(Error, self._requests.call("getError", uuid_path(error)))

    def groups(
        self, *, hours: Optional[int] = None, most: Optional[int] = None
    ) -> List[ErrorGroup]:
        """What happens again and again, the most frequent first: of so many hours (24), so many (50)."""
        answer = self._requests.call("listErrorGroups", None, {"hours": hours, "page_size": most})
        return cast(List[ErrorGroup], answer["items"])
