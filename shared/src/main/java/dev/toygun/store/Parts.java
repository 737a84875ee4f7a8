package dev.toygun.store;

import java.util.regex.Pattern;

/**
 * Parts of a statement that not every group needs. A statement that writes a table costs the server
 * some tens of microseconds for each such table before its first row, whether rows come or not;
 * most groups are small, and on an idle system they are of one.
 */
final class Parts {
  private Parts() {}

  /** The statement without what stands between <code>-- name {</code> and <code>-- }</code>. */
  static String without(String sql, String name) {
    String less =
        Pattern.compile("[ \t]*-- %s \\{.*?-- }\n".formatted(name), Pattern.DOTALL)
            .matcher(sql)
            .replaceFirst("");
    if (less.equals(sql)) {
      throw new IllegalArgumentException("no part " + name + " in: " + sql);
    }
    return less;
  }
}
