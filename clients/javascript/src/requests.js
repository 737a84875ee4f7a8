import { OPERATIONS } from "./contract.js";
import { problem, RateLimited, Unavailable, Unreachable } from "./problems.js";
import { random } from "./random.js";
import { read, timeText, write } from "./texts.js";

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 30_000;

// The same request is under way, or whoever had it in hand has died: then it is looked up after two minutes.
const UNDER_WAY = 150_000;
const UNDER_WAY_PAUSE = 5_000;

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Carries out operations over a connection. What is read, and what has a name (an Idempotency-Key), is sent again
 * where there was no answer, or one that says that it may be (429, 502, 503, 504), up to `tries` times in all; and while
 * the same is under way (409 in_progress), for 150 s at most. What has no name is sent again only where it was not let
 * in (429).
 */
export class Requests {
  constructor(connection, tries, { dry = false, once } = {}) {
    Object.assign(this, { connection, tries, dry, once });
  }

  /** The answer, or a Problem. What is undefined in a query or a body is left out. */
  async call(name, { path = {}, query = {}, body, ifMatch, within = 600_000 } = {}) {
    const operation = OPERATIONS[name];
    const headers = { Accept: "application/json" };
    const asked = { ...query };
    if (operation.method !== "GET") {
      if (this.dry && !operation.dry) {
        throw new TypeError(`${name} has no validate_only: it can only be done, or left`);
      }
      if (this.dry) {
        asked.validate_only = true;
      }
      if (operation.once) {
        headers["Idempotency-Key"] = this.once ?? random();
      } else if (this.once) {
        throw new TypeError(`${name} takes no Idempotency-Key: it cannot be carried out just once`);
      }
    }
    if (ifMatch !== undefined) {
      headers["If-Match"] = ifMatch;
    }
    const again = operation.method === "GET" || operation.once;
    const sent = body === undefined ? undefined : write(body);
    const answer = await this.#tried(operation.method, target(name, path, asked), headers, sent, again, within);
    return answer.body ? read(answer.body) : undefined;
  }

  /** What a list has, page after page, each asked for when it is needed. */
  async *pages(name, { path, query = {} } = {}) {
    for (let token; token !== null; ) {
      const page = await this.call(name, { path, query: { ...query, page_token: token } });
      yield* page.items;
      token = page.next_page_token ?? null;
    }
  }

  async #tried(method, where, headers, body, again, within) {
    const begun = performance.now();
    const until = begun + within;
    for (let soFar = 1; ; soFar++) {
      let failed;
      try {
        const left = Math.max(50, until - performance.now());
        const answer = await this.connection.send(method, where, headers, body, left);
        if (answer.status < 300) {
          return answer;
        }
        failed = refused(answer);
      } catch (e) {
        if (!(e instanceof Unreachable)) {
          throw e;
        }
        failed = e;
      }
      let pause =
        failed.retryAfter === null ? FIRST_PAUSE * 2 ** soFar * (0.5 + Math.random() / 2) : failed.retryAfter * 1000;
      let last = soFar >= this.tries;
      if (again && this.tries > 1 && failed.code === "in_progress") {
        soFar--;
        pause = Math.max(pause, Math.min(UNDER_WAY_PAUSE, (performance.now() - begun) / 2));
        last = performance.now() + pause > begun + UNDER_WAY;
      } else if (!passes(failed, again)) {
        throw failed;
      }
      if (last || pause > LONGEST_PAUSE || performance.now() + pause > until) {
        throw failed;
      }
      await sleep(pause);
    }
  }
}

/** The path and the query of an operation. */
export function target(name, path, query) {
  const where = OPERATIONS[name].path.replace(/\{(\w+)\}/g, (_, part) => {
    const value = String(path[part] ?? "");
    if (["", ".", ".."].includes(value)) {
      throw new TypeError(`${name}: a ${part} is expected, and there is none`);
    }
    return encodeURIComponent(value);
  });
  const pairs = Object.entries(query)
    .flatMap(([key, value]) => (Array.isArray(value) ? value.map((one) => [key, one]) : [[key, value]]))
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(timeText(value))}`);
  return pairs.length === 0 ? where : `${where}?${pairs.join("&")}`;
}

/** An answer that is none. */
export function refused(answer) {
  let body;
  try {
    body = read(answer.body);
  } catch {
    body = null;
  }
  return problem(answer.status, body, answer.headers.get("Retry-After"));
}

function passes(failed, again) {
  // Who was not let in has changed nothing.
  return failed instanceof RateLimited || (again && failed instanceof Unavailable);
}
