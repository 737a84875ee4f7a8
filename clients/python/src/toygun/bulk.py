"""Bulk runs."""

from typing import Any, Iterator, Mapping, Optional, Sequence, cast

from .named import Named, uuid_path
from .requests import Requests
from .shapes import Bulk, BulkItem


class BulkRuns:
    """One thing done with all resources that a filter finds, one after the other."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self, *, page_size: Optional[int] = None) -> Iterator[Bulk]:
        """The newest first."""
        return self._requests.pages("listBulks", None, {"page_size": page_size})

    def create(
        self,
        type: str,
        action: str,
        *,
        filter: Optional[Sequence[str]] = None,
        task: Optional[str] = None,
        args: Optional[Mapping[str, Any]] = None,
        signal: Optional[str] = None,
        fields: Optional[Mapping[str, Any]] = None,
        rate: Optional[str] = None,
        canary: Optional[int] = None,
        watch: Optional[int] = None,
        halt_after: Optional[int] = None,
        halt_share: Optional[int] = None,
        reason: Optional[str] = None,
    ) -> Bulk:
        """Does it with all of a type, or those of which all of the filter holds: "state=up", "fields.size=3".

        action: "start", "stop", "abort", "retry", "signal", "delete" or "set". rate: no more than so many,
        as "10/s". canary: so many first. With dry, it says how many it would be, and the first few.
        """
        body = {
            "type": type,
            "action": action,
            "filter": list(filter or []),
            "task": task,
            "args": dict(args) if args is not None else None,
            "signal": signal,
            "fields": dict(fields) if fields is not None else None,
            "rate": rate,
            "canary": canary,
            "watch": watch,
            "halt_after": halt_after,
            "halt_share": halt_share,
            "reason": reason,
        }
        return cast(Bulk, self._requests.call("createBulk", body=body))

    def get(self, bulk: Named) -> Bulk:
        """What it does, and how far it has come."""
        return cast(Bulk, self._requests.call("getBulk", uuid_path(bulk)))

    def items(
        self, bulk: Named, *, result: Optional[str] = None, page_size: Optional[int] = None
    ) -> Iterator[BulkItem]:
        """What became of each resource: all, or those "waiting", "begun", "done", "skipped" or "failed"."""
        query = {"result": result, "page_size": page_size}
        return self._requests.pages("listBulkItems", uuid_path(bulk), query)

    def pause(self, bulk: Named, *, reason: Optional[str] = None) -> Bulk:
        """What it began is still watched. Conflict where it is paused, halted or over."""
        return self._said("pauseBulk", bulk, reason)

    def resume(self, bulk: Named, *, reason: Optional[str] = None) -> Bulk:
        """It goes on, where it is paused, or failures have halted it, or it waits for its canary."""
        return self._said("resumeBulk", bulk, reason)

    def cancel(self, bulk: Named, *, reason: Optional[str] = None) -> Bulk:
        """It ends; what it did stays done."""
        return self._said("cancelBulk", bulk, reason)

    def _said(self, operation: str, bulk: Named, reason: Optional[str]) -> Bulk:
        return cast(Bulk, self._requests.call(operation, uuid_path(bulk), body={"reason": reason}))
