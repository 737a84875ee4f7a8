"""The shapes of answers, for type checkers.

Written by clients/generate.py from openapi.yaml: change that, and run it again.
"""

from datetime import datetime
from typing import Any, Dict, List, Literal, TypedDict, Union

Health = TypedDict(
    "Health",
    {
        "status": Literal["up"],
    },
)

Ready = TypedDict(
    "Ready",
    {
        "ready": bool,
        "reasons": List[str],
    },
)

ProblemError = TypedDict(
    "ProblemError",
    {
        "pointer": str,
        "detail": str,
    },
)

Priority = Literal["high", "normal", "low"]

# What each element of a list or set, or value of a map, has to be; what says nothing is null.
ElementConstraints = TypedDict(
    "ElementConstraints",
    {
        "one_of": Union[List[Any], None],
        "min": Any,
        "max": Any,
        "min_length": Union[int, None],
        "max_length": Union[int, None],
        "pattern": Union[str, None],
    },
)

# What the values of a field have to be; what says nothing is null. A value that is sent and is not so is 422.
Constraints = TypedDict(
    "Constraints",
    {
        "one_of": Union[List[Any], None],
        "min": Any,
        "max": Any,
        "min_length": Union[int, None],
        "max_length": Union[int, None],
        "pattern": Union[str, None],
        "each": Union[ElementConstraints, None],
    },
)

Field = TypedDict(
    "Field",
    {
        "name": str,
        "type": str,
        "required": bool,
        "secret": bool,
        "internal": bool,
        "indexed": bool,
        "initial": Any,
        "formerly": List[str],
        "takes": Union[str, None],
        "constraints": Union[Constraints, None],
    },
)

SignalType = TypedDict(
    "SignalType",
    {
        "name": str,
        "fields": List[Field],
    },
)

State = TypedDict(
    "State",
    {
        "name": str,
        "code": Literal["decide", "async", "blocking"],
        "to": List[str],
        "finishes": bool,
        "on_delete": bool,
        "rests": bool,
        "waits": bool,
        "signals": List[SignalType],
        "every": Union[int, None],
        "within": Union[int, None],
        "limit": float,
        "retries": int,
        "formerly": List[str],
    },
)

Edge = TypedDict(
    "Edge",
    {
        "from": str,
        "to": str,
    },
)

# When it starts again and again.
Schedule = TypedDict(
    "Schedule",
    {
        "every": Union[int, None],
        "cron": Union[str, None],
        "zone": Union[str, None],
        "missed": Literal["skip", "once", "all"],
        "jitter": int,
    },
)

# Which ended runs stay, the latest so many and those that ended within this time.
TaskTypeKeep = TypedDict(
    "TaskTypeKeep",
    {
        "runs": int,
        "seconds": int,
    },
)

# How many may begin within so many seconds.
Rate = TypedDict(
    "Rate",
    {
        "runs": int,
        "per": int,
    },
)

# What it shares with all tasks that name it, of whatever types.
TaskTypeLimitsShared = TypedDict(
    "TaskTypeLimitsShared",
    {
        "name": str,
        "concurrency": Union[int, None],
        "rate": Union[Rate, None],
    },
)

# While more than so many percent of the active resources of the type, or of those under the same parent, want it, none begins.
TaskTypeLimitsBrake = TypedDict(
    "TaskTypeLimitsBrake",
    {
        "percent": int,
        "per_parent": bool,
    },
)

# Below so many percent of so many of its latest automatic runs.
Efficacy = TypedDict(
    "Efficacy",
    {
        "percent": int,
        "runs": int,
    },
)

# What a run of it waits for before it begins; null where it begins at once.
TaskTypeLimits = TypedDict(
    "TaskTypeLimits",
    {
        "breaker": Union[str, None],
        "concurrency": Union[int, None],
        "rate": Union[Rate, None],
        "shared": Union[TaskTypeLimitsShared, None],
        "brake": Union[TaskTypeLimitsBrake, None],
        "approval": bool,
        "demote_below": Union[Efficacy, None],
    },
)

TaskType = TypedDict(
    "TaskType",
    {
        "name": str,
        "shared": bool,
        "internal": bool,
        "exits": bool,
        "starts_when": bool,
        "stops_when": bool,
        "schedule": Union[Schedule, None],
        "keep": TaskTypeKeep,
        "within": Union[int, None],
        "limits": Union[TaskTypeLimits, None],
        "first": str,
        "fields": List[Field],
        "states": List[State],
        "edges": List[Edge],
        "diagram": str,
    },
)

Severity = Literal["info", "warning", "error", "critical"]

# The task that is started to put it right, and how often at most within so many seconds.
AlarmTypeRepair = TypedDict(
    "AlarmTypeRepair",
    {
        "task": str,
        "most": int,
        "within": int,
    },
)

AlarmType = TypedDict(
    "AlarmType",
    {
        "name": str,
        "severity": Severity,
        "judged": bool,
        "for_at_least": int,
        "escalate_after": Union[int, None],
        "repair": Union[AlarmTypeRepair, None],
        "suggested": List[str],
        "runbook": Union[str, None],
    },
)

# How often code may restart one within so many seconds; null for ever.
TypeRestarts = TypedDict(
    "TypeRestarts",
    {
        "runs": int,
        "per": int,
    },
)

# How many seconds of the workers one may use, with all below it, within so many seconds; null for any.
TypeQuota = TypedDict(
    "TypeQuota",
    {
        "used_seconds": float,
        "per": int,
    },
)

Time = Union[datetime, None]

Links = Dict[str, str]

Type = TypedDict(
    "Type",
    {
        "name": str,
        "version": int,
        "versions": List[int],
        "queue": str,
        "priority": Priority,
        "first": str,
        "fields": List[Field],
        "states": List[State],
        "edges": List[Edge],
        "tasks": List[TaskType],
        "children": List[str],
        "alarms": List[str],
        "alarm_types": List[AlarmType],
        "keep": int,
        "restarts": Union[TypeRestarts, None],
        "quota": Union[TypeQuota, None],
        "diagram": str,
        "builds": List[str],
        "last_seen": Time,
        "links": Links,
    },
)

Token = Union[str, None]

Uuid = str

_Hold = TypedDict(
    "_Hold",
    {
        "uuid": Uuid,
        "scope": Literal["subtree", "type", "task", "queue", "all", "breaker"],
        "resource": Union[str, None],
        "type": Union[str, None],
        "label": Union[str, None],
        "name": Union[str, None],
        "reason": str,
        "actor": str,
        "created_at": Time,
        "effective_at": Time,
        "until": Time,
        "abandons": bool,
    },
)


class Hold(_Hold, total=False):
    parent: Union[str, None]
    parent_type: Union[str, None]
    parent_label: Union[str, None]


Fields = Dict[str, Any]

ResourceSummary = TypedDict(
    "ResourceSummary",
    {
        "uuid": Uuid,
        "type": str,
        "schema_version": int,
        "label": str,
        "parent": Union[str, None],
        "parent_type": Union[str, None],
        "parent_label": Union[str, None],
        "state": str,
        "step": int,
        "version": int,
        "active": bool,
        "deleting": bool,
        "availability": Literal["unknown", "online", "uncertain", "offline", "known_offline"],
        "held": Union[Hold, None],
        "due_at": Time,
        "fields": Fields,
        "created_at": Time,
        "updated_at": Time,
        "ended_at": Time,
        "links": Links,
    },
)

_ResourceList = TypedDict(
    "_ResourceList",
    {
        "items": List[ResourceSummary],
        "next_page_token": Token,
    },
)


class ResourceList(_ResourceList, total=False):
    note: str
    counts: Dict[str, int]


Valid = TypedDict(
    "Valid",
    {
        "valid": Literal[True],
    },
)

ResourceAncestor = TypedDict(
    "ResourceAncestor",
    {
        "uuid": Uuid,
        "type": str,
        "label": str,
    },
)

Status = Literal["absent", "running", "panicked", "finished", "stopped", "timed_out", "aborted"]

# When it starts again and again.
TaskSchedule = TypedDict(
    "TaskSchedule",
    {
        "every": Union[int, None],
        "cron": Union[str, None],
        "zone": Union[str, None],
        "missed": Literal["skip", "once", "all"],
        "jitter": int,
        "next_at": Union[datetime, None],
        "last_at": Union[datetime, None],
        "note": str,
    },
)

# A declared task and its latest run; `uuid` is null where it never ran.
TaskOfResource = TypedDict(
    "TaskOfResource",
    {
        "uuid": Union[str, None],
        "name": str,
        "run": int,
        "state": Union[str, None],
        "status": Status,
        "step": Union[int, None],
        "waits_for": Union[str, None],
        "can_start": bool,
        "why_not": Union[str, None],
        "trigger": Union[str, None],
        "schedule": Union[TaskSchedule, None],
    },
)

# How often it was restarted; null where its type says nothing of that.
ResourceRestarts = TypedDict(
    "ResourceRestarts",
    {
        "under_way": bool,
        "total": int,
        "within_window": Union[int, None],
        "most": Union[int, None],
        "window_seconds": Union[int, None],
        "next_at": Time,
    },
)

ResourceWaitsFor = TypedDict(
    "ResourceWaitsFor",
    {
        "what": Literal["task", "child", "resource"],
        "uuid": Uuid,
        "name": str,
        "state": str,
        "why": str,
    },
)

ResourceSignal = TypedDict(
    "ResourceSignal",
    {
        "uuid": Uuid,
        "type": str,
        "task": Union[str, None],
        "from": Union[str, None],
        "sent_at": Time,
    },
)

ResourceChildren = TypedDict(
    "ResourceChildren",
    {
        "total": int,
    },
)

_Alarm = TypedDict(
    "_Alarm",
    {
        "uuid": Uuid,
        "resource": Uuid,
        "subject": Uuid,
        "type": str,
        "label": str,
        "name": str,
        "task": Union[str, None],
        "state": Literal["pending", "climbing", "open", "acknowledged", "snoozed", "lifted", "ignored", "folded", "held", "closed"],
        "severity": Severity,
        "message": str,
        "error": Union[str, None],
        "acknowledged_by": Union[str, None],
        "snoozed_until": Time,
        "under": Union[str, None],
        "runbook": Union[str, None],
        "created_at": Time,
        "opened_at": Time,
        "updated_at": Time,
        "ended_at": Time,
    },
)


class Alarm(_Alarm, total=False):
    parent: Union[str, None]
    parent_type: Union[str, None]
    parent_label: Union[str, None]


Hop = TypedDict(
    "Hop",
    {
        "level": int,
        "resource": Uuid,
        "decision": Union[str, None],
        "reason": Union[str, None],
        "at": Time,
        "due_at": Time,
        "decided_at": Time,
    },
)

_Error = TypedDict(
    "_Error",
    {
        "uuid": Uuid,
        "resource": Uuid,
        "subject": Uuid,
        "type": Union[str, None],
        "label": Union[str, None],
        "task": Union[str, None],
        "kind": str,
        "message": str,
        "attributes": Dict[str, Any],
        "state": str,
        "step": int,
        "attempt": int,
        "worker": str,
        "build": str,
        "at": Time,
    },
)


class Error(_Error, total=False):
    parent: Union[str, None]
    parent_type: Union[str, None]
    parent_label: Union[str, None]
    stack_hash: Union[str, None]
    hops: List[Hop]
    stack: Union[str, None]


Action = TypedDict(
    "Action",
    {
        "name": str,
        "allowed": bool,
        "why_not": Union[str, None],
        "method": str,
        "href": str,
    },
)

Resource = TypedDict(
    "Resource",
    {
        "uuid": Uuid,
        "type": str,
        "schema_version": int,
        "label": str,
        "parent": Union[str, None],
        "parent_type": Union[str, None],
        "parent_label": Union[str, None],
        "state": str,
        "step": int,
        "version": int,
        "active": bool,
        "deleting": bool,
        "availability": Literal["unknown", "online", "uncertain", "offline", "known_offline"],
        "held": Union[Hold, None],
        "due_at": Time,
        "fields": Fields,
        "created_at": Time,
        "updated_at": Time,
        "ended_at": Time,
        "links": Links,
        "ancestors": List[ResourceAncestor],
        "deadline_at": Time,
        "field_types": Dict[str, str],
        "tasks": List[TaskOfResource],
        "restarts": Union[ResourceRestarts, None],
        "waits_for": List[ResourceWaitsFor],
        "signals": List[ResourceSignal],
        "children": ResourceChildren,
        "alarms": List[Alarm],
        "error": Union[Error, None],
        "actions": List[Action],
    },
)

MoveNote = TypedDict(
    "MoveNote",
    {
        "message": str,
        "cause": str,
        "actor": str,
        "worker": str,
        "at": Time,
    },
)

_Move = TypedDict(
    "_Move",
    {
        "step": int,
        "from": str,
        "to": str,
        "cause": str,
        "actor": str,
        "message": str,
        "error": Union[str, None],
        "changed": List[str],
        "worker": str,
        "build": str,
        "at": Time,
    },
)


class Move(_Move, total=False):
    trace_id: Union[str, None]
    notes: List[MoveNote]


TreeItemAlarm = TypedDict(
    "TreeItemAlarm",
    {
        "name": str,
        "task": Union[str, None],
        "state": str,
        "severity": Severity,
    },
)

TreeItem = TypedDict(
    "TreeItem",
    {
        "uuid": Uuid,
        "type": str,
        "label": str,
        "parent": Union[str, None],
        "depth": int,
        "state": str,
        "active": bool,
        "deleting": bool,
        "availability": Literal["unknown", "online", "uncertain", "offline", "known_offline"],
        "held": Union[Hold, None],
        "alarms": List[TreeItemAlarm],
    },
)

_Task = TypedDict(
    "_Task",
    {
        "uuid": Uuid,
        "resource": Uuid,
        "type": str,
        "schema_version": int,
        "name": str,
        "run": int,
        "state": str,
        "status": Status,
        "waits_for": Union[str, None],
        "step": int,
        "version": int,
        "active": bool,
        "outcome": Literal["finished", "stopped", "timed_out", "aborted", None],
        "fields": Fields,
        "args": Fields,
        "started_by": str,
        "cause": str,
        "due_at": Time,
        "deadline_at": Time,
        "run_deadline_at": Time,
        "every": Union[int, None],
        "error": Union[str, None],
        "actions": List[Action],
        "created_at": Time,
        "updated_at": Time,
        "ended_at": Time,
        "links": Links,
    },
)


class Task(_Task, total=False):
    already_running: bool


Signal = TypedDict(
    "Signal",
    {
        "uuid": Uuid,
        "type": str,
        "resource": Uuid,
        "subject": Uuid,
        "sent_at": Time,
    },
)

PlannedResourcesItem = TypedDict(
    "PlannedResourcesItem",
    {
        "uuid": Uuid,
        "type": str,
        "label": str,
        "parent": Union[str, None],
        "depth": int,
        "state": str,
        "deleting": bool,
    },
)

PlannedResources = TypedDict(
    "PlannedResources",
    {
        "total": int,
        "items": List[PlannedResourcesItem],
    },
)

PlannedTasksItem = TypedDict(
    "PlannedTasksItem",
    {
        "uuid": Uuid,
        "resource": Uuid,
        "type": str,
        "label": str,
        "name": str,
        "state": str,
    },
)

# Runs that would be stopped, and the state they are in.
PlannedTasks = TypedDict(
    "PlannedTasks",
    {
        "total": int,
        "items": List[PlannedTasksItem],
    },
)

PlannedAlarmsItem = TypedDict(
    "PlannedAlarmsItem",
    {
        "uuid": Uuid,
        "resource": Uuid,
        "type": str,
        "label": str,
        "name": str,
        "task": Union[str, None],
        "state": str,
        "severity": Severity,
    },
)

# Those that would be over.
PlannedAlarms = TypedDict(
    "PlannedAlarms",
    {
        "total": int,
        "items": List[PlannedAlarmsItem],
    },
)

Plan = TypedDict(
    "Plan",
    {
        "action": Literal["delete"],
        "plan": str,
        "resources": PlannedResources,
        "tasks": PlannedTasks,
        "alarms": PlannedAlarms,
    },
)

Revealed = TypedDict(
    "Revealed",
    {
        "value": Union[str, List[Any], Dict[str, Any]],
    },
)

_Run = TypedDict(
    "_Run",
    {
        "uuid": Uuid,
        "resource": Uuid,
        "type": str,
        "label": str,
        "name": str,
        "run": int,
        "state": str,
        "status": Literal["running", "panicked", "finished", "stopped", "timed_out", "aborted"],
        "step": int,
        "started_by": str,
        "cause": str,
        "due_at": Time,
        "error": Union[str, None],
        "created_at": Time,
        "updated_at": Time,
        "ended_at": Time,
    },
)


class Run(_Run, total=False):
    parent: Union[str, None]
    parent_type: Union[str, None]
    parent_label: Union[str, None]


# With what the last try failed, or what it has stopped with.
ExplainedError = TypedDict(
    "ExplainedError",
    {
        "uuid": Uuid,
        "kind": str,
        "message": str,
        "at": Time,
    },
)

Explained = TypedDict(
    "Explained",
    {
        "uuid": Uuid,
        "resource": Uuid,
        "type": str,
        "label": str,
        "task": Union[str, None],
        "state": str,
        "since": Time,
        "said": str,
        "deleting": bool,
        "reason": Literal["due_later", "due", "polling", "held", "panicked", "waiting", "resting", "stuck", "late", "left_over"],
        "because": str,
        "due_at": Time,
        "deadline_at": Time,
        "run_deadline_at": Time,
        "worker": Union[str, None],
        "attempt": int,
        "attempts": Union[int, None],
        "error": Union[ExplainedError, None],
        "hold": Union[str, None],
        "alarm": Union[str, None],
    },
)

ExplanationChain = TypedDict(
    "ExplanationChain",
    {
        "items": List[Explained],
        "others": int,
    },
)

# Since when a resource does not answer, or nobody knows, and what says so; null where it answers, and where nothing has ever observed it.
ExplanationAvailability = TypedDict(
    "ExplanationAvailability",
    {
        "availability": Literal["unknown", "uncertain", "offline", "known_offline"],
        "since": Time,
        "observers": List[str],
        "because": str,
    },
)

ExplanationAlarm = TypedDict(
    "ExplanationAlarm",
    {
        "uuid": Uuid,
        "name": str,
        "task": Union[str, None],
        "state": Literal["pending", "climbing", "open", "acknowledged", "snoozed", "lifted", "ignored", "folded", "held"],
        "severity": Severity,
        "message": str,
        "since": Time,
        "under": Union[str, None],
        "because": str,
    },
)

Explanation = TypedDict(
    "Explanation",
    {
        "summary": str,
        "items": List[Explained],
        "chain": List[ExplanationChain],
        "availability": Union[ExplanationAvailability, None],
        "alarms": List[ExplanationAlarm],
    },
)

ErrorGroup = TypedDict(
    "ErrorGroup",
    {
        "kind": str,
        "stack_hash": Union[str, None],
        "count": int,
        "resources": int,
        "first_at": Time,
        "last_at": Time,
        "last": Uuid,
        "message": str,
    },
)

EventResource = TypedDict(
    "EventResource",
    {
        "uuid": Uuid,
        "type": str,
        "label": str,
    },
)

EventTask = TypedDict(
    "EventTask",
    {
        "uuid": Uuid,
        "name": str,
        "run": int,
    },
)

# A move, and whose it is; `task` is null where it is the resource's own.
Event = TypedDict(
    "Event",
    {
        "resource": EventResource,
        "task": Union[EventTask, None],
        "move": Move,
    },
)

AlarmEventResource = TypedDict(
    "AlarmEventResource",
    {
        "uuid": Uuid,
        "type": str,
        "label": str,
    },
)

AlarmEventAlarm = TypedDict(
    "AlarmEventAlarm",
    {
        "uuid": Uuid,
        "name": str,
        "severity": Severity,
        "task": Union[str, None],
    },
)

# A move of an alarm, and whose it is; `task` is null where it is the resource's own.
AlarmEvent = TypedDict(
    "AlarmEvent",
    {
        "resource": AlarmEventResource,
        "alarm": AlarmEventAlarm,
        "move": Move,
    },
)

# Whether the runs of a task ask for approval, since it did not work.
Demotion = TypedDict(
    "Demotion",
    {
        "type": str,
        "task": str,
        "demoted": bool,
        "since": Time,
        "actor": Union[str, None],
        "reason": Union[str, None],
        "judged": int,
        "worked": int,
        "below": Union[Efficacy, None],
    },
)

# How often a task was under way while an alarm was open, in the last 30 days; of the latest 1,000 times.
Repair = TypedDict(
    "Repair",
    {
        "type": str,
        "alarm": str,
        "task": str,
        "starts": Literal["by_itself", "by_people"],
        "automatic": int,
        "by_people": int,
        "cleared": int,
        "in_vain": int,
        "relapsed": int,
        "median_seconds": Union[float, None],
        "summary": str,
        "demotion": Union[Demotion, None],
    },
)

Delivery = TypedDict(
    "Delivery",
    {
        "uuid": Uuid,
        "alarm": Union[str, None],
        "error": Union[str, None],
        "name": Union[str, None],
        "sink": str,
        "event": Literal["open", "resolve", "error"],
        "state": Literal["pending", "sent", "failed"],
        "tries": int,
        "due_at": Time,
        "last_error": Union[str, None],
        "created_at": Time,
        "sent_at": Time,
    },
)

_ToldAlarm = TypedDict(
    "_ToldAlarm",
    {
        "uuid": Uuid,
        "resource": Uuid,
        "subject": Uuid,
        "type": str,
        "label": str,
        "name": str,
        "task": Union[str, None],
        "state": Literal["pending", "climbing", "open", "acknowledged", "snoozed", "lifted", "ignored", "folded", "held", "closed"],
        "severity": Severity,
        "message": str,
        "error": Union[str, None],
        "acknowledged_by": Union[str, None],
        "snoozed_until": Time,
        "under": Union[str, None],
        "runbook": Union[str, None],
        "created_at": Time,
        "opened_at": Time,
        "updated_at": Time,
        "ended_at": Time,
        "repairs": List[Repair],
        "deliveries": List[Delivery],
    },
)


class ToldAlarm(_ToldAlarm, total=False):
    parent: Union[str, None]
    parent_type: Union[str, None]
    parent_label: Union[str, None]


Queue = TypedDict(
    "Queue",
    {
        "queue": str,
        "type": str,
        "version": int,
        "priority": Priority,
        "tickets": int,
        "oldest_seconds": Union[float, None],
        "workers": List[str],
        "held": bool,
        "problem": Union[str, None],
    },
)

Spent = TypedDict(
    "Spent",
    {
        "share": Union[float, None],
        "ticks": float,
        "ticks_per_second": float,
        "used_seconds": float,
        "mean_seconds": Union[float, None],
        "ran_seconds": float,
        "committed_seconds": float,
        "waited_seconds": float,
    },
)

Used = TypedDict(
    "Used",
    {
        "type": str,
        "task": Union[str, None],
        "resource": Union[str, None],
        "label": Union[str, None],
        "heavy": bool,
        "spent": Spent,
    },
)

UsageReport = TypedDict(
    "UsageReport",
    {
        "by": Literal["type", "task", "tree", "resource"],
        "from": Time,
        "to": Time,
        "total": Spent,
        "items": List[Used],
    },
)

WorkerType = TypedDict(
    "WorkerType",
    {
        "name": str,
        "versions": List[int],
    },
)

Worker = TypedDict(
    "Worker",
    {
        "id": str,
        "host": Union[str, None],
        "build": str,
        "queues": List[str],
        "types": List[WorkerType],
        "started_at": Time,
        "heartbeat_seconds": Union[float, None],
        "in_flight": Union[int, None],
        "draining": Union[bool, None],
    },
)

# When it opens, and for how long, in seconds; null where no task has it any more.
BreakerOpens = TypedDict(
    "BreakerOpens",
    {
        "tries": int,
        "ratio": Union[float, None],
        "within": int,
        "open_for": int,
        "probes": int,
        "severity": str,
    },
)

Breaker = TypedDict(
    "Breaker",
    {
        "name": str,
        "state": Literal["closed", "open", "half_open"],
        "tasks": List[str],
        "opens": Union[BreakerOpens, None],
        "failed": int,
        "good": int,
        "waiting": int,
        "since": Time,
        "until": Time,
        "times": int,
        "by_hand": bool,
        "actor": Union[str, None],
        "reason": Union[str, None],
    },
)

BulkCounts = TypedDict(
    "BulkCounts",
    {
        "total": int,
        "waiting": int,
        "begun": int,
        "done": int,
        "skipped": int,
        "failed": int,
    },
)

Bulk = TypedDict(
    "Bulk",
    {
        "uuid": Uuid,
        "type": str,
        "filter": List[str],
        "under": Union[str, None],
        "action": Literal["start", "stop", "abort", "retry", "signal", "delete", "set"],
        "task": Union[str, None],
        "signal": Union[str, None],
        "content": Fields,
        "rate": Union[str, None],
        "canary": int,
        "watch": int,
        "halt_after": Union[int, None],
        "halt_share": Union[int, None],
        "state": Literal["gathering", "canary", "running", "paused", "halted", "done", "cancelled"],
        "note": str,
        "counts": BulkCounts,
        "eta": Time,
        "can": List[Literal["pause", "resume", "cancel"]],
        "actor": str,
        "reason": str,
        "created_at": Time,
        "updated_at": Time,
        "ended_at": Time,
    },
)

BulkPreviewFew = TypedDict(
    "BulkPreviewFew",
    {
        "uuid": Uuid,
        "label": str,
        "state": str,
    },
)

BulkPreview = TypedDict(
    "BulkPreview",
    {
        "valid": Literal[True],
        "count": int,
        "more": bool,
        "few": List[BulkPreviewFew],
    },
)

BulkItem = TypedDict(
    "BulkItem",
    {
        "resource": Uuid,
        "type": str,
        "label": Union[str, None],
        "result": Literal["waiting", "begun", "done", "skipped", "failed"],
        "task": Union[str, None],
        "code": Union[str, None],
        "message": str,
        "at": Time,
    },
)

AvailabilityPeriod = TypedDict(
    "AvailabilityPeriod",
    {
        "availability": str,
        "from": Time,
        "to": Time,
        "seconds": float,
    },
)

AvailabilityRepair = TypedDict(
    "AvailabilityRepair",
    {
        "alarm": str,
        "task": str,
        "total": int,
        "within_window": int,
        "most": int,
        "window_seconds": int,
        "used_up": bool,
    },
)

Availability = TypedDict(
    "Availability",
    {
        "availability": Literal["unknown", "online", "uncertain", "offline", "known_offline"],
        "observed": Literal["unknown", "online", "uncertain", "offline", "known_offline"],
        "misses": int,
        "held": bool,
        "planned_until": Time,
        "since": Time,
        "from": Time,
        "to": Time,
        "seconds": Dict[str, float],
        "online_share": Union[float, None],
        "periods": List[AvailabilityPeriod],
        "repairs": List[AvailabilityRepair],
    },
)

# The resource to which it is limited, with what is below that; null for all.
Root = TypedDict(
    "Root",
    {
        "uuid": Uuid,
        "type": Union[str, None],
        "label": Union[str, None],
        "state": Literal["active", "ended", "removed"],
    },
)

Sink = TypedDict(
    "Sink",
    {
        "name": str,
        "kind": Literal["webhook", "slack", "pagerduty", "email", "log", "sentry"],
        "settings": Dict[str, Any],
        "min_severity": Severity,
        "types": Union[List[str], None],
        "under": Root,
        "active": bool,
        "version": int,
        "created_by": str,
        "created_at": Time,
        "updated_at": Time,
    },
)

Tested = TypedDict(
    "Tested",
    {
        "sent": Literal[True],
    },
)

Audited = TypedDict(
    "Audited",
    {
        "at": Time,
        "actor": str,
        "role": Union[str, None],
        "action": str,
        "outcome": Literal["allowed", "denied"],
        "status": Union[int, None],
        "resource": Union[str, None],
        "subject": Union[str, None],
        "target": str,
        "reason": str,
        "details": Dict[str, Any],
        "remote": str,
        "trace_id": Union[str, None],
    },
)

Role = Literal["viewer", "auditor", "operator", "admin", "secret-reader"]

Key = TypedDict(
    "Key",
    {
        "uuid": Uuid,
        "name": str,
        "prefix": str,
        "role": Role,
        "types": Union[List[str], None],
        "under": Root,
        "created_by": str,
        "created_at": Time,
        "expires_at": Time,
        "last_used_at": Time,
        "revoked_at": Time,
    },
)

MadeKey = TypedDict(
    "MadeKey",
    {
        "uuid": Uuid,
        "name": str,
        "prefix": str,
        "role": Role,
        "types": Union[List[str], None],
        "under": Root,
        "created_by": str,
        "created_at": Time,
        "expires_at": Time,
        "last_used_at": Time,
        "revoked_at": Time,
        "key": str,
    },
)
