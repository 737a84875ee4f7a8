package dev.toygun.worker;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.Secret;
import dev.toygun.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a subject's code had in its hands while it ran: its own, those of a signal, of
 * another task, another resource, and those that it made. None of them is to be in what it says.
 * Code may open them on any thread.
 */
final class Opened implements Consumer<Object> {
  private final Queue<Object> values = new ConcurrentLinkedQueue<>();

  /** Notes the value of a field that holds secrets. */
  @Override
  public void accept(Object value) {
    values.add(value);
  }

  /** Notes what an answer sets, and what it hands on. */
  void add(Next<?> next) {
    next.changes()
        .forEach(
            (field, value) -> {
              if (field.type().secret()) {
                value.ifPresent(this);
              }
            });
    for (Next.Effect effect : next.effects()) {
      if (effect instanceof Next.Effect.Start start) {
        add(start.args());
      } else if (effect instanceof Next.Effect.Ensure ensure) {
        add(ensure.args());
      } else if (effect instanceof Next.Effect.Create create) {
        add(create.fields());
      }
    }
  }

  private void add(Values given) {
    for (Field<?> field : given.fields()) {
      if (field.type().secret()) {
        accept(given.raw(field));
      }
    }
  }

  /** All of them, in the clear. */
  List<String> secrets() {
    List<String> found = new ArrayList<>();
    values.forEach(value -> collect(value, found));
    return found;
  }

  private static void collect(@Nullable Object value, List<String> found) {
    if (value instanceof Secret secret) {
      found.add(secret.reveal());
    } else if (value instanceof Collection<?> many) {
      many.forEach(one -> collect(one, found));
    } else if (value instanceof Map<?, ?> map) {
      collect(map.keySet(), found);
      collect(map.values(), found);
    }
  }
}
