package dev.toygun.store;

import dev.toygun.Availability;
import dev.toygun.BuiltIn;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A resource that a group has locked. */
final class HeldResource extends Held {
  private final @Nullable UUID parent;
  private final List<UUID> path;
  ResourceRow.Deleting deleting;
  Observed observed;

  HeldResource(Row row) {
    super(SubjectKey.ofResource(Rows.uuid(row, 0)), row, 3);
    parent = row.getUUID(1);
    path = List.of(Objects.requireNonNull(row.getArrayOfUUIDs(2)));
    deleting = ResourceRow.Deleting.valueOf(Rows.text(row, 20).toUpperCase(Locale.ROOT));
    observed =
        new Observed(
            Availability.ofStored(Rows.text(row, 21)),
            Rows.number(row, 22),
            Rows.maybeTime(row, 23),
            Rows.texts(row, 24));
  }

  @Nullable UUID parent() {
    return parent;
  }

  List<UUID> path() {
    return path;
  }

  /** Whether it is an active child of this resource that nobody has asked to go yet. */
  boolean isToBeAsked(UUID by) {
    return active && deleting == ResourceRow.Deleting.NO && by.equals(parent);
  }

  @Override
  void write(Write write, long loadedWakes, Instant now) {
    super.write(write, loadedWakes, now);
    Write.OfResource of = write.resource();
    if (of != null) {
      deleting = of.deleting();
      observed = of.observed();
    }
  }

  @Override
  Transition rewound(Entry to, Instant now, String message) {
    ResourceRow.Deleting before = deleting;
    deleting = to.after(before, state);
    Transition move = super.rewound(to, now, message);
    return deleting == before ? move : move.changing(BuiltIn.DELETING);
  }

  @Override
  public String toString() {
    return list().type() + " " + key();
  }
}
