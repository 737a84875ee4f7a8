import { etag, uuidOf, uuidPath } from "./named.js";

/** Alarms. */
export class Alarms {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  list({ resource, state, closed, pageSize } = {}) {
    const query = { resource: uuidOf(resource), state, closed, page_size: pageSize };
    return this.#requests.pages("listAlarms", { query });
  }

  async counts() {
    return (await this.#requests.call("listAlarms", { query: { counts: true, page_size: 1 } })).counts;
  }

  get(alarm) {
    return this.#requests.call("getAlarm", { path: uuidPath(alarm) });
  }

  history(alarm, { orderBy, pageSize } = {}) {
    const query = { order_by: orderBy, page_size: pageSize };
    return this.#requests.pages("alarmHistory", { path: uuidPath(alarm), query });
  }

  ack(alarm, { until, ifMatch, reason } = {}) {
    return this.#say("acknowledgeAlarm", alarm, { until, reason }, ifMatch);
  }

  snooze(alarm, { until, ifMatch, reason } = {}) {
    return this.#say("snoozeAlarm", alarm, { until, reason }, ifMatch);
  }

  lift(alarm, { until, ifMatch, reason } = {}) {
    return this.#say("liftAlarm", alarm, { until, reason }, ifMatch);
  }

  ignore(alarm, { ifMatch, reason } = {}) {
    return this.#say("ignoreAlarm", alarm, { reason }, ifMatch);
  }

  unignore(alarm, { ifMatch, reason } = {}) {
    return this.#say("unignoreAlarm", alarm, { reason }, ifMatch);
  }

  close(alarm, { ifMatch, reason } = {}) {
    return this.#say("closeAlarm", alarm, { reason }, ifMatch);
  }

  #say(name, alarm, body, ifMatch) {
    return this.#requests.call(name, { path: uuidPath(alarm), body, ifMatch: etag(ifMatch) });
  }
}

/** What went wrong in users' code. */
export class Errors {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  list({ resource, kind, stackHash, pageSize } = {}) {
    const query = { resource: uuidOf(resource), kind, stack_hash: stackHash, page_size: pageSize };
    return this.#requests.pages("listErrors", { query });
  }

  get(error) {
    return this.#requests.call("getError", { path: uuidPath(error) });
  }

  async groups({ hours, most } = {}) {
    return (await this.#requests.call("listErrorGroups", { query: { hours, page_size: most } })).items;
  }
}
