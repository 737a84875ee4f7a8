package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run of a task that a group has locked. */
final class HeldTask extends Held {
  private final String name;
  @Nullable End end;

  /** What it waits for from now on before it begins; null where nothing of that changes. */
  @Nullable Admission admission;

  HeldTask(Row row) {
    super(new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)), row, 3);
    name = Rows.text(row, 2);
    String stored = row.getString(20);
    end = stored == null ? null : End.ofStored(stored);
    runDeadlineAt = Rows.maybeTime(row, 21);
  }

  String name() {
    return name;
  }

  @Override
  void write(Write write, long loadedWakes, Instant now) {
    super.write(write, loadedWakes, now);
    admission = write.admission();
    end = write.end() == null && !write.active() ? End.FINISHED : write.end();
  }

  /** It is no longer on its way to its end. */
  @Override
  Transition rewound(Entry to, Instant now, String message) {
    end = null;
    return super.rewound(to, now, message);
  }

  /** Somebody else stops it: it goes to its {@code __exit__}. */
  Transition stop(Instant now) {
    end = End.STOPPED;
    return sent(BuiltIn.EXIT, dueAt == null || dueAt.isAfter(now) ? now : dueAt, "stopped");
  }
}
