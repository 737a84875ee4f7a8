package dev.toygun.client;

/** API keys. For an admin; an auditor may read. */
public final class Keys {
  private final Requests requests;

  Keys(Requests requests) {
    this.requests = requests;
  }

  /** All of them, without what only their owners know. */
  public Listing<Key> list(Option.Paged... options) {
    return requests.pages(new Call(Operation.LIST_KEYS).with(options), Key::new);
  }

  /**
   * Makes one. The answer has the key itself, this once.
   *
   * @throws Problem.Unreachable where there was no answer: this is not sent again. Look whether
   *     there is one of this name, revoke it, and make another.
   */
  public MadeKey create(String name, String role, Option.KeyLimit... options) {
    Call call = new Call(Operation.CREATE_KEY).body("name", name).body("role", role);
    return new MadeKey(requests.call(call.with(options)));
  }

  /**
   * Ends one; it is refused everywhere within 5 s.
   *
   * @throws Problem.Unreachable where there was no answer: this is not sent again
   */
  public Key revoke(Named key, Option.Because... options) {
    Call call = Call.of(Operation.REVOKE_KEY, key).with(options);
    return new Key(requests.call(call));
  }
}
