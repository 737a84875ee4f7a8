import type {
  Alarms,
  Audit,
  BulkRuns,
  Deliveries,
  Errors,
  Events,
  Breakers,
  Holds,
  Keys,
  Queues,
  Repairs,
  Resources,
  Sinks,
  Tasks,
  Types,
  Usage,
  Workers,
} from "./methods.js";
import type { BulkPreview, Health, Ready, Valid } from "./shapes.js";

export type * from "./shapes.js";
export type * from "./methods.js";
export type { Event, Fields } from "./methods.js";
export * from "./problems.js";

/** The same methods, which check and change nothing. */
export type Checks<T, Names extends keyof T> = {
  [Name in Names]: T[Name] extends (...given: infer Given) => Promise<unknown>
    ? (...given: Given) => Promise<Valid>
    : never;
};

export interface Dry {
  resources: Checks<
    Resources,
    "create" | "update" | "delete" | "rewind" | "retry" | "restart" | "tick" | "signal" | "hold" | "abandon"
  >;
  tasks: Checks<Tasks, "start" | "stop" | "abort" | "approve" | "retry" | "rewind" | "signal">;
  holds: Checks<Holds, "create">;
  bulk: { create(...given: Parameters<BulkRuns["create"]>): Promise<BulkPreview> };
  sinks: Checks<Sinks, "create" | "update">;
  once(key: string): Dry;
}

export interface Options {
  /** Where the API is. */
  url: string;
  /** An API key: sent, and never shown. */
  key: string;
  /** After how many milliseconds without a whole answer a try is given up; 35,000. */
  timeout?: number;
  /** How often a request is sent at most, where that is safe; 5. */
  tries?: number;
  /** What sends requests, instead of the global fetch. */
  fetch?: typeof fetch;
  /** Whether the key may travel unencrypted to another machine. */
  allowHttp?: boolean;
}

/** A Toygun, over its HTTP API. */
export class Toygun {
  /** Throws TypeError where the url or the key can be none. */
  constructor(options: Options);
  readonly types: Types;
  readonly resources: Resources;
  readonly tasks: Tasks;
  readonly events: Events;
  readonly alarms: Alarms;
  readonly errors: Errors;
  readonly holds: Holds;
  readonly breakers: Breakers;
  readonly repairs: Repairs;
  readonly bulk: BulkRuns;
  readonly queues: Queues;
  readonly workers: Workers;
  readonly usage: Usage;
  readonly sinks: Sinks;
  readonly deliveries: Deliveries;
  readonly keys: Keys;
  readonly audit: Audit;
  /** The same, whose changes are only checked: fulfilled if it could be done, and a Problem if not. */
  readonly dry: Dry;
  /**
   * The same, for one change, which is carried out once within a day however often it is asked for. key: a name for it
   * that you keep, so that it means the same after your program was started anew.
   */
  once(key: string): Toygun;
  /** Whether the process answers. */
  health(): Promise<Health>;
  /** Whether it can do its work, and what is missing if not. Asks once. */
  ready(): Promise<Ready>;
  /** The OpenAPI document that the API serves. */
  contract(): Promise<Record<string, unknown>>;
}
