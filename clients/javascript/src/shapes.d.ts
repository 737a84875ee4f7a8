// Written by clients/generate.py from openapi.yaml: change that, and run it again.

/** What a field holds. An integer beyond 2^53 is a bigint, and a number with a fraction is text: no digit is lost. */
export type Value = string | number | bigint | boolean | null | Value[] | { [name: string]: Value };

export interface Health {
  status: "up";
}

export interface Ready {
  ready: boolean;
  reasons: Array<string>;
}

export interface ProblemError {
  pointer: string;
  detail: string;
}

export type Priority = "high" | "normal" | "low";

/** What each element of a list or set, or value of a map, has to be; what says nothing is null. */
export interface ElementConstraints {
  /** The values that there are. */
  one_of: Array<Value> | null;
  /** The least value, itself included; or null. */
  min: Value;
  /** The greatest value, itself included; or null. */
  max: Value;
  /** The fewest characters (code points). */
  min_length: number | null;
  /** The most characters (code points). */
  max_length: number | null;
  /** What the whole of it matches, as RE2 reads it. */
  pattern: string | null;
}

/** What the values of a field have to be; what says nothing is null. A value that is sent and is not so is 422. */
export interface Constraints {
  /** The values that there are. */
  one_of: Array<Value> | null;
  /** The least value, itself included; or null. */
  min: Value;
  /** The greatest value, itself included; or null. */
  max: Value;
  /** The fewest characters (code points), or elements. */
  min_length: number | null;
  /** The most characters (code points), or elements. */
  max_length: number | null;
  /** What a whole text matches, as RE2 reads it. */
  pattern: string | null;
  each: ElementConstraints | null;
}

export interface Field {
  name: string;
  type: string;
  required: boolean;
  secret: boolean;
  /** Whether nobody sets it but code, or an admin. */
  internal: boolean;
  /** Whether a filter by it goes by an index, once those that were there before are in it. */
  indexed: boolean;
  /** What it reads until it is first set, or null. */
  initial: Value;
  formerly: Array<string>;
  /** What its values have to be, for people to read; null where anything of its type will do. */
  takes: string | null;
  constraints: Constraints | null;
}

export interface SignalType {
  name: string;
  fields: Array<Field>;
}

export interface State {
  name: string;
  code: "decide" | "async" | "blocking";
  to: Array<string>;
  finishes: boolean;
  on_delete: boolean;
  rests: boolean;
  waits: boolean;
  signals: Array<SignalType>;
  every: number | null;
  within: number | null;
  limit: number;
  retries: number;
  formerly: Array<string>;
}

export interface Edge {
  from: string;
  to: string;
}

/** When it starts again and again. */
export interface Schedule {
  /** In seconds. */
  every: number | null;
  cron: string | null;
  /** The time zone of the expression. */
  zone: string | null;
  missed: "skip" | "once" | "all";
  /** How much later it starts at most in seconds. */
  jitter: number;
}

/** Which ended runs stay, the latest so many and those that ended within this time. */
export interface TaskTypeKeep {
  runs: number;
  seconds: number;
}

/** How many may begin within so many seconds. */
export interface Rate {
  runs: number;
  per: number;
}

/** What it shares with all tasks that name it, of whatever types. */
export interface TaskTypeLimitsShared {
  name: string;
  concurrency: number | null;
  rate: Rate | null;
}

/** While more than so many percent of the active resources of the type, or of those under the same parent, want it, none begins. */
export interface TaskTypeLimitsBrake {
  percent: number;
  per_parent: boolean;
}

/** Below so many percent of so many of its latest automatic runs. */
export interface Efficacy {
  percent: number;
  runs: number;
}

/** What a run of it waits for before it begins; null where it begins at once. */
export interface TaskTypeLimits {
  /** The name of its breaker. */
  breaker: string | null;
  /** How many may be under way at once, over all resources of the type. */
  concurrency: number | null;
  rate: Rate | null;
  /** What it shares with all tasks that name it, of whatever types. */
  shared: TaskTypeLimitsShared | null;
  /** While more than so many percent of the active resources of the type, or of those under the same parent, want it, none begins. */
  brake: TaskTypeLimitsBrake | null;
  /** Whether somebody has to approve each run. */
  approval: boolean;
  /** When it asks for approval since it does not work; or null. */
  demote_below: Efficacy | null;
}

export interface TaskType {
  name: string;
  shared: boolean;
  /** Whether only its resource starts it */
  internal: boolean;
  exits: boolean;
  /** Whether a condition starts it. */
  starts_when: boolean;
  /** Whether a condition stops it. */
  stops_when: boolean;
  schedule: Schedule | null;
  /** Which ended runs stay, the latest so many and those that ended within this time. */
  keep: TaskTypeKeep;
  /** How many seconds a run may take from its first state on, before it times out. */
  within: number | null;
  /** What a run of it waits for before it begins; null where it begins at once. */
  limits: TaskTypeLimits | null;
  first: string;
  fields: Array<Field>;
  states: Array<State>;
  edges: Array<Edge>;
  diagram: string;
}

export type Severity = "info" | "warning" | "error" | "critical";

/** The task that is started to put it right, and how often at most within so many seconds. */
export interface AlarmTypeRepair {
  task: string;
  most: number;
  within: number;
}

export interface AlarmType {
  name: string;
  severity: Severity;
  /** Whether it opens by itself; if not, code raises it. */
  judged: boolean;
  /** How many seconds what it says has to be so before it opens. */
  for_at_least: number;
  /** Open and not acknowledged for so many seconds, it becomes a step more severe, and is told of again. */
  escalate_after: number | null;
  /** The task that is started to put it right, and how often at most within so many seconds. */
  repair: AlarmTypeRepair | null;
  /** Tasks that a person may start to put it right. */
  suggested: Array<string>;
  runbook: string | null;
}

/** How often code may restart one within so many seconds; null for ever. */
export interface TypeRestarts {
  runs: number;
  per: number;
}

/** How many seconds of the workers one may use, with all below it, within so many seconds; null for any. */
export interface TypeQuota {
  used_seconds: number;
  per: number;
}

export type Time = Date | null;

export type Links = Record<string, string>;

export interface Type {
  name: string;
  version: number;
  versions: Array<number>;
  /** Workers that take from it tick its resources. */
  queue: string;
  priority: Priority;
  /** The state it begins with. */
  first: string;
  fields: Array<Field>;
  states: Array<State>;
  edges: Array<Edge>;
  tasks: Array<TaskType>;
  children: Array<string>;
  /** The names of all that it may have, also of those that every type has. */
  alarms: Array<string>;
  /** Those that it declares. */
  alarm_types: Array<AlarmType>;
  /** How many seconds an ended one stays. */
  keep: number;
  /** How often code may restart one within so many seconds; null for ever. */
  restarts: TypeRestarts | null;
  /** How many seconds of the workers one may use, with all below it, within so many seconds; null for any. */
  quota: TypeQuota | null;
  /** Mermaid. */
  diagram: string;
  builds: Array<string>;
  last_seen: Time;
  links: Links;
}

export type Token = string | null;

export type Uuid = string;

export interface Hold {
  uuid: Uuid;
  scope: "subtree" | "type" | "task" | "queue" | "all" | "breaker";
  resource: string | null;
  /** Of the resource, if it is of one. */
  type: string | null;
  /** The same. */
  label: string | null;
  /** What its resource is a child of, where it is listed or shown by itself; null where that is not for the key. */
  parent?: string | null;
  /** The same. */
  parent_type?: string | null;
  /** The same. */
  parent_label?: string | null;
  name: string | null;
  reason: string;
  actor: string;
  created_at: Time;
  effective_at: Time;
  until: Time;
  /** Whether what it holds is ended, without running its code. */
  abandons: boolean;
}

export type Fields = Record<string, Value>;

export interface ResourceSummary {
  uuid: Uuid;
  type: string;
  schema_version: number;
  label: string;
  parent: string | null;
  /** Of the parent. */
  parent_type: string | null;
  /** Of the parent. */
  parent_label: string | null;
  state: string;
  step: number;
  version: number;
  active: boolean;
  deleting: boolean;
  availability: "unknown" | "online" | "uncertain" | "offline" | "known_offline";
  /** What abandons it, or else the first hold that holds it; null where nobody does. */
  held: Hold | null;
  due_at: Time;
  fields: Fields;
  created_at: Time;
  updated_at: Time;
  ended_at: Time;
  links: Links;
}

export interface ResourceList {
  items: Array<ResourceSummary>;
  next_page_token: Token;
  /** What is unusual of the filter: there is no such state, or the value is none of those that the field takes, so that only what was stored before may have it. Missing where nothing is. */
  note?: string;
  /** Active resources of the type, by state. */
  counts?: Record<string, number>;
}

export interface Valid {
  valid: true;
}

export interface ResourceAncestor {
  uuid: Uuid;
  type: string;
  label: string;
}

export type Status = "absent" | "running" | "panicked" | "finished" | "stopped" | "timed_out" | "aborted";

/** When it starts again and again. */
export interface TaskSchedule {
  /** In seconds. */
  every: number | null;
  cron: string | null;
  /** The time zone of the expression. */
  zone: string | null;
  missed: "skip" | "once" | "all";
  /** How much later it starts at most in seconds. */
  jitter: number;
  /** Null where no clock has reckoned it yet or it has ended. */
  next_at: Date | null;
  /** The last time for which it was started. */
  last_at: Date | null;
  /** What came of it last where it was not simply started. */
  note: string;
}

/** A declared task and its latest run; `uuid` is null where it never ran. */
export interface TaskOfResource {
  uuid: string | null;
  name: string;
  run: number;
  state: string | null;
  status: Status;
  step: number | null;
  /** What it waits for to begin, by the limits of its task; null where it does not. */
  waits_for: string | null;
  can_start: boolean;
  why_not: string | null;
  /** Why its condition has started it or has not; null where it has none. */
  trigger: string | null;
  schedule: TaskSchedule | null;
}

/** How often it was restarted; null where its type says nothing of that. */
export interface ResourceRestarts {
  /** Then it counts as down on purpose. */
  under_way: boolean;
  total: number;
  /** How often within the window, whoever asked for it. */
  within_window: number | null;
  /** How often its code may within the window; null for ever. */
  most: number | null;
  window_seconds: number | null;
  next_at: Time;
}

export interface ResourceWaitsFor {
  what: "task" | "child" | "resource";
  uuid: Uuid;
  name: string;
  state: string;
  why: string;
}

export interface ResourceSignal {
  uuid: Uuid;
  type: string;
  /** Null where it was sent to the resource itself. */
  task: string | null;
  /** Who sent it; null where a resource did, to a key that is limited. */
  from: string | null;
  sent_at: Time;
}

export interface ResourceChildren {
  total: number;
}

export interface Alarm {
  uuid: Uuid;
  resource: Uuid;
  subject: Uuid;
  /** Of its resource; `__system__` where it is the system's own. */
  type: string;
  /** Of its resource. */
  label: string;
  /** What its resource is a child of, where it is listed or shown by itself; null where that is not for the key. */
  parent?: string | null;
  /** The same. */
  parent_type?: string | null;
  /** The same. */
  parent_label?: string | null;
  name: string;
  task: string | null;
  state: "pending" | "climbing" | "open" | "acknowledged" | "snoozed" | "lifted" | "ignored" | "folded" | "held" | "closed";
  severity: Severity;
  message: string;
  error: string | null;
  acknowledged_by: string | null;
  snoozed_until: Time;
  /** The alarm or the hold that keeps it quiet. */
  under: string | null;
  runbook: string | null;
  created_at: Time;
  opened_at: Time;
  updated_at: Time;
  ended_at: Time;
}

export interface Hop {
  level: number;
  resource: Uuid;
  decision: string | null;
  reason: string | null;
  at: Time;
  due_at: Time;
  decided_at: Time;
}

export interface Error {
  uuid: Uuid;
  resource: Uuid;
  subject: Uuid;
  /** Of its resource; null where that was removed since. */
  type: string | null;
  /** The same. */
  label: string | null;
  /** What its resource is a child of, where it is listed or shown by itself; null where that is not for the key. */
  parent?: string | null;
  /** The same. */
  parent_type?: string | null;
  /** The same. */
  parent_label?: string | null;
  /** Whose run it is of; null where it is the resource's own, or that was removed since. */
  task: string | null;
  kind: string;
  message: string;
  /** The same for errors from one place in the code. */
  stack_hash?: string | null;
  /** How its panic climbed. */
  hops?: Array<Hop>;
  attributes: Record<string, Value>;
  stack?: string | null;
  state: string;
  step: number;
  attempt: number;
  worker: string;
  build: string;
  at: Time;
}

export interface Action {
  name: string;
  allowed: boolean;
  why_not: string | null;
  method: string;
  href: string;
}

export interface Resource {
  uuid: Uuid;
  type: string;
  schema_version: number;
  label: string;
  parent: string | null;
  /** Of the parent. */
  parent_type: string | null;
  /** Of the parent. */
  parent_label: string | null;
  state: string;
  step: number;
  version: number;
  active: boolean;
  deleting: boolean;
  availability: "unknown" | "online" | "uncertain" | "offline" | "known_offline";
  /** What abandons it, or else the first hold that holds it; null where nobody does. */
  held: Hold | null;
  due_at: Time;
  fields: Fields;
  created_at: Time;
  updated_at: Time;
  ended_at: Time;
  links: Links;
  /** What is above it, the root first; from the root of a limited key on. */
  ancestors: Array<ResourceAncestor>;
  deadline_at: Time;
  /** The type of each declared field, by name. */
  field_types: Record<string, string>;
  tasks: Array<TaskOfResource>;
  /** How often it was restarted; null where its type says nothing of that. */
  restarts: ResourceRestarts | null;
  /** What stands in the way of a resource that was asked to go; the first ten children at the most. */
  waits_for: Array<ResourceWaitsFor>;
  /** What was sent to it and its active tasks and has not been consumed: of each type the oldest, without what it carries. */
  signals: Array<ResourceSignal>;
  children: ResourceChildren;
  alarms: Array<Alarm>;
  error: Error | null;
  actions: Array<Action>;
}

export interface MoveNote {
  message: string;
  cause: string;
  actor: string;
  worker: string;
  at: Time;
}

export interface Move {
  step: number;
  from: string;
  to: string;
  cause: string;
  actor: string;
  message: string;
  error: string | null;
  changed: Array<string>;
  worker: string;
  build: string;
  trace_id?: string | null;
  at: Time;
  /** In a history: what was said while it stayed where the move led, and why somebody changed something without a move; the last 20, in order. What a state says again and again is there once. */
  notes?: Array<MoveNote>;
}

export interface TreeItemAlarm {
  name: string;
  task: string | null;
  state: string;
  severity: Severity;
}

export interface TreeItem {
  uuid: Uuid;
  type: string;
  label: string;
  parent: string | null;
  /** How far below the resource that was asked for. */
  depth: number;
  state: string;
  active: boolean;
  deleting: boolean;
  availability: "unknown" | "online" | "uncertain" | "offline" | "known_offline";
  /** What abandons it, or else the first hold that holds it, its own or one of what is above; null where nobody does. */
  held: Hold | null;
  /** Not closed, of it and its tasks; the last 10. */
  alarms: Array<TreeItemAlarm>;
}

export interface Task {
  uuid: Uuid;
  resource: Uuid;
  type: string;
  schema_version: number;
  name: string;
  run: number;
  state: string;
  status: Status;
  /** What it waits for to begin, by the limits of its task; null where it does not. */
  waits_for: string | null;
  step: number;
  version: number;
  active: boolean;
  outcome: "finished" | "stopped" | "timed_out" | "aborted" | null;
  fields: Fields;
  args: Fields;
  started_by: string;
  cause: string;
  due_at: Time;
  deadline_at: Time;
  run_deadline_at: Time;
  every: number | null;
  error: string | null;
  already_running?: boolean;
  actions: Array<Action>;
  created_at: Time;
  updated_at: Time;
  ended_at: Time;
  links: Links;
}

export interface Signal {
  uuid: Uuid;
  type: string;
  resource: Uuid;
  subject: Uuid;
  sent_at: Time;
}

export interface PlannedResourcesItem {
  uuid: Uuid;
  type: string;
  label: string;
  parent: string | null;
  /** How far below the one that was asked for. */
  depth: number;
  state: string;
  /** It is on its way down already. */
  deleting: boolean;
}

export interface PlannedResources {
  /** Itself among them. */
  total: number;
  items: Array<PlannedResourcesItem>;
}

export interface PlannedTasksItem {
  uuid: Uuid;
  resource: Uuid;
  /** Of its resource. */
  type: string;
  /** Of its resource. */
  label: string;
  name: string;
  state: string;
}

/** Runs that would be stopped, and the state they are in. */
export interface PlannedTasks {
  total: number;
  items: Array<PlannedTasksItem>;
}

export interface PlannedAlarmsItem {
  uuid: Uuid;
  resource: Uuid;
  /** Of its resource. */
  type: string;
  /** Of its resource. */
  label: string;
  name: string;
  task: string | null;
  state: string;
  severity: Severity;
}

/** Those that would be over. */
export interface PlannedAlarms {
  total: number;
  items: Array<PlannedAlarmsItem>;
}

export interface Plan {
  action: "delete";
  /** To be sent with the deletion: the same as long as nothing of this comes, goes or moves. */
  plan: string;
  resources: PlannedResources;
  tasks: PlannedTasks;
  alarms: PlannedAlarms;
}

export interface Revealed {
  /** Text; an array or an object where the field is a list, a set or a map of secrets. */
  value: string | Array<Value> | Record<string, Value>;
}

export interface Run {
  uuid: Uuid;
  resource: Uuid;
  type: string;
  /** Of its resource. */
  label: string;
  /** What its resource is a child of, where it is listed or shown by itself; null where that is not for the key. */
  parent?: string | null;
  /** The same. */
  parent_type?: string | null;
  /** The same. */
  parent_label?: string | null;
  /** Of its task. */
  name: string;
  /** 1, 2, … for each resource and task. */
  run: number;
  state: string;
  status: "running" | "panicked" | "finished" | "stopped" | "timed_out" | "aborted";
  step: number;
  started_by: string;
  cause: string;
  due_at: Time;
  error: string | null;
  created_at: Time;
  updated_at: Time;
  ended_at: Time;
}

/** With what the last try failed, or what it has stopped with. */
export interface ExplainedError {
  uuid: Uuid;
  kind: string;
  message: string;
  at: Time;
}

export interface Explained {
  uuid: Uuid;
  resource: Uuid;
  type: string;
  /** Of its resource. */
  label: string;
  task: string | null;
  state: string;
  since: Time;
  /** Why it made its last move, or what it said since. */
  said: string;
  /** Whether its resource is on its way down. */
  deleting: boolean;
  reason: "due_later" | "due" | "polling" | "held" | "panicked" | "waiting" | "resting" | "stuck" | "late" | "left_over";
  /** The same in words. */
  because: string;
  due_at: Time;
  deadline_at: Time;
  run_deadline_at: Time;
  /** Which worker has it in hand right now, as far as that is known. */
  worker: string | null;
  /** Which try of its state the next is, or the one under way. */
  attempt: number;
  /** How many tries there are, where some have failed and its type is known. */
  attempts: number | null;
  /** With what the last try failed, or what it has stopped with. */
  error: ExplainedError | null;
  /** What abandons it; or else the oldest hold that holds it. */
  hold: string | null;
  alarm: string | null;
}

export interface ExplanationChain {
  /** The five that tell most; the first leads to the next level. */
  items: Array<Explained>;
  /** How many more there are. */
  others: number;
}

/** Since when a resource does not answer, or nobody knows, and what says so; null where it answers, and where nothing has ever observed it. */
export interface ExplanationAvailability {
  availability: "unknown" | "uncertain" | "offline" | "known_offline";
  since: Time;
  /** The tasks that observe it. */
  observers: Array<string>;
  /** All of it in words. */
  because: string;
}

export interface ExplanationAlarm {
  uuid: Uuid;
  name: string;
  task: string | null;
  state: "pending" | "climbing" | "open" | "acknowledged" | "snoozed" | "lifted" | "ignored" | "folded" | "held";
  severity: Severity;
  message: string;
  since: Time;
  /** The alarm or the hold that keeps it quiet. */
  under: string | null;
  /** How it stands, and what it is folded under, in words. */
  because: string;
}

export interface Explanation {
  /** All of it in a sentence, from what was asked about to what keeps it; empty of what has ended. */
  summary: string;
  items: Array<Explained>;
  /** What keeps the first of `items` from going on, level by level: what hangs off it, what hangs off the first of that, and so on, seven at most; empty where it is itself what keeps it. Of a thousand resources below it is found what has stopped, is late, is held, fails or waits for its turn; where there is no such thing, what is to happen next of what it waits for. */
  chain: Array<ExplanationChain>;
  /** Since when a resource does not answer, or nobody knows, and what says so; null where it answers, and where nothing has ever observed it. */
  availability: ExplanationAvailability | null;
  /** Of the resource and its tasks, or of the run: the newest twenty that are not closed. */
  alarms: Array<ExplanationAlarm>;
}

export interface ErrorGroup {
  kind: string;
  stack_hash: string | null;
  count: number;
  /** How many it met. */
  resources: number;
  first_at: Time;
  last_at: Time;
  last: Uuid;
  /** What the last one says. */
  message: string;
}

export interface EventResource {
  uuid: Uuid;
  type: string;
  label: string;
}

export interface EventTask {
  uuid: Uuid;
  name: string;
  run: number;
}

/** A move, and whose it is; `task` is null where it is the resource's own. */
export interface Event {
  resource: EventResource;
  task: EventTask | null;
  move: Move;
}

export interface AlarmEventResource {
  uuid: Uuid;
  type: string;
  label: string;
}

export interface AlarmEventAlarm {
  uuid: Uuid;
  name: string;
  severity: Severity;
  task: string | null;
}

/** A move of an alarm, and whose it is; `task` is null where it is the resource's own. */
export interface AlarmEvent {
  resource: AlarmEventResource;
  alarm: AlarmEventAlarm;
  move: Move;
}

/** Whether the runs of a task ask for approval, since it did not work. */
export interface Demotion {
  type: string;
  task: string;
  demoted: boolean;
  since: Time;
  /** Who brought it there. */
  actor: string | null;
  reason: string | null;
  /** How many automatic runs count since then. */
  judged: number;
  /** How many of these cleared the alarm for a day. */
  worked: number;
  /** Null where its type does not say so any more. */
  below: Efficacy | null;
}

/** How often a task was under way while an alarm was open, in the last 30 days; of the latest 1,000 times. */
export interface Repair {
  type: string;
  alarm: string;
  task: string;
  /** Whether the alarm starts it, or suggests it. */
  starts: "by_itself" | "by_people";
  /** How often nobody had asked for it. */
  automatic: number;
  /** How often a person had. */
  by_people: number;
  /** How often the alarm was over by it: 5 min after its end at the latest, and before the next repair began. */
  cleared: number;
  /** How often not. What is not known yet is neither. */
  in_vain: number;
  /** How often the alarm was open again within a day. */
  relapsed: number;
  /** From the begin of a run until the alarm was over. */
  median_seconds: number | null;
  /** The same in words: `cleared 14 of 16, 2m median, 1 relapse`. */
  summary: string;
  /** Null where the task cannot be demoted. */
  demotion: Demotion | null;
}

export interface Delivery {
  uuid: Uuid;
  /** Null where it is about an error. */
  alarm: string | null;
  /** Null where it is about an alarm. */
  error: string | null;
  /** The name of the alarm, or the kind of the error. */
  name: string | null;
  sink: string;
  event: "open" | "resolve" | "error";
  state: "pending" | "sent" | "failed";
  tries: number;
  due_at: Time;
  last_error: string | null;
  created_at: Time;
  sent_at: Time;
}

export interface ToldAlarm {
  uuid: Uuid;
  resource: Uuid;
  subject: Uuid;
  /** Of its resource; `__system__` where it is the system's own. */
  type: string;
  /** Of its resource. */
  label: string;
  /** What its resource is a child of, where it is listed or shown by itself; null where that is not for the key. */
  parent?: string | null;
  /** The same. */
  parent_type?: string | null;
  /** The same. */
  parent_label?: string | null;
  name: string;
  task: string | null;
  state: "pending" | "climbing" | "open" | "acknowledged" | "snoozed" | "lifted" | "ignored" | "folded" | "held" | "closed";
  severity: Severity;
  message: string;
  error: string | null;
  acknowledged_by: string | null;
  snoozed_until: Time;
  /** The alarm or the hold that keeps it quiet. */
  under: string | null;
  runbook: string | null;
  created_at: Time;
  opened_at: Time;
  updated_at: Time;
  ended_at: Time;
  /** What puts it right, and how well. That is of all resources of its type, so a key of a subtree is told of none. */
  repairs: Array<Repair>;
  /** Who was told, the newest first; at most 200. */
  deliveries: Array<Delivery>;
}

export interface Queue {
  queue: string;
  type: string;
  version: number;
  priority: Priority;
  /** How many wait; each is of up to 64 subjects. */
  tickets: number;
  /** How long the oldest has waited. */
  oldest_seconds: number | null;
  /** Those that take from it. */
  workers: Array<string>;
  /** Whether the queue, the type or everything is on hold. */
  held: boolean;
  /** Why nobody takes from it. */
  problem: string | null;
}

export interface Spent {
  /** Of what all used, from 0 to 1. */
  share: number | null;
  /** A fraction where it is an estimate. */
  ticks: number;
  ticks_per_second: number;
  /** Of a worker or of Postgres; what ran and what was committed. */
  used_seconds: number;
  /** Used by one tick. */
  mean_seconds: number | null;
  /** Code ran, on a thread or on the event loop. */
  ran_seconds: number;
  /** The shares of the commits. */
  committed_seconds: number;
  /** Async code waited for its answer. */
  waited_seconds: number;
}

export interface Used {
  type: string;
  /** By task, the task; null for resources themselves. */
  task: string | null;
  /** By tree and by resource, whose it is. */
  resource: string | null;
  /** That resource's; null where it was removed. */
  label: string | null;
  /** Whether it uses more than the quota of its type, with all below it. */
  heavy: boolean;
  spent: Spent;
}

export interface UsageReport {
  by: "type" | "task" | "tree" | "resource";
  from: Time;
  to: Time;
  total: Spent;
  items: Array<Used>;
}

export interface WorkerType {
  name: string;
  versions: Array<number>;
}

export interface Worker {
  id: string;
  host: string | null;
  build: string;
  /** Those that it takes from. */
  queues: Array<string>;
  /** What it takes; nothing once it is draining. */
  types: Array<WorkerType>;
  started_at: Time;
  /** How long ago it said so. */
  heartbeat_seconds: number | null;
  /** How many subjects it has in hand. */
  in_flight: number | null;
  /** Whether it takes nothing on any more, and ends. */
  draining: boolean | null;
}

/** When it opens, and for how long, in seconds; null where no task has it any more. */
export interface BreakerOpens {
  /** How many tries have to fail; with a ratio, how many there have to be. */
  tries: number;
  /** The share of them that has to fail. */
  ratio: number | null;
  /** In how many seconds they count. */
  within: number;
  /** How long it stays open at first. */
  open_for: number;
  /** How many runs are let go then. */
  probes: number;
  /** Of its alarm. */
  severity: string;
}

export interface Breaker {
  name: string;
  state: "closed" | "open" | "half_open";
  /** The tasks that have it, each as TYPE/TASK. */
  tasks: Array<string>;
  /** When it opens, and for how long, in seconds; null where no task has it any more. */
  opens: BreakerOpens | null;
  /** How many tries failed since it stands so, within its time. */
  failed: number;
  /** How many went well; 0 where none failed. */
  good: number;
  /** How many runs are due and wait for it, counted up to 1,000. */
  waiting: number;
  since: Time;
  until: Time;
  /** How often in a row it was opened. */
  times: number;
  /** Whether a person opened it for no certain time, so that only a person closes it. */
  by_hand: boolean;
  /** Who brought it there. */
  actor: string | null;
  reason: string | null;
}

export interface BulkCounts {
  /** While it gathers, of those it has found. */
  total: number;
  waiting: number;
  /** Watched, since what began there may yet turn out badly. */
  begun: number;
  done: number;
  /** There was nothing to do. */
  skipped: number;
  failed: number;
}

export interface Bulk {
  uuid: Uuid;
  type: string;
  filter: Array<string>;
  /** The resource that it goes no further than what is below, since its key does not; null for all. */
  under: string | null;
  action: "start" | "stop" | "abort" | "retry" | "signal" | "delete" | "set";
  /** Whose runs it is about; null for the resources themselves. */
  task: string | null;
  signal: string | null;
  /** What a task is started with, the fields that are set, or those of the signal. */
  content: Fields;
  /** Such as `10/s`; null for as fast as it can. */
  rate: string | null;
  canary: number;
  watch: number;
  halt_after: number | null;
  halt_share: number | null;
  state: "gathering" | "canary" | "running" | "paused" | "halted" | "done" | "cancelled";
  /** Why, where that is not plain. */
  note: string;
  counts: BulkCounts;
  eta: Time;
  can: Array<"pause" | "resume" | "cancel">;
  actor: string;
  reason: string;
  created_at: Time;
  updated_at: Time;
  ended_at: Time;
}

export interface BulkPreviewFew {
  uuid: Uuid;
  label: string;
  state: string;
}

export interface BulkPreview {
  valid: true;
  /** Counted up to 100,000. */
  count: number;
  /** Whether there are more. */
  more: boolean;
  few: Array<BulkPreviewFew>;
}

export interface BulkItem {
  resource: Uuid;
  type: string;
  /** Null where it is not there any more. */
  label: string | null;
  result: "waiting" | "begun" | "done" | "skipped" | "failed";
  /** The run that was begun or changed. */
  task: string | null;
  /** What kind of refusal or failure. */
  code: string | null;
  message: string;
  at: Time;
}

export interface AvailabilityPeriod {
  availability: string;
  from: Time;
  to: Time;
  seconds: number;
}

export interface AvailabilityRepair {
  alarm: string;
  task: string;
  /** How often the task ran at all, whoever started it. */
  total: number;
  within_window: number;
  most: number;
  window_seconds: number;
  /** The alarm is critical while it is open. */
  used_up: boolean;
}

export interface Availability {
  /** What counts now: `known_offline` while it is on hold, or the one task is that observes it, or while it is being restarted; `unknown` while no worker takes its type. */
  availability: "unknown" | "online" | "uncertain" | "offline" | "known_offline";
  /** What was seen last. */
  observed: "unknown" | "online" | "uncertain" | "offline" | "known_offline";
  /** Bad looks in a row. */
  misses: number;
  /** Whether it is on hold, or the one task is that observes it. */
  held: boolean;
  planned_until: Time;
  since: Time;
  from: Time;
  to: Time;
  /** How long it was in each. */
  seconds: Record<string, number>;
  /** The share of the time in which it was online, what is unknown or down on purpose left out. */
  online_share: number | null;
  /** The newest first. */
  periods: Array<AvailabilityPeriod>;
  /** Of each alarm that has a repair. */
  repairs: Array<AvailabilityRepair>;
}

/** The resource to which it is limited, with what is below that; null for all. */
export interface Root {
  uuid: Uuid;
  /** Null where it was removed. */
  type: string | null;
  label: string | null;
  /** Of one that was `removed` there is nothing any more. */
  state: "active" | "ended" | "removed";
}

export interface Sink {
  name: string;
  kind: "webhook" | "slack" | "pagerduty" | "email" | "log" | "sentry";
  /** By name; which there are depends on the kind. */
  settings: Record<string, Value>;
  min_severity: Severity;
  /** Of which resources it is told; null for all. */
  types: Array<string> | null;
  under: Root;
  active: boolean;
  version: number;
  created_by: string;
  created_at: Time;
  updated_at: Time;
}

export interface Tested {
  sent: true;
}

export interface Audited {
  at: Time;
  /** `key:NAME`, or `user:NAME` of whom the identity provider vouches for; `prefix:…` for a key that nobody has, `nobody` for none. */
  actor: string;
  /** Of the actor then. */
  role: string | null;
  /** The operation. */
  action: string;
  outcome: "allowed" | "denied";
  /** What was answered; null where it is under way, or its process died. */
  status: number | null;
  /** Of the path, or made. */
  resource: string | null;
  /** Of the path, where that is no resource's. */
  subject: string | null;
  /** The path. */
  target: string;
  reason: string;
  /** What of the body the operation has noted, by its `x-audited`. */
  details: Record<string, Value>;
  /** The address that it came from. */
  remote: string;
  trace_id: string | null;
}

export type Role = "viewer" | "auditor" | "operator" | "admin" | "secret-reader";

export interface Key {
  uuid: Uuid;
  name: string;
  prefix: string;
  role: Role;
  /** Which resources it is limited to; null for all. */
  types: Array<string> | null;
  under: Root;
  created_by: string;
  created_at: Time;
  expires_at: Time;
  last_used_at: Time;
  revoked_at: Time;
}

export interface MadeKey {
  uuid: Uuid;
  name: string;
  prefix: string;
  role: Role;
  /** Which resources it is limited to; null for all. */
  types: Array<string> | null;
  under: Root;
  created_by: string;
  created_at: Time;
  expires_at: Time;
  last_used_at: Time;
  revoked_at: Time;
  /** The key itself. It is not kept, so it is not shown again. */
  key: string;
}
