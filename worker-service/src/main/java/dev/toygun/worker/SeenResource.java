package dev.toygun.worker;

import dev.toygun.Availability;
import dev.toygun.Field;
import dev.toygun.ResourceView;
import dev.toygun.store.ResourceRow;
import java.util.Optional;
import java.util.UUID;

/** Another resource as a machine sees it. */
record SeenResource(ResourceRow row, StoredFields stored) implements ResourceView {
  @Override
  public UUID uuid() {
    return row.uuid();
  }

  @Override
  public String type() {
    return row.type();
  }

  @Override
  public String label() {
    return row.label();
  }

  @Override
  public String state() {
    return row.machine().state();
  }

  @Override
  public Availability availability() {
    return row.availability();
  }

  @Override
  public boolean deleting() {
    return row.deleting() != ResourceRow.Deleting.NO;
  }

  @Override
  public boolean active() {
    return row.machine().active();
  }

  @Override
  public <T> Optional<T> find(Field<T> field) {
    return stored.ofOther(row, field);
  }
}
