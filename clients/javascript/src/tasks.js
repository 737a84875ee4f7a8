import { etag, resourcePath, uuidPath } from "./named.js";
import { wait } from "./waiting.js";

/** Runs of tasks. */
export class Tasks {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  list(resource, { pageSize } = {}) {
    return this.#requests.pages("listTasks", { path: resourcePath(resource), query: { page_size: pageSize } });
  }

  runs({ type, task, status, since, until, pageSize } = {}) {
    return this.#requests.pages("listRuns", { query: { type, task, status, since, until, page_size: pageSize } });
  }

  get(task) {
    return this.#requests.call("getTask", { path: uuidPath(task) });
  }

  start(resource, task, args, { reason } = {}) {
    return this.#requests.call("startTask", { path: { ...resourcePath(resource), task }, body: { args, reason } });
  }

  explain(task) {
    return this.#requests.call("explainTask", { path: uuidPath(task) });
  }

  stop(task, { ifMatch, reason } = {}) {
    return this.#change("stopTask", task, { reason }, ifMatch);
  }

  abort(task, { ifMatch, reason } = {}) {
    return this.#change("abortTask", task, { reason }, ifMatch);
  }

  approve(task, { ifMatch, reason } = {}) {
    return this.#change("approveTask", task, { reason }, ifMatch);
  }

  retry(task, { ifMatch, reason } = {}) {
    return this.#change("retryTask", task, { reason }, ifMatch);
  }

  rewind(task, { state, step, fresh, ifMatch, reason } = {}) {
    return this.#change("rewindTask", task, { state, step, fresh, reason }, ifMatch);
  }

  signal(task, type, fields = {}, { reason } = {}) {
    return this.#change("signalTask", task, { type, fields, reason });
  }

  async reveal(task, field, { reason } = {}) {
    return (await this.#change("revealTask", task, { field, reason })).value;
  }

  history(task, { orderBy, pageSize } = {}) {
    const query = { order_by: orderBy, page_size: pageSize };
    return this.#requests.pages("taskHistory", { path: uuidPath(task), query });
  }

  async wait(task, { until, timeout = 60_000 } = {}) {
    const path = uuidPath(task);
    return wait(this.#requests, {
      look: (within) => this.#requests.call("getTask", { path, within }),
      resource: (now) => now.resource,
      so: (now) => !now.active || (until ? until(now) : now.status === "panicked"),
      over() {},
      words: (now) => `run ${now.run} of ${now.name} is ${now.status}, in ${now.state}`,
      timeout,
    });
  }

  #change(name, task, body, ifMatch) {
    return this.#requests.call(name, { path: uuidPath(task), body, ifMatch: etag(ifMatch) });
  }
}
