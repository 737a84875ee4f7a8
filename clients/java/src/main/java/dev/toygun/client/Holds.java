package dev.toygun.client;

import java.util.List;

/** What is on hold. A resource is put on hold with {@link Resources#hold}. */
public final class Holds {
  private final Requests requests;

  Holds(Requests requests) {
    this.requests = requests;
  }

  /** The oldest first; at most 1,000. */
  public List<Hold> list() {
    return Part.list(requests.call(new Call(Operation.LIST_HOLDS)), "items", Hold::new);
  }

  /**
   * Puts a {@code type}, {@code task} or {@code queue} of a name, the {@code subtree} of a
   * resource, or {@code all} on hold.
   *
   * @throws Problem.BadRequest where the scope lacks what it needs
   */
  public Hold create(String scope, String reason, Option.HoldOf... options) {
    Call call = new Call(Operation.CREATE_HOLD).body("scope", scope).body("reason", reason);
    return new Hold(requests.call(call.with(options)));
  }

  /**
   * What it held goes on where it was.
   *
   * @throws Problem.NotFound where there is no such hold any more
   */
  public Hold release(Named hold, Option.Because... options) {
    Call call = Call.of(Operation.RELEASE_HOLD, hold).with(options);
    return new Hold(requests.call(call));
  }
}
