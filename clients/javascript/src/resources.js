import { Conflict, Ended, NotFound } from "./problems.js";
import { etag, resourcePath, uuidOf } from "./named.js";
import { write } from "./texts.js";
import { wait } from "./waiting.js";

/* More than a person reads in a message are not named. */
const MOST_NAMED = 6;

/** The types that workers have published. */
export class Types {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  list() {
    return this.#requests.pages("listTypes");
  }

  get(name, { version } = {}) {
    return this.#requests.call("getType", { path: { type: name }, query: { version } });
  }
}

function named({ type, label, parent_type, parent_label, uuid }) {
  return `${type}/${label}${parent_label === null ? "" : ` of ${parent_type}/${parent_label}`} ${uuid}`;
}

/** Resources. */
export class Resources {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  create(type, fields = {}, { label, parent, adopt, reason } = {}) {
    const body = { label, parent: uuidOf(parent), fields, adopt: adopt === undefined ? undefined : true, state: adopt, reason };
    return this.#requests.call("createResource", { path: { type }, body });
  }

  get(resource) {
    return this.#requests.call("getResource", { path: resourcePath(resource) });
  }

  list(type, { label, state, parent, availability, fields = {}, uuidPrefix, orderBy, ended, pageSize } = {}) {
    const filter = Object.entries({ label, state, parent: uuidOf(parent), availability })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${value}`)
      .concat(Object.entries(fields).map(([name, value]) => `fields.${name}=${filtered(value)}`));
    const query = { filter, uuid_prefix: uuidPrefix, order_by: orderBy, ended, page_size: pageSize };
    return this.#requests.pages("listResources", { path: { type }, query });
  }

  async find(type, label, { parent } = {}) {
    const found = [];
    for await (const one of this.list(type, { label, parent, pageSize: MOST_NAMED })) {
      found.push(one);
      if (found.length === MOST_NAMED) {
        break;
      }
    }
    if (!found.length) {
      const below = parent === undefined ? "" : ` below ${uuidOf(parent)}`;
      const detail = `there is no ${type} labelled "${label}"${below} that has not ended`;
      throw new NotFound({ status: 404, code: "not_found", detail });
    }
    if (found.length > 1) {
      const others = found.length < MOST_NAMED ? "" : " and maybe others";
      const detail =
        `more than one ${type} is labelled "${label}", under different parents: say which parent, ` +
        `or name it by its uuid, of ${found.map(named).join(", ")}${others}`;
      throw new Conflict({ status: 409, code: "ambiguous", detail });
    }
    return this.get(found[0]);
  }

  async counts(type) {
    const page = await this.#requests.call("listResources", { path: { type }, query: { counts: true, page_size: 1 } });
    return page.counts;
  }

  update(resource, fields, { ifMatch, reason } = {}) {
    return this.#change("changeResource", resource, { fields, reason }, ifMatch);
  }

  delete(resource, { plan, ifMatch, reason } = {}) {
    const path = resourcePath(resource);
    return this.#requests.call("deleteResource", { path, query: { reason, plan }, ifMatch: etag(ifMatch) });
  }

  plan(resource) {
    return this.#requests.call("planResource", { path: resourcePath(resource), body: { action: "delete" } });
  }

  rewind(resource, { state, step, fresh, ifMatch, reason } = {}) {
    return this.#change("rewindResource", resource, { state, step, fresh, reason }, ifMatch);
  }

  retry(resource, { ifMatch, reason } = {}) {
    return this.#change("retryResource", resource, { reason }, ifMatch);
  }

  restart(resource, { force, ifMatch, reason } = {}) {
    return this.#change("restartResource", resource, { force, reason }, ifMatch);
  }

  tick(resource, { reason } = {}) {
    return this.#change("tickResource", resource, { reason });
  }

  signal(resource, type, fields = {}, { reason } = {}) {
    return this.#change("signalResource", resource, { type, fields, reason });
  }

  hold(resource, { until, reason } = {}) {
    return this.#change("holdResource", resource, { until, reason });
  }

  async release(resource, { reason } = {}) {
    return (await this.#change("releaseResource", resource, { reason })).items;
  }

  abandon(resource, { ifMatch, reason } = {}) {
    return this.#change("abandonResource", resource, { reason }, ifMatch);
  }

  async reveal(resource, field, { reason } = {}) {
    return (await this.#change("revealResource", resource, { field, reason })).value;
  }

  history(resource, { orderBy, pageSize } = {}) {
    const query = { order_by: orderBy, page_size: pageSize };
    return this.#requests.pages("resourceHistory", { path: resourcePath(resource), query });
  }

  tree(resource, { pageSize } = {}) {
    return this.#requests.pages("resourceTree", { path: resourcePath(resource), query: { page_size: pageSize } });
  }

  explain(resource) {
    return this.#requests.call("explainResource", { path: resourcePath(resource) });
  }

  availability(resource, { days } = {}) {
    return this.#requests.call("getAvailability", { path: resourcePath(resource), query: { days } });
  }

  async wait(resource, { state, availability, ended = false, until, timeout = 60_000 } = {}) {
    const path = resourcePath(resource);
    const how = (now) => (now.active ? `is ${now.state}, its availability ${now.availability}` : "has ended");
    const words = (now) => `${now.type} "${now.label}" ${how(now)}`;
    return wait(this.#requests, {
      look: (within) => this.#requests.call("getResource", { path, within }),
      resource: (now) => now.uuid,
      so: (now) =>
        (state === undefined || (now.active && now.state === state)) &&
        (availability === undefined || now.availability === availability) &&
        (!ended || !now.active) &&
        (until === undefined || until(now)),
      over(now) {
        if (!now.active) {
          throw new Ended(`${words(now)}: it will never be what was waited for`, now);
        }
      },
      words,
      timeout,
    });
  }

  #change(name, resource, body, ifMatch) {
    return this.#requests.call(name, { path: resourcePath(resource), body, ifMatch: etag(ifMatch) });
  }
}

/* As a filter has it: text needs no quotes, all else is as in a body. */
function filtered(value) {
  const text = write(value);
  return text.startsWith('"') ? JSON.parse(text) : text;
}
