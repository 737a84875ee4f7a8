"""Repairs."""

from typing import List, cast

from .requests import Requests
from .shapes import Demotion, Repair


class Repairs:
    """How well tasks put alarms right."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self) -> List[Repair]:
        """By type, alarm and task; at most 1,000."""
        return cast(List[Repair], self._requests.call("listRepairs")["items"])

    def promote(self, type: str, task: str, *, reason: str) -> Demotion:
        """A task that was demoted begins without asking again. Conflict where it is not demoted."""
        answer = self._requests.call("promoteRepair", {"type": type, "task": task}, body={"reason": reason})
        return cast(Demotion, answer)
