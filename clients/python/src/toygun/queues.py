"""What waits, and who takes it."""

from typing import List, cast

from .requests import Requests
from .shapes import Queue, Worker


class Queues:
    """What waits in each queue, by type, version and priority."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self) -> List[Queue]:
        """Each with the workers that take from it; where nobody does, its problem says why."""
        return cast(List[Queue], self._requests.call("listQueues")["items"])


class Workers:
    """The workers that live."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self) -> List[Worker]:
        """By id, as each last said of itself."""
        return cast(List[Worker], self._requests.call("listWorkers")["items"])
