package dev.toygun.api;

import java.util.List;
import java.util.Map;

/** What somebody asks for is outside of what their key is limited to. */
final class Outside extends Problem {
  private static final long serialVersionUID = 1;

  private Outside(int status, String code, String detail) {
    super(status, code, detail, List.of(), Map.of());
  }

  /** Said as of what does not exist, so that nobody learns whether it does. */
  static Outside absent(String code, String detail) {
    return new Outside(404, code, detail);
  }

  /** What no key may that is limited, whatever there is. */
  static Outside denied(String what, KeyScope scope) {
    return new Outside(
        403,
        "denied",
        "%s is for keys that are not limited; this one is, %s".formatted(what, scope));
  }

  /** What nobody but code sets, or an admin. */
  static Outside internal(List<String> fields) {
    return new Outside(
        403,
        "denied",
        "%s: internal, so that only code sets it; by hand it takes the role admin"
            .formatted(String.join(", ", fields)));
  }

  /** What no key may that is limited to a subtree. */
  static Outside ofSubtree(String what, KeyScope scope) {
    return new Outside(
        403,
        "denied",
        "%s is not for a key that is limited to a subtree; this one is, %s".formatted(what, scope));
  }
}
