import { Alarms, Errors } from "./alarms.js";
import { BulkRuns } from "./bulk.js";
import { Connection } from "./connection.js";
import { Events } from "./events.js";
import { Breakers } from "./breakers.js";
import { Repairs } from "./repairs.js";
import { Holds } from "./holds.js";
import { Audit, Keys } from "./keys.js";
import { Queues, Usage, Workers } from "./queues.js";
import { refused, Requests } from "./requests.js";
import { Resources, Types } from "./resources.js";
import { Deliveries, Sinks } from "./sinks.js";
import { Tasks } from "./tasks.js";
import { read } from "./texts.js";

const ASKS = Symbol("requests");

/** A Toygun, over its HTTP API. */
export class Toygun {
  #requests;

  constructor({ url, key, timeout = 35_000, tries = 5, fetch, allowHttp = false, [ASKS]: asks } = {}) {
    if (!asks && !(tries >= 1 && timeout > 0)) {
      throw new TypeError("tries and timeout: more than 0 is expected");
    }
    const get = fetch ?? ((...request) => globalThis.fetch(...request));
    const requests = asks ?? new Requests(new Connection({ url, key, timeout, fetch: get, allowHttp }), tries);
    this.#requests = requests;
    this.types = new Types(requests);
    this.resources = new Resources(requests);
    this.tasks = new Tasks(requests);
    this.events = new Events(requests);
    this.alarms = new Alarms(requests);
    this.errors = new Errors(requests);
    this.holds = new Holds(requests);
    this.breakers = new Breakers(requests);
    this.repairs = new Repairs(requests);
    this.bulk = new BulkRuns(requests);
    this.queues = new Queues(requests);
    this.workers = new Workers(requests);
    this.usage = new Usage(requests);
    this.sinks = new Sinks(requests);
    this.deliveries = new Deliveries(requests);
    this.keys = new Keys(requests);
    this.audit = new Audit(requests);
  }

  get dry() {
    return this.#with({ dry: true });
  }

  once(key) {
    if (!/^[!-~]([ -~]{0,198}[!-~])?$/.test(key)) {
      throw new TypeError("once: 1 to 200 printable characters of ASCII are expected");
    }
    return this.#with({ once: key });
  }

  health() {
    return this.#requests.call("health");
  }

  async ready() {
    const { connection } = this.#requests;
    const headers = { Accept: "application/json" };
    const answer = await connection.send("GET", "/ready", headers, undefined, connection.timeout);
    const told = answer.status === 200 || answer.status === 503 ? parsed(answer.body) : undefined;
    if (typeof told?.ready !== "boolean") {
      throw refused(answer);
    }
    return told;
  }

  contract() {
    return this.#requests.call("contract");
  }

  #with(how) {
    const { connection, tries, dry, once } = this.#requests;
    return new Toygun({ [ASKS]: new Requests(connection, tries, { dry, once, ...how }) });
  }
}

function parsed(text) {
  try {
    return read(text);
  } catch {
    return undefined;
  }
}
