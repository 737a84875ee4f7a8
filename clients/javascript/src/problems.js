/** Whatever goes wrong with the API. Its message has no key in it. */
export class ToygunError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The API has refused something, or could not do it. */
export class Problem extends ToygunError {
  constructor({ status, code = "", detail, errors = [], traceId = "", retryAfter = null }, options) {
    super(text(status, code, detail, errors, traceId), options);
    Object.assign(this, { status, code, detail, errors, traceId, retryAfter });
  }
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

/** What was waited for has ended otherwise, so that it will never be. last: how it was seen last. */
export class Ended extends ToygunError {
  constructor(message, last) {
    super(message);
    this.last = last;
  }
}

/** What was waited for was not so in time. last: how it was seen last; undefined where it never was. */
export class WaitedTooLong extends ToygunError {
  constructor(message, last) {
    super(message);
    this.last = last;
  }
}

const KINDS = new Map([
  [400, BadRequest],
  [401, Unauthenticated],
  [403, Denied],
  [404, NotFound],
  [405, BadRequest],
  [409, Conflict],
  [412, PreconditionFailed],
  [413, BadRequest],
  [415, BadRequest],
  [422, BadRequest],
  [429, RateLimited],
  [502, Unavailable],
  [503, Unavailable],
  [504, Unavailable],
]);

/** What an answer means. A proxy's page is no JSON: the status speaks for itself then. */
export function problem(status, body, retryAfter) {
  const told = body !== null && typeof body === "object" ? body : {};
  const Kind = KINDS.get(status) ?? Problem;
  return new Kind({
    status,
    code: told.code,
    detail: told.detail ?? told.title ?? `the API answered ${status}`,
    errors: told.errors,
    traceId: told.trace_id,
    retryAfter: /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) : null,
  });
}

/** What a caller is told who had no answer. */
export function unreachable(url, why) {
  const told = why?.cause?.code ?? why?.cause?.message ?? why?.message ?? String(why);
  const detail = `no answer from the API at ${url} (${told}); is it running?`;
  return new Unreachable({ status: 0, code: "unreachable", detail }, { cause: why });
}

function text(status, code, detail, errors, traceId) {
  const lines = [code ? `${status} ${code}: ${detail}` : detail];
  for (const error of errors) {
    const line = `${error.pointer}: ${error.detail}`;
    if (!lines[0].includes(line)) {
      lines.push("  " + line);
    }
  }
  if (status >= 500 && traceId) {
    lines.push(`  trace_id ${traceId}`);
  }
  return lines.join("\n");
}
