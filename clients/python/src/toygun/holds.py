"""Holds."""

from datetime import datetime
from typing import List, Optional, cast

from .named import Named, uuid_path
from .requests import Requests
from .shapes import Hold


class Holds:
    """What is on hold. A resource is put on hold with resources.hold."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self) -> List[Hold]:
        """The oldest first; at most 1,000."""
        return cast(List[Hold], self._requests.call("listHolds")["items"])

    def create(
        self,
        scope: str,
        *,
        reason: str,
        name: Optional[str] = None,
        resource: Optional[Named] = None,
        until: Optional[datetime] = None,
    ) -> Hold:
        """Puts a "type", "task" or "queue" of this name, the "subtree" of a resource, or "all" on hold.

        Nothing in it begins after its effective_at. BadRequest where the scope lacks what it needs.
        """
        of = uuid_path(resource)["uuid"] if resource is not None else None
        body = {"scope": scope, "reason": reason, "name": name, "resource": of, "until": until}
        return cast(Hold, self._requests.call("createHold", body=body))

    def release(self, hold: Named, *, reason: Optional[str] = None) -> Hold:
        """What it held goes on where it was. NotFound where there is no such hold any more."""
        return cast(Hold, self._requests.call("releaseHold", uuid_path(hold), body={"reason": reason}))
