import { whole } from "./connection.js";
import { uuidOf } from "./named.js";
import { Problem, RateLimited, Unavailable, unreachable } from "./problems.js";
import { refused, target } from "./requests.js";
import { read } from "./texts.js";

const SILENCE = 45_000; // The API says something every 15 s.
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const MOST_LINE = 16 << 20;

/** What happens. */
export class Events {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  async follow({ resource, lastEventId, patience = 300_000, signal } = {}) {
    const stream = new EventStream(this.#requests, uuidOf(resource), lastEventId, patience);
    signal?.throwIfAborted();
    signal?.addEventListener("abort", () => stream.close(), { once: true });
    await stream.begin();
    return stream;
  }
}

/** Events, one after the other; for one reader. */
export class EventStream {
  #connection;
  #target;
  #patience;
  #leave = () => {};
  #lines = null;
  #closed = false;
  #first = null;
  #wake = () => {};

  constructor(requests, resource, lastEventId = "", patience = 300_000) {
    this.#connection = requests.connection;
    this.#target = target("followEvents", {}, { resource });
    this.#patience = patience;
    this.lastEventId = lastEventId;
  }

  /** Opens the stream. What comes first says where it is, so that it can be gone on from there. */
  async begin() {
    try {
      await this.#connect();
    } catch (e) {
      this.close();
      throw e;
    }
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async next() {
    let since = performance.now();
    let pause = FIRST_PAUSE;
    while (!this.#closed) {
      try {
        if (this.#lines === null) {
          await this.#connect();
        }
        const event = this.#first ?? (await this.#read());
        this.#first = null;
        if (event !== null) {
          return { done: false, value: event };
        }
        [since, pause] = [performance.now(), FIRST_PAUSE]; // A sign of life.
      } catch (e) {
        this.#drop();
        if (this.#closed) {
          break;
        }
        const passes = !(e instanceof Problem) || e instanceof Unavailable || e instanceof RateLimited;
        const wait = Math.max(pause, (e.retryAfter ?? 0) * 1000);
        if (!passes || performance.now() + wait - since > this.#patience) {
          throw e instanceof Problem ? e : unreachable(this.#connection.url, e);
        }
        await this.#pause(wait);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
    return { done: true, value: undefined };
  }

  /** Ends it, as leaving the loop does. */
  async return() {
    this.close();
    return { done: true, value: undefined };
  }

  /** Ends it; whoever waits for an event hears that there is none any more. */
  close() {
    this.#closed = true;
    this.#drop();
    this.#wake();
  }

  async #connect() {
    const headers = { Accept: "text/event-stream" };
    if (this.lastEventId) {
      headers["Last-Event-ID"] = this.lastEventId;
    }
    const broken = new AbortController();
    const leave = () => broken.abort(new Error("the stream was left"));
    this.#leave = leave;
    const timer = setTimeout(() => broken.abort(new Error("no answer")), this.#connection.timeout);
    try {
      const response = await this.#connection.open("GET", this.#target, headers, undefined, broken.signal);
      if (!response.ok) {
        const body = await whole(response);
        throw refused({ status: response.status, headers: response.headers, body });
      }
      this.#lines = lines(response.body, broken);
    } finally {
      clearTimeout(timer);
    }
    if (this.#closed) {
      leave();
    }
    this.#first = await this.#read();
  }

  #pause(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  #drop() {
    this.#leave();
    this.#lines = null;
  }

  /** The next event; null for a sign of life. Fails where the connection is over. */
  async #read() {
    const said = {};
    for (;;) {
      const { done, value } = (await this.#lines?.next()) ?? { done: true };
      if (done) {
        throw new Error("the API has ended the stream of events");
      }
      if (value === "") {
        break;
      }
      const [, name, text] = /^([^:]*):? ?(.*)$/s.exec(value);
      if (name) {
        said[name] = name === "data" && "data" in said ? said.data + "\n" + text : text;
      }
    }
    this.lastEventId = said.id ?? this.lastEventId;
    return said.data === undefined
      ? null
      : { kind: said.event ?? "message", id: this.lastEventId, data: read(said.data) };
  }
}

/* Lines as they come; breaks off where nothing comes for too long. */
async function* lines(body, broken) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const timer = setTimeout(() => broken.abort(new Error(`nothing for ${SILENCE} ms`)), SILENCE);
    let piece;
    try {
      piece = await reader.read();
    } finally {
      clearTimeout(timer);
    }
    if (piece.done) {
      return;
    }
    const parts = (rest + decoder.decode(piece.value, { stream: true })).split("\n");
    rest = parts.pop();
    if (rest.length > MOST_LINE) {
      throw new Error(`a line of more than ${MOST_LINE} characters`);
    }
    yield* parts;
  }
}
