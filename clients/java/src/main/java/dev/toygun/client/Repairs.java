package dev.toygun.client;

import java.util.List;

/** How well tasks put alarms right. */
public final class Repairs {
  private final Requests requests;

  Repairs(Requests requests) {
    this.requests = requests;
  }

  /** By type, alarm and task; at most 1,000. */
  public List<Repair> list() {
    return Part.list(requests.call(new Call(Operation.LIST_REPAIRS)), "items", Repair::new);
  }

  /**
   * A task that was demoted begins without asking again.
   *
   * @throws Problem.Conflict where it is not demoted
   */
  public Demotion promote(String type, String task, String reason) {
    Call call = new Call(Operation.PROMOTE_REPAIR).path("type", type).path("task", task);
    return new Demotion(requests.call(call.body("reason", reason)));
  }
}
