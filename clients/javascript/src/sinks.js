import { etag, namePath, uuidPath } from "./named.js";

/** Who is told of alarms and errors. */
export class Sinks {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  async list() {
    return (await this.#requests.call("listSinks")).items;
  }

  get(sink) {
    return this.#requests.call("getSink", { path: namePath(sink) });
  }

  create(name, kind, settings = {}, { minSeverity, types, under, active, reason } = {}) {
    const body = { name, kind, settings, min_severity: minSeverity, types, under, active, reason };
    return this.#requests.call("createSink", { body });
  }

  update(sink, settings, { minSeverity, types, under, active, ifMatch, reason } = {}) {
    const body = { settings, min_severity: minSeverity, types, under, active, reason };
    return this.#requests.call("changeSink", { path: namePath(sink), body, ifMatch: etag(ifMatch) });
  }

  delete(sink, { ifMatch, reason } = {}) {
    return this.#requests.call("deleteSink", { path: namePath(sink), query: { reason }, ifMatch: etag(ifMatch) });
  }

  test(sink, { reason } = {}) {
    return this.#requests.call("testSink", { path: namePath(sink), body: { reason } });
  }
}

/** Messages about alarms and errors. */
export class Deliveries {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  list({ state, pageSize } = {}) {
    return this.#requests.pages("listDeliveries", { query: { state, page_size: pageSize } });
  }

  get(delivery) {
    return this.#requests.call("getDelivery", { path: uuidPath(delivery) });
  }

  retry(delivery, { reason } = {}) {
    return this.#requests.call("retryDelivery", { path: uuidPath(delivery), body: { reason } });
  }
}
