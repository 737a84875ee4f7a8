"""What a client raises."""

from typing import Any, Dict, List, Mapping, Optional

from .shapes import ProblemError


class ToygunError(Exception):
    """Whatever goes wrong with the API. Its text has no key in it."""


class Problem(ToygunError):
    """The API has refused something, or could not do it.

    status: the HTTP status; 0 where there was no answer.
    code: the stable name of what went wrong, such as "not_found"; empty where none was given.
    detail: what was expected, for people.
    errors: each thing that is wrong with the request, as {"pointer": …, "detail": …}.
    trace_id: under which the server's log has it; empty where none was given.
    retry_after: after how many seconds it is worth asking again; None where nobody said.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Optional[List[ProblemError]] = None,
        trace_id: str = "",
        retry_after: Optional[float] = None,
    ) -> None:
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors or []
        self.trace_id = trace_id
        self.retry_after = retry_after
        super().__init__(status, code, detail)

    def __str__(self) -> str:
        lines = [f"{self.status} {self.code}: {self.detail}" if self.code else self.detail]
        for error in self.errors:
            line = f"{error['pointer']}: {error['detail']}"
            if line not in lines[0]:
                lines.append("  " + line)
        if self.status >= 500 and self.trace_id:
            lines.append(f"  trace_id {self.trace_id}")
        return "\n".join(lines)


class BadRequest(Problem):
    """400, 405, 413, 415, 422: it was asked wrongly; errors has what is wrong."""


class Unauthenticated(Problem):
    """401: there is no such key, or it has ended."""


class Denied(Problem):
    """403: the key's role may not do this."""


class NotFound(Problem):
    """404: there is no such thing."""


class Conflict(Problem):
    """409: things are not as the request needs them."""


class PreconditionFailed(Problem):
    """412: somebody else has changed it: look at it again."""


class RateLimited(Problem):
    """429: too many requests, or streams, after all the tries that were made."""


class Unavailable(Problem):
    """502, 503, 504: it cannot be done now, after all the tries that were made."""


class Unreachable(Unavailable):
    """There was no answer: whether a change was carried out is not known, unless it was sent again."""


class Ended(ToygunError):
    """What was waited for has ended otherwise, so that it will never be. last: how it was seen last."""

    def __init__(self, text: str, last: Mapping[str, Any]) -> None:
        super().__init__(text)
        self.last = last


class WaitedTooLong(ToygunError, TimeoutError):
    """What was waited for was not so in time. last: how it was seen last; None where it never was."""

    def __init__(self, text: str, last: Optional[Mapping[str, Any]]) -> None:
        super().__init__(text)
        self.last = last


_KINDS = {
    400: BadRequest,
    401: Unauthenticated,
    403: Denied,
    404: NotFound,
    405: BadRequest,
    409: Conflict,
    412: PreconditionFailed,
    413: BadRequest,
    415: BadRequest,
    422: BadRequest,
    429: RateLimited,
    502: Unavailable,
    503: Unavailable,
    504: Unavailable,
}


def problem(status: int, body: Any, retry_after: Optional[str]) -> Problem:
    """What an answer means. A proxy's page is no JSON: the status speaks for itself then."""
    told: Dict[str, Any] = body if isinstance(body, dict) else {}
    wait = float(retry_after) if retry_after and retry_after.isdigit() else None
    return _KINDS.get(status, Problem)(
        status,
        str(told.get("code", "")),
        str(told.get("detail") or told.get("title") or f"the API answered {status}"),
        told.get("errors"),
        str(told.get("trace_id", "")),
        wait,
    )
