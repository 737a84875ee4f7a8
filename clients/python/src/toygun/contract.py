"""What there is, and where times stand in it.

Written by clients/generate.py from openapi.yaml: change that, and run it again.
"""

from typing import NamedTuple


class Operation(NamedTuple):
    """An operation of the contract. once: whether it takes an Idempotency-Key. dry: whether it takes validate_only."""

    method: str
    path: str
    once: bool
    dry: bool


OPERATIONS = {
    "health": Operation("GET", "/health", False, False),
    "ready": Operation("GET", "/ready", False, False),
    "contract": Operation("GET", "/openapi.json", False, False),
    "listTypes": Operation("GET", "/v1/types", False, False),
    "getType": Operation("GET", "/v1/types/{type}", False, False),
    "listResources": Operation("GET", "/v1/resources/{type}", False, False),
    "createResource": Operation("POST", "/v1/resources/{type}", True, True),
    "getResource": Operation("GET", "/v1/resources/{type}/{uuid}", False, False),
    "changeResource": Operation("PATCH", "/v1/resources/{type}/{uuid}", True, True),
    "deleteResource": Operation("DELETE", "/v1/resources/{type}/{uuid}", True, True),
    "resourceHistory": Operation("GET", "/v1/resources/{type}/{uuid}/history", False, False),
    "resourceTree": Operation("GET", "/v1/resources/{type}/{uuid}/tree", False, False),
    "listTasks": Operation("GET", "/v1/resources/{type}/{uuid}/tasks", False, False),
    "startTask": Operation("POST", "/v1/resources/{type}/{uuid}/tasks/{task}", True, True),
    "rewindResource": Operation("POST", "/v1/resources/{type}/{uuid}:rewind", True, True),
    "retryResource": Operation("POST", "/v1/resources/{type}/{uuid}:retry", True, True),
    "restartResource": Operation("POST", "/v1/resources/{type}/{uuid}:restart", True, True),
    "tickResource": Operation("POST", "/v1/resources/{type}/{uuid}:tick", True, True),
    "signalResource": Operation("POST", "/v1/resources/{type}/{uuid}:signal", True, True),
    "planResource": Operation("POST", "/v1/resources/{type}/{uuid}:plan", False, False),
    "revealResource": Operation("POST", "/v1/resources/{type}/{uuid}:reveal", False, False),
    "listRuns": Operation("GET", "/v1/tasks", False, False),
    "getTask": Operation("GET", "/v1/tasks/{uuid}", False, False),
    "taskHistory": Operation("GET", "/v1/tasks/{uuid}/history", False, False),
    "explainTask": Operation("GET", "/v1/tasks/{uuid}/explain", False, False),
    "stopTask": Operation("POST", "/v1/tasks/{uuid}:stop", True, True),
    "abortTask": Operation("POST", "/v1/tasks/{uuid}:abort", True, True),
    "approveTask": Operation("POST", "/v1/tasks/{uuid}:approve", True, True),
    "retryTask": Operation("POST", "/v1/tasks/{uuid}:retry", True, True),
    "rewindTask": Operation("POST", "/v1/tasks/{uuid}:rewind", True, True),
    "signalTask": Operation("POST", "/v1/tasks/{uuid}:signal", True, True),
    "revealTask": Operation("POST", "/v1/tasks/{uuid}:reveal", False, False),
    "listErrors": Operation("GET", "/v1/errors", False, False),
    "listErrorGroups": Operation("GET", "/v1/error-groups", False, False),
    "getError": Operation("GET", "/v1/errors/{uuid}", False, False),
    "listAlarms": Operation("GET", "/v1/alarms", False, False),
    "followEvents": Operation("GET", "/v1/events", False, False),
    "getAlarm": Operation("GET", "/v1/alarms/{uuid}", False, False),
    "alarmHistory": Operation("GET", "/v1/alarms/{uuid}/history", False, False),
    "acknowledgeAlarm": Operation("POST", "/v1/alarms/{uuid}:ack", True, False),
    "snoozeAlarm": Operation("POST", "/v1/alarms/{uuid}:snooze", True, False),
    "liftAlarm": Operation("POST", "/v1/alarms/{uuid}:lift", True, False),
    "closeAlarm": Operation("POST", "/v1/alarms/{uuid}:close", True, False),
    "ignoreAlarm": Operation("POST", "/v1/alarms/{uuid}:ignore", True, False),
    "unignoreAlarm": Operation("POST", "/v1/alarms/{uuid}:unignore", True, False),
    "listQueues": Operation("GET", "/v1/queues", False, False),
    "getUsage": Operation("GET", "/v1/usage", False, False),
    "listWorkers": Operation("GET", "/v1/workers", False, False),
    "listHolds": Operation("GET", "/v1/holds", False, False),
    "createHold": Operation("POST", "/v1/holds", True, True),
    "releaseHold": Operation("POST", "/v1/holds/{uuid}:release", True, False),
    "listRepairs": Operation("GET", "/v1/repairs", False, False),
    "promoteRepair": Operation("POST", "/v1/repairs/{type}/{task}:promote", True, False),
    "listBreakers": Operation("GET", "/v1/breakers", False, False),
    "openBreaker": Operation("POST", "/v1/breakers/{name}:open", True, False),
    "closeBreaker": Operation("POST", "/v1/breakers/{name}:close", True, False),
    "holdResource": Operation("POST", "/v1/resources/{type}/{uuid}:hold", True, True),
    "releaseResource": Operation("POST", "/v1/resources/{type}/{uuid}:release", True, False),
    "abandonResource": Operation("POST", "/v1/resources/{type}/{uuid}:abandon", True, True),
    "listBulks": Operation("GET", "/v1/bulk", False, False),
    "createBulk": Operation("POST", "/v1/bulk", True, True),
    "getBulk": Operation("GET", "/v1/bulk/{uuid}", False, False),
    "listBulkItems": Operation("GET", "/v1/bulk/{uuid}/items", False, False),
    "pauseBulk": Operation("POST", "/v1/bulk/{uuid}:pause", True, False),
    "resumeBulk": Operation("POST", "/v1/bulk/{uuid}:resume", True, False),
    "cancelBulk": Operation("POST", "/v1/bulk/{uuid}:cancel", True, False),
    "explainResource": Operation("GET", "/v1/resources/{type}/{uuid}/explain", False, False),
    "getAvailability": Operation("GET", "/v1/resources/{type}/{uuid}/availability", False, False),
    "listSinks": Operation("GET", "/v1/sinks", False, False),
    "createSink": Operation("POST", "/v1/sinks", True, True),
    "getSink": Operation("GET", "/v1/sinks/{name}", False, False),
    "changeSink": Operation("PATCH", "/v1/sinks/{name}", True, True),
    "deleteSink": Operation("DELETE", "/v1/sinks/{name}", True, False),
    "testSink": Operation("POST", "/v1/sinks/{name}:test", True, False),
    "listDeliveries": Operation("GET", "/v1/deliveries", False, False),
    "getDelivery": Operation("GET", "/v1/deliveries/{uuid}", False, False),
    "retryDelivery": Operation("POST", "/v1/deliveries/{uuid}:retry", True, False),
    "listAudit": Operation("GET", "/v1/audit", False, False),
    "listKeys": Operation("GET", "/v1/keys", False, False),
    "createKey": Operation("POST", "/v1/keys", False, False),
    "revokeKey": Operation("POST", "/v1/keys/{uuid}:revoke", False, False),
}

# Under these names there may be a time,
TIMES = frozenset(["at", "created_at", "deadline_at", "decided_at", "due_at", "effective_at", "ended_at", "eta", "expires_at", "first_at", "from", "last_at", "last_seen", "last_used_at", "next_at", "opened_at", "planned_until", "revoked_at", "run_deadline_at", "sent_at", "since", "snoozed_until", "started_at", "to", "until", "updated_at"])
# and under these is what users' types have put there, which is left as it is.
FREE = frozenset(["args", "attributes", "content", "details", "fields", "initial", "max", "min", "settings"])
