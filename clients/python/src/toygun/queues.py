"""What waits, who takes it, and who uses it up."""

from typing import List, Optional, cast

from .named import Named, uuid_path
from .requests import Requests
from .shapes import Queue, UsageReport, Worker


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


class Usage:
    """What ticks have used, and who used it."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def get(
        self,
        *,
        by: Optional[str] = None,
        since: Optional[str] = None,
        under: Optional[Named] = None,
        most: Optional[int] = None,
    ) -> UsageReport:
        """By type, task, tree or resource (type), who used most first: in so much time ("10m"), so many (50)."""
        of = uuid_path(under)["uuid"] if under is not None else None
        query = {"by": by, "since": since, "under": of, "page_size": most}
        return cast(UsageReport, self._requests.call("getUsage", None, query))
