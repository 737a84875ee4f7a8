/** What keeps tasks from running while what they need does not work. */
export class Breakers {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  async list() {
    return (await this.#requests.call("listBreakers")).items;
  }

  open(name, { until, reason } = {}) {
    return this.#requests.call("openBreaker", { path: { name }, body: { until, reason } });
  }

  close(name, { reason } = {}) {
    return this.#requests.call("closeBreaker", { path: { name }, body: { reason } });
  }
}
