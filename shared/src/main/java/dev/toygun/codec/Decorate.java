package dev.toygun.codec;

import dev.toygun.Ref;
import dev.toygun.Secret;
import dev.toygun.TaskRef;
import dev.toygun.crypto.Sealed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes values as decorated JSON. */
final class Decorate {
  /* Straight to a StringBuilder: a generator of Jackson's costs more to make than most fields cost
   * to write. */

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final StringBuilder out;
  private int depth;

  /** Text that is decorated JSON already. */
  record Verbatim(String json) {}

  Decorate(StringBuilder out) {
    this.out = out;
  }

  void value(@Nullable Object v) {
    if (v == null || v instanceof Boolean || v instanceof Long || v instanceof Integer) {
      out.append(v);
    } else if (v instanceof String s) {
      text(s);
    } else if (v instanceof Verbatim verbatim) {
      out.append(verbatim.json);
    } else if (v instanceof Collection<?> || v instanceof Map<?, ?>) {
      nested(v);
    } else {
      scalar(v);
    }
  }

  private void scalar(Object v) {
    if (v instanceof Instant t) {
      tagged(Tag.TIME, t.toString());
    } else if (v instanceof Duration d) {
      tagged(Tag.DURATION, d.toString());
    } else if (v instanceof URI u) {
      uri(u);
    } else if (v instanceof UUID u) {
      tagged(Tag.UUID, u.toString());
    } else if (v instanceof BigDecimal d) {
      tagged(Tag.DECIMAL, d.toString());
    } else if (v instanceof BigInteger i) {
      integer(i);
    } else if (v instanceof Double || v instanceof Float) {
      tagged(Tag.FLOAT, v.toString());
    } else if (v instanceof Short || v instanceof Byte) {
      out.append(v);
    } else if (v instanceof Ref ref) {
      pair(Tag.MODEL, ref.type(), ref.uuid().toString());
    } else if (v instanceof TaskRef ref) {
      pair(Tag.TASK_MODEL, ref.resource().toString(), ref.task().toString());
    } else if (v instanceof Sealed sealed) {
      out.append(Tag.SECRET.opening).append('[').append(sealed.key()).append(',');
      Texts.quote(out, sealed.token());
      out.append("]}");
    } else if (v instanceof Secret) {
      throw new IllegalArgumentException("an opened secret is stored by .with(FIELD, secret) only");
    } else {
      throw new IllegalArgumentException("cannot store a value of " + v.getClass().getName());
    }
  }

  private void nested(Object v) {
    if (++depth > JsonTree.MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + JsonTree.MAX_DEPTH);
    }
    if (v instanceof Map<?, ?> map) {
      map(map);
    } else if (v instanceof Set<?> set) {
      out.append(Tag.SET.opening);
      list(set);
      out.append('}');
    } else if (v instanceof List<?> list) {
      list(list);
    } else {
      throw new IllegalArgumentException("cannot store a value of " + v.getClass().getName());
    }
    depth--;
  }

  private void list(Collection<?> elements) {
    char before = '[';
    for (Object element : elements) {
      out.append(before);
      value(element);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private void map(Map<?, ?> map) {
    if (!namesOnly(map)) {
      out.append(Tag.HASH.opening);
      pairs(map);
      out.append('}');
    } else if (map.size() == 1 && Tag.like((String) map.keySet().iterator().next())) {
      out.append(Tag.HASH.opening);
      object(map);
      out.append('}');
    } else {
      object(map);
    }
  }

  private static boolean namesOnly(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!(key instanceof String s) || !Texts.storable(s)) {
        return false;
      }
    }
    return true;
  }

  private void object(Map<?, ?> map) {
    char before = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before);
      Texts.quote(out, (String) entry.getKey());
      out.append(':');
      value(entry.getValue());
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void pairs(Map<?, ?> map) {
    char before = '[';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before).append('[');
      value(entry.getKey());
      out.append(',');
      value(entry.getValue());
      out.append(']');
      before = ',';
    }
    out.append(']');
  }

  private void text(String s) {
    if (Texts.storable(s)) {
      Texts.quote(out, s);
    } else {
      tagged(Tag.TEXT, Texts.escape(s));
    }
  }

  private void uri(URI u) {
    String s = u.toString();
    if (!Texts.storable(s)) {
      throw new IllegalArgumentException("a URI with half a character");
    }
    tagged(Tag.URI, s);
  }

  private void integer(BigInteger i) {
    if (i.compareTo(LEAST) >= 0 && i.compareTo(GREATEST) <= 0) {
      // Tagged although it would fit: else it came back as a Long, which equals no BigInteger.
      tagged(Tag.INTEGER, i.toString());
    } else {
      out.append(i);
    }
  }

  private void tagged(Tag tag, String value) {
    out.append(tag.opening);
    Texts.quote(out, value);
    out.append('}');
  }

  private void pair(Tag tag, String first, String second) {
    out.append(tag.opening).append('[');
    text(first);
    out.append(',');
    text(second);
    out.append("]}");
  }
}
