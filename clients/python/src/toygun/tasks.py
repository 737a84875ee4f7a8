"""Runs of tasks."""

from datetime import datetime
from typing import Any, Callable, Iterator, Mapping, Optional, cast

from .named import Named, NamedResource, Version, etag, resource_path, uuid_path
from .requests import Requests
from .shapes import Explanation, Move, Run, Signal, Task
from .waiting import wait


class Tasks:
    """Runs of tasks. A method that takes one takes what the API gave of it, or its uuid.

    Each raises NotFound where there is no such run; what changes one raises Conflict where it has ended,
    or is not in a state in which that can be done.
    """

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(
        self, resource: NamedResource, *, page_size: Optional[int] = None
    ) -> Iterator[Task]:
        """Every run of a resource's tasks, the newest first."""
        return self._requests.pages("listTasks", resource_path(resource), {"page_size": page_size})

    def runs(
        self,
        *,
        type: Optional[str] = None,
        task: Optional[str] = None,
        status: Optional[str] = None,
        since: Optional[datetime] = None,
        until: Optional[datetime] = None,
        page_size: Optional[int] = None,
    ) -> Iterator[Run]:
        """Runs of all resources, the newest first: of a type, of a task by its name, by how they stand.

        since: asked for from this moment on; until: before this one.
        """
        query = {"type": type, "task": task, "status": status, "since": since, "until": until, "page_size": page_size}
        return self._requests.pages("listRuns", None, query)

    def get(self, task: Named) -> Task:
        """One run."""
        return cast(Task, self._requests.call("getTask", uuid_path(task)))

    def start(
        self,
        resource: NamedResource,
        task: str,
        args: Optional[Mapping[str, Any]] = None,
        *,
        reason: Optional[str] = None,
    ) -> Task:
        """Starts a task by its name. Where it runs already, that run, with "already_running": True.

        Conflict where something stands in its way; NotFound where the resource has no such task.
        """
        path = {**resource_path(resource), "task": task}
        body = {"args": dict(args) if args else None, "reason": reason}
        return cast(Task, self._requests.call("startTask", path, body=body))

    def explain(self, task: Named) -> Explanation:
        """Why it waits, and what keeps what it waits for; no items of one that has ended."""
        return cast(Explanation, self._requests.call("explainTask", uuid_path(task)))

    def stop(
        self, task: Named, *, if_match: Optional[Version] = None, reason: Optional[str] = None
    ) -> Task:
        """Stops it through its __exit__; nothing but a person starts it again."""
        return self._changed("stopTask", task, {"reason": reason}, if_match)

    def abort(
        self, task: Named, *, if_match: Optional[Version] = None, reason: Optional[str] = None
    ) -> Task:
        """Breaks it off; a second time, it no longer waits for its __exit__."""
        return self._changed("abortTask", task, {"reason": reason}, if_match)

    def approve(
        self, task: Named, *, if_match: Optional[Version] = None, reason: Optional[str] = None
    ) -> Task:
        """Lets one begin that waits for approval, once its turn comes."""
        return self._changed("approveTask", task, {"reason": reason}, if_match)

    def retry(
        self, task: Named, *, if_match: Optional[Version] = None, reason: Optional[str] = None
    ) -> Task:
        """Sends one that has panicked back to the state it panicked in, with all its tries."""
        return self._changed("retryTask", task, {"reason": reason}, if_match)

    def rewind(
        self,
        task: Named,
        *,
        state: Optional[str] = None,
        step: Optional[int] = None,
        fresh: Optional[bool] = None,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> Task:
        """Puts it back into a state, or a step, that it was in; `fresh` makes anew what it makes outside."""
        body = {"state": state, "step": step, "fresh": fresh, "reason": reason}
        return self._changed("rewindTask", task, body, if_match)

    def signal(
        self,
        task: Named,
        type: str,
        fields: Optional[Mapping[str, Any]] = None,
        *,
        reason: Optional[str] = None,
    ) -> Signal:
        """Sends it a signal, which is kept until its code consumes it."""
        body = {"type": type, "fields": dict(fields or {}), "reason": reason}
        return cast(Signal, self._requests.call("signalTask", uuid_path(task), body=body))

    def reveal(self, task: Named, field: str, *, reason: str) -> Any:
        """What a secret field of it holds, for a secret-reader. Not sent again where there was no answer."""
        body = {"field": field, "reason": reason}
        return self._requests.call("revealTask", uuid_path(task), body=body)["value"]

    def history(
        self, task: Named, *, order_by: Optional[str] = None, page_size: Optional[int] = None
    ) -> Iterator[Move]:
        """Its moves, from the first one on, or from the last one back with order_by="step desc"."""
        query = {"order_by": order_by, "page_size": page_size}
        return self._requests.pages("taskHistory", uuid_path(task), query)

    def wait(
        self,
        task: Named,
        *,
        until: Optional[Callable[[Task], bool]] = None,
        timeout: float = 60.0,
    ) -> Task:
        """Waits until a run has ended, or has panicked (its status says which), or until `until` says so.

        Looks at once, whenever it moves, and every 2 s. Raises WaitedTooLong after `timeout` seconds, or up
        to 5 s later where a look is under way then. An API that is away meanwhile is waited for. One that
        has ended before `until` was so is given too.
        """
        path = uuid_path(task)

        def so(now: Task) -> bool:
            if not now["active"]:
                return True
            return until(now) if until is not None else now["status"] == "panicked"

        def look(within: float) -> Task:
            return cast(Task, self._requests.call("getTask", path, within=within))

        def words(now: Task) -> str:
            return f'run {now["run"]} of {now["name"]} is {now["status"]}, in {now["state"]}'

        return wait(self._requests, lambda now: now["resource"], look, so, lambda now: None, words, timeout)

    def _changed(
        self, name: str, task: Named, body: Mapping[str, Any], if_match: Optional[Version]
    ) -> Task:
        answer = self._requests.call(name, uuid_path(task), body=body, if_match=etag(if_match))
        return cast(Task, answer)
