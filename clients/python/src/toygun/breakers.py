"""Breakers."""

from datetime import datetime
from typing import List, Optional, cast

from .requests import Requests
from .shapes import Breaker


class Breakers:
    """What keeps tasks from running while what they need does not work."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self) -> List[Breaker]:
        """By name; at most 1,000."""
        return cast(List[Breaker], self._requests.call("listBreakers")["items"])

    def open(self, name: str, *, until: Optional[datetime] = None, reason: str) -> Breaker:
        """
        What is due of its tasks waits until a person closes it, or until it is tried again then.
        NotFound where no task has it.
        """
        body = {"until": until, "reason": reason}
        return cast(Breaker, self._requests.call("openBreaker", {"name": name}, body=body))

    def close(self, name: str, *, reason: str) -> Breaker:
        """What waited goes on, spread over a while. Conflict where it is closed."""
        return cast(Breaker, self._requests.call("closeBreaker", {"name": name}, body={"reason": reason}))
