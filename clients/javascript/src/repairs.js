/** How well tasks put alarms right. */
export class Repairs {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  async list() {
    return (await this.#requests.call("listRepairs")).items;
  }

  promote(type, task, { reason } = {}) {
    return this.#requests.call("promoteRepair", { path: { type, task }, body: { reason } });
  }
}
