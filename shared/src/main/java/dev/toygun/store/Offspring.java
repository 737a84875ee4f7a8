package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.store.ResourceRow.Deleting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Makes the children of resources that a group holds, and asks them to go. */
final class Offspring {
  private final GroupRows rows;
  private final GroupChanges changes;

  Offspring(GroupRows rows, GroupChanges changes) {
    this.rows = rows;
    this.changes = changes;
  }

  void create(ChildCreate child, HeldResource parent) {
    UUID uuid = parent.key().resource();
    List<UUID> path = new ArrayList<>(parent.path());
    path.add(uuid);
    changes.resources.add(new GroupChanges.NewResource(child, uuid, path));
    rows.twins.add(new GroupNeeds.Named(uuid, child.list().type(), child.label()));
    rows.childOf.putIfAbsent(uuid, "%s '%s'".formatted(child.list().type(), child.label()));
  }

  /** Those that somebody else holds, and those above what one transaction takes, are asked next. */
  void askAll(Held subject, HeldResource parent, Stamp stamp, Set<Held> touched) {
    UUID uuid = parent.key().resource();
    long asked = 0;
    for (HeldResource child : rows.resources.values()) {
      if (child.isToBeAsked(uuid)) {
        ask(child, stamp, touched);
        asked++;
      }
    }
    if (rows.unasked.merge(uuid, -asked, Long::sum) > 0) {
      subject.wake(rows.now);
    }
  }

  void ask(HeldResource child, Stamp stamp, Set<Held> touched) {
    child.touch();
    child.deleting = Deleting.ASKED;
    child.wake(rows.now);
    touched.add(child);
    changes.changes.add(
        new GroupChanges.Changed(child.key(), child.version, List.of(BuiltIn.DELETING), stamp));
  }
}
