package dev.toygun.store;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** A request that cannot be carried out as things are. Nothing was changed. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Code {
    /** There is no such thing. */
    NOT_FOUND,
    /** The version that the caller knows is not the current one. */
    STALE,
    /** It has ended. */
    ENDED,
    /** It is being taken down, so nothing may be added to it. */
    DELETING,
    /** Something with this name is there already. */
    EXISTS,
    /** Its state does not allow this. */
    WRONG_STATE,
    /** It was done as often as it may be. */
    USED_UP,
    /** Something active hangs off it. */
    OCCUPIED,
    /** The request itself cannot be: an unknown name, a wrong value. */
    INVALID
  }

  private final Code code;

  public Refusal(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static Refusal noResource(UUID resource) {
    return new Refusal(Code.NOT_FOUND, "there is no resource " + resource);
  }

  static Refusal noSignal(String name, List<String> others) {
    String taken = others.stream().distinct().collect(Collectors.joining(", "));
    return new Refusal(
        Code.INVALID,
        "nothing here waits for a signal '%s'%s"
            .formatted(name, taken.isEmpty() ? ", nor for any other" : ": it takes " + taken));
  }

  public Code code() {
    return code;
  }

  /** What went wrong; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
