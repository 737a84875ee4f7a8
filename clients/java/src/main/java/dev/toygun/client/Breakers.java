package dev.toygun.client;

import java.util.List;

/** What keeps tasks from running while what they need does not work. */
public final class Breakers {
  private final Requests requests;

  Breakers(Requests requests) {
    this.requests = requests;
  }

  /** By name; at most 1,000. */
  public List<Breaker> list() {
    return Part.list(requests.call(new Call(Operation.LIST_BREAKERS)), "items", Breaker::new);
  }

  /**
   * What is due of its tasks waits until a person closes it, or until it is tried again then.
   *
   * @throws Problem.NotFound where no task has it
   */
  public Breaker open(String name, String reason, Option.Until... options) {
    Call call = new Call(Operation.OPEN_BREAKER).path("name", name).body("reason", reason);
    return new Breaker(requests.call(call.with(options)));
  }

  /**
   * What waited goes on, spread over a while.
   *
   * @throws Problem.Conflict where it is closed
   */
  public Breaker close(String name, String reason) {
    Call call = new Call(Operation.CLOSE_BREAKER).path("name", name).body("reason", reason);
    return new Breaker(requests.call(call));
  }
}
