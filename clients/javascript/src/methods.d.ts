import type {
  Alarm,
  AlarmEvent,
  Audited,
  Availability,
  Breaker,
  Bulk,
  BulkItem,
  Delivery,
  Demotion,
  Error as TaskError,
  ErrorGroup,
  Event as Moved,
  Explanation,
  Hold,
  Key,
  MadeKey,
  Plan,
  Move,
  Queue,
  Repair,
  Resource,
  ResourceSummary,
  Run,
  Severity,
  Signal,
  Sink,
  Task,
  Tested,
  ToldAlarm,
  TreeItem,
  Type,
  UsageReport,
  Value,
  Worker,
} from "./shapes.js";

/** A resource is named by what the API gave of it, or by its type and uuid. */
export type NamedResource = { type: string; uuid: string };
/** A run, an alarm, a hold, … by what the API gave, or by its uuid. */
export type Named = { uuid: string | null } | string;
/** What a thing has to be for a change: as it was given, its version, or an ETag. */
export type Version = { version: number } | number | string;
/** What is sent of a field: a value, or what is written as one. A number with a fraction is best sent as text. */
export type Sent = Value | Date | Sent[] | Set<Sent> | { [name: string]: Sent | undefined };
export type Fields = { [name: string]: Sent | undefined };

export interface Because {
  /** Why; stored with who asked. */
  reason?: string;
}
export interface Change extends Because {
  /** Fails with PreconditionFailed where the thing is at another version by now. */
  ifMatch?: Version;
}
export interface Until extends Change {
  until?: Date | string;
}
export interface Page {
  /** How many are fetched at once; 50 where it is not said. */
  pageSize?: number;
}
export interface Moves extends Page {
  orderBy?: "step" | "step desc";
}
/** Either state or step; fresh makes anew what it makes outside. */
export interface Rewind extends Change {
  state?: string;
  step?: number;
  fresh?: boolean;
}

/** The types that workers have published. */
export interface Types {
  /** Each in its newest version, by name. */
  list(): AsyncGenerator<Type>;
  /** One. Fails with NotFound where no worker has published it. */
  get(name: string, options?: { version?: number }): Promise<Type>;
}

/**
 * Resources. Each method fails with NotFound where there is no such resource; what changes one fails with Conflict where
 * things are not as that needs them, BadRequest where fields or a state do not fit its type, and PreconditionFailed
 * where it is not at the version of ifMatch any more.
 */
export interface Resources {
  /** Makes a resource, or takes over one that exists outside and is in the state `adopt`. */
  create(
    type: string,
    fields?: Fields,
    options?: Because & { label?: string; parent?: Named; adopt?: string },
  ): Promise<Resource>;
  /** What it is, what hangs off it, and what can be done with it. */
  get(resource: NamedResource): Promise<Resource>;
  /** Those of a type of which all that is given holds; also those that have ended, with `ended`. */
  list(
    type: string,
    options?: Page & {
      label?: string;
      state?: string;
      parent?: Named;
      availability?: Resource["availability"];
      fields?: Fields;
      /** What their uuid begins with, six digits or more. */
      uuidPrefix?: string;
      orderBy?: "created_at" | "created_at desc" | "label" | "label desc";
      ended?: boolean;
    },
  ): AsyncGenerator<ResourceSummary>;
  /**
   * The one of this label that has not ended. A label is its own below its parent only.
   * Fails with NotFound for none, with Conflict for more than one, which it names.
   */
  find(type: string, label: string, options?: { parent?: Named }): Promise<Resource>;
  /** How many active ones are in each state, at most 10 s old. */
  counts(type: string): Promise<Record<string, number>>;
  /** Sets fields; null takes one away. */
  update(resource: NamedResource, fields: Fields, options?: Change): Promise<Resource>;
  /** Asks it to go; its tasks and children end first. Wait for that with wait(…, { ended: true }). */
  delete(resource: NamedResource, options?: Change & { plan?: string }): Promise<Resource>;
  /** What it would take with it if it were deleted; changes nothing. Its `plan` may be sent with delete. */
  plan(resource: NamedResource): Promise<Plan>;
  /** Puts it back into a state, or a step, that it was in. */
  rewind(resource: NamedResource, options: Rewind): Promise<Resource>;
  /** Sends one that has panicked back to the state it panicked in. */
  retry(resource: NamedResource, options?: Change): Promise<Resource>;
  /** Restarts it; with `force` also where it was restarted as often as its type allows. */
  restart(resource: NamedResource, options?: Change & { force?: boolean }): Promise<Resource>;
  /** Has it looked at now. */
  tick(resource: NamedResource, options?: Because): Promise<Resource>;
  /** Sends it a signal, which is kept until its code consumes it. */
  signal(resource: NamedResource, type: string, fields?: Fields, options?: Because): Promise<Signal>;
  /** Puts it, its tasks and all below it on hold, until a time or for good. */
  hold(resource: NamedResource, options: { reason: string; until?: Date | string }): Promise<Hold>;
  /** Releases all holds of just this resource and what is below it; gives those that it had. */
  release(resource: NamedResource, options?: Because): Promise<Hold[]>;
  /** Ends it and all below it without running its code: what that made outside stays. For admins. */
  abandon(resource: NamedResource, options: { reason: string; ifMatch?: Version }): Promise<Hold>;
  /** What a secret field holds, for a secret-reader. Not sent again where there was no answer. */
  reveal(resource: NamedResource, field: string, options: { reason: string }): Promise<Value>;
  /** Its moves, from the first one on, or from the last one back. */
  history(resource: NamedResource, options?: Moves): AsyncGenerator<Move>;
  /** It and everything active below it, each before what is below it. */
  tree(resource: NamedResource, options?: Page): AsyncGenerator<TreeItem>;
  /** Why it and its active tasks wait, and what keeps what they wait for; no items of one that has ended. */
  explain(resource: NamedResource): Promise<Explanation>;
  /** Whether it answers, and how long it did, of so many days (30). */
  availability(resource: NamedResource, options?: { days?: number }): Promise<Availability>;
  /**
   * Waits until all of this is so: a state, an availability, that it has ended, what `until` says. Looks at once,
   * whenever it moves, and every 2 s. Fails with Ended if it has ended and so never will be, and with WaitedTooLong
   * after `timeout` milliseconds (60,000), or up to 5 s later where a look is under way then. An API that is away
   * meanwhile is waited for.
   */
  wait(
    resource: NamedResource,
    options: {
      state?: string;
      availability?: Resource["availability"];
      ended?: boolean;
      until?: (now: Resource) => boolean;
      timeout?: number;
    },
  ): Promise<Resource>;
}

/** Runs of tasks. Each method fails with NotFound where there is no such run; a change with Conflict where it cannot be done. */
export interface Tasks {
  /** Every run of a resource's tasks, the newest first. */
  list(resource: NamedResource, options?: Page): AsyncGenerator<Task>;
  /** Runs of all resources, the newest first: of a type, of a task by its name, by how they stand. */
  runs(
    options?: Page & {
      type?: string;
      task?: string;
      status?: Run["status"];
      since?: Date | string;
      until?: Date | string;
    },
  ): AsyncGenerator<Run>;
  /** One run. */
  get(task: Named): Promise<Task>;
  /** Why it waits, and what keeps what it waits for; no items of one that has ended. */
  explain(task: Named): Promise<Explanation>;
  /** Starts a task by its name. Where it runs already, that run, with already_running: true. */
  start(resource: NamedResource, task: string, args?: Fields, options?: Because): Promise<Task>;
  /** Stops it through its __exit__; nothing but a person starts it again. */
  stop(task: Named, options?: Change): Promise<Task>;
  /** Breaks it off; a second time, it no longer waits for its __exit__. */
  abort(task: Named, options?: Change): Promise<Task>;
  /** Lets one begin that waits for approval, once its turn comes. */
  approve(task: Named, options?: Change): Promise<Task>;
  /** Sends one that has panicked back to the state it panicked in, with all its tries. */
  retry(task: Named, options?: Change): Promise<Task>;
  /** Puts it back into a state, or a step, that it was in. */
  rewind(task: Named, options: Rewind): Promise<Task>;
  /** Sends it a signal, which is kept until its code consumes it. */
  signal(task: Named, type: string, fields?: Fields, options?: Because): Promise<Signal>;
  /** What a secret field of it holds, for a secret-reader. Not sent again where there was no answer. */
  reveal(task: Named, field: string, options: { reason: string }): Promise<Value>;
  /** Its moves, from the first one on, or from the last one back. */
  history(task: Named, options?: Moves): AsyncGenerator<Move>;
  /**
   * Waits until a run has ended, or has panicked (its status says which), or until `until` says so. Fails with
   * WaitedTooLong after `timeout` milliseconds (60,000). One that was ended before `until` was so is given too.
   */
  wait(task: Named, options?: { until?: (now: Task) => boolean; timeout?: number }): Promise<Task>;
}

/**
 * One event. `reset`: what was missed is not known any more, so read anew what you show.
 * id: what to give as lastEventId to go on behind it.
 */
export type Event =
  | { kind: "moved"; id: string; data: Moved }
  | { kind: "alarm"; id: string; data: AlarmEvent }
  | { kind: "reset"; id: string; data: { detail: string } };

/** Events, one after the other; leaving the loop ends it. For one reader. */
export interface EventStream extends AsyncIterableIterator<Event> {
  lastEventId: string;
  /** Ends it; whoever waits for an event hears that there is none any more. */
  close(): void;
}

/** What happens. */
export interface Events {
  /**
   * Follows every move, from now on or behind an event; with `resource`, those of it and its tasks. The stream is open
   * when this is fulfilled: what is read after that misses nothing. One that breaks is opened again and goes on behind
   * the last event, for `patience` milliseconds (300,000) at most without an answer; then it fails with what went
   * wrong, as it does where the key is refused.
   */
  follow(options?: {
    resource?: Named;
    lastEventId?: string;
    patience?: number;
    signal?: AbortSignal;
  }): Promise<EventStream>;
}

/** Alarms. A change fails with Conflict where the alarm's state does not let that be said. */
export interface Alarms {
  /** The newest first: of a resource and its tasks, or all; those that are closed too with `closed`. */
  list(options?: Page & { resource?: Named; state?: Alarm["state"]; closed?: boolean }): AsyncGenerator<Alarm>;
  /** How many are open, by severity. */
  counts(): Promise<Record<Severity, number>>;
  /** One, and who was told of it. */
  get(alarm: Named): Promise<ToldAlarm>;
  /** Its moves, from the first one on, or from the last one back. */
  history(alarm: Named, options?: Moves): AsyncGenerator<Move>;
  /** Takes care of it, until it clears or until then. */
  ack(alarm: Named, options?: Until): Promise<ToldAlarm>;
  /** Quiets it until then; it is open again if it has not cleared. */
  snooze(alarm: Named, options: Until & { until: Date | string }): Promise<ToldAlarm>;
  /** Lifts the brake that it tells of until then: its task goes on, though so many want it. */
  lift(alarm: Named, options: Until & { until: Date | string; reason: string }): Promise<ToldAlarm>;
  /** Quiets it until it clears; then it is armed again. */
  ignore(alarm: Named, options?: Change): Promise<ToldAlarm>;
  /** Makes an ignored one as loud as one that has just opened. */
  unignore(alarm: Named, options?: Change): Promise<ToldAlarm>;
  /** Closes it. Fails with Conflict while what it tells of stands still; that is ignored instead. */
  close(alarm: Named, options?: Change): Promise<ToldAlarm>;
}

/** What went wrong in users' code. */
export interface Errors {
  /** The newest first: of a resource and its tasks, of a kind, from a place in the code. */
  list(options?: Page & { resource?: Named; kind?: string; stackHash?: string }): AsyncGenerator<TaskError>;
  /** One, with its stack. */
  get(error: Named): Promise<TaskError>;
  /** What happens again and again, the most frequent first: of so many hours (24), so many (50). */
  groups(options?: { hours?: number; most?: number }): Promise<ErrorGroup[]>;
}

/** What waits in each queue, by type, version and priority. */
export interface Queues {
  /** Each with the workers that take from it; where nobody does, its problem says why. */
  list(): Promise<Queue[]>;
}

/** The workers that live. */
export interface Workers {
  /** By id, as each last said of itself. */
  list(): Promise<Worker[]>;
}

/** What ticks have used, and who used it. */
export interface Usage {
  /** By type, task, tree or resource (type), who used most first: in so much time ("10m"), so many (50). */
  get(options?: { by?: UsageReport["by"]; since?: string; under?: Named; most?: number }): Promise<UsageReport>;
}

/** What keeps tasks from running while what they need does not work. */
export interface Breakers {
  /** By name; at most 1,000. */
  list(): Promise<Breaker[]>;
  /** What is due of its tasks waits until a person closes it, or until it is tried again then. */
  open(name: string, options: { until?: Date | string; reason: string }): Promise<Breaker>;
  /** What waited goes on, spread over a while. */
  close(name: string, options: { reason: string }): Promise<Breaker>;
}

/** How well tasks put alarms right. */
export interface Repairs {
  /** By type, alarm and task; at most 1,000. */
  list(): Promise<Repair[]>;
  /** A task that was demoted begins without asking again. */
  promote(type: string, task: string, options: { reason: string }): Promise<Demotion>;
}

/** What is on hold. A resource is put on hold with resources.hold. */
export interface Holds {
  /** The oldest first; at most 1,000. */
  list(): Promise<Hold[]>;
  /** Puts a type, task or queue of this name, the subtree of a resource, or all on hold. */
  create(
    scope: Hold["scope"],
    options: { reason: string; name?: string; resource?: Named; until?: Date | string },
  ): Promise<Hold>;
  /** What it held goes on where it was. */
  release(hold: Named, options?: Because): Promise<Hold>;
}

/** One thing done with all resources that a filter finds, one after the other. */
export interface BulkRuns {
  /** The newest first. */
  list(options?: { pageSize?: number }): AsyncIterable<Bulk>;
  /** Does it with all of a type, or those of which all of the filter holds: "state=up", "fields.size=3". */
  create(
    type: string,
    action: Bulk["action"],
    options?: {
      filter?: string[];
      task?: string;
      args?: Fields;
      signal?: string;
      fields?: Fields;
      /** No more than so many, as "10/s", "30/min" or "5/h". */
      rate?: string;
      /** So many first; the rest follows once they have turned out well. */
      canary?: number;
      /** For how many seconds what was begun has to go well. */
      watch?: number;
      haltAfter?: number;
      haltShare?: number;
      reason?: string;
    },
  ): Promise<Bulk>;
  /** What it does, and how far it has come. */
  get(bulk: Named): Promise<Bulk>;
  /** What became of each resource. */
  items(bulk: Named, options?: { result?: BulkItem["result"]; pageSize?: number }): AsyncIterable<BulkItem>;
  /** What it began is still watched. */
  pause(bulk: Named, options?: Because): Promise<Bulk>;
  /** It goes on, where it is paused, or failures have halted it, or it waits for its canary. */
  resume(bulk: Named, options?: Because): Promise<Bulk>;
  /** It ends; what it did stays done. */
  cancel(bulk: Named, options?: Because): Promise<Bulk>;
}

/** Who is told of alarms and errors, by name. Only an admin may change them. */
export interface Sinks {
  /** By name; at most a hundred. What is secret in their settings reads as stars. */
  list(): Promise<Sink[]>;
  get(sink: { name: string } | string): Promise<Sink>;
  /** Makes one, told only of resources of these types and of what is or is below the one with the uuid `under`. */
  create(
    name: string,
    kind: Sink["kind"],
    settings?: Fields,
    options?: Because & { minSeverity?: Severity; types?: string[]; under?: string; active?: boolean },
  ): Promise<Sink>;
  /** Changes what is given; settings that are not named stay; null takes one out, or a limit. */
  update(
    sink: { name: string } | string,
    settings?: Fields,
    options?: Change & { minSeverity?: Severity; types?: string[] | null; under?: string | null; active?: boolean },
  ): Promise<Sink>;
  /** Removes it. What was still to be sent to it has failed then. */
  delete(sink: { name: string } | string, options?: Change): Promise<void>;
  /** Sends it a message that says it is a test. Fails with a Problem where it does not take that. */
  test(sink: { name: string } | string, options?: Because): Promise<Tested>;
}

/** Messages about alarms and errors. */
export interface Deliveries {
  /** The newest first; those that have failed, if it is not said. */
  list(options?: Page & { state?: Delivery["state"] }): AsyncGenerator<Delivery>;
  get(delivery: Named): Promise<Delivery>;
  /** Has one tried again at once that has failed, or waits for its next try. */
  retry(delivery: Named, options?: Because): Promise<Delivery>;
}

/** API keys. Only an admin may see or make them. */
export interface Keys {
  /** All of them, without what only their owners know. */
  list(options?: Page): AsyncGenerator<Key>;
  /**
   * Makes one. The answer has the key itself under `key`, this once: do not print it whole. It cannot be sent again
   * where there was no answer (Unreachable): look whether there is one of this name, revoke it, and make another.
   */
  create(name: string, role: Key["role"], options?: Because & { types?: string[]; under?: string; expiresAt?: Date | string }): Promise<MadeKey>;
  /** Ends one; it is refused everywhere within 5 s. Not sent again where there was no answer. */
  revoke(key: Named, options?: Because): Promise<Key>;
}

/** Who changed something, and who was not allowed to. */
export interface Audit {
  /** The newest first; what `key:NAME` asked for, of an operation, of a thing. For an admin and an auditor. */
  list(
    options?: Page & {
      actor?: string;
      action?: string;
      subject?: Named;
      outcome?: Audited["outcome"];
      since?: Date | string;
      until?: Date | string;
    },
  ): AsyncGenerator<Audited>;
}
