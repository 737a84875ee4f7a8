import type { ProblemError, Resource, Task } from "./shapes.js";

/** Whatever goes wrong with the API. Its message has no key in it. */
export class ToygunError extends Error {}

/** The API has refused something, or could not do it. */
export class Problem extends ToygunError {
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** The stable name of what went wrong, such as not_found; empty where none was given. */
  readonly code: string;
  /** What was expected, for people. */
  readonly detail: string;
  /** Each thing that is wrong with the request. */
  readonly errors: ProblemError[];
  /** Under which the server's log has it; empty where none was given. */
  readonly traceId: string;
  /** After how many seconds it is worth asking again; null where nobody said. */
  readonly retryAfter: number | null;
}

/** 400, 405, 413, 415, 422: it was asked wrongly; errors has what is wrong. */
export class BadRequest extends Problem {}
/** 401: there is no such key, or it has ended. */
export class Unauthenticated extends Problem {}
/** 403: the key's role may not do this. */
export class Denied extends Problem {}
/** 404: there is no such thing. */
export class NotFound extends Problem {}
/** 409: things are not as the request needs them. */
export class Conflict extends Problem {}
/** 412: somebody else has changed it: look at it again. */
export class PreconditionFailed extends Problem {}
/** 429: too many requests, or streams, after all the tries that were made. */
export class RateLimited extends Problem {}
/** 502, 503, 504: it cannot be done now, after all the tries that were made. */
export class Unavailable extends Problem {}
/** There was no answer: whether a change was carried out is not known, unless it was sent again. */
export class Unreachable extends Unavailable {}

/** What was waited for has ended otherwise, so that it will never be. */
export class Ended extends ToygunError {
  /** How it was seen last. */
  readonly last: Resource;
}

/** What was waited for was not so in time. */
export class WaitedTooLong extends ToygunError {
  /** How it was seen last; undefined where it never was. */
  readonly last?: Resource | Task;
}
