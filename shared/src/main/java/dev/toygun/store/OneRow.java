package dev.toygun.store;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a group, for a group of one: its columns come as values. On an idle system every
 * group is of one, and to read thirty arrays of one value each takes the server longer than to
 * write the row.
 */
final class OneRow {
  private static final Pattern GROUP =
      Pattern.compile("unnest\\(([^)]*)\\)(\\s+WITH ORDINALITY)?\\s+AS i \\(([^)]*)\\)");

  private OneRow() {}

  /** The statement without its arrays; its parameters are numbered as before. */
  static String of(String sql) {
    Matcher group = GROUP.matcher(sql);
    if (!group.find()) {
      throw new IllegalArgumentException("no group of rows in: " + sql);
    }
    String values =
        group.group(1).replace("[]", "") + (group.group(2) == null ? "" : ", 1::bigint");
    String row = "(SELECT %s) AS i (%s)".formatted(values, group.group(3));
    return sql.substring(0, group.start()) + row + sql.substring(group.end());
  }

  /** The arguments of a group of one, without their arrays. */
  static Tuple of(Tuple arguments) {
    List<@Nullable Object> values = new ArrayList<>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      Object value = arguments.getValue(i);
      values.add(value instanceof Object[] array ? array[0] : value);
    }
    return Tuple.from(values);
  }
}
