package dev.toygun.worker;
import dev.toygun.*;
import dev.toygun.codec.Attrs;
import dev.toygun.crypto.Keyring;
import dev.toygun.store.*;
import dev.toygun.time.Time;
import java.time.Instant;
import java.util.*;
final class StoredFields implements Stored {
  StoredFields(Keyring k, Time t) {}
  @Override public Subject subject(ResourceType<?> type, Family family, SubjectKey key, MachineRow row, Instant now) {
    TaskType<?> task = key.isResource() ? null : type.task(family.task(key).orElseThrow().name()).orElse(null);
    Attrs fields = Attrs.read(family.resource().machine().attrs());
    return new Subject(type, task, family, key, row, key.isResource() ? fields : Attrs.read(row.attrs()), fields, now); }
  @Override public Attrs change(Attrs attrs, Field<?> field, Optional<Object> value) { return value.isPresent() ? attrs.with(field, value.get()) : attrs.without(field); }
  @Override public String fresh(List<Field<?>> declared, String type, UUID row, Values values, String what) { Attrs a = Attrs.read("{}"); for (Field<?> f : values.fields()) a = a.with(f, values.raw(f)); return a.toJson(); }
  @Override public Attrs ofTask(ResourceType<?> type, TaskType<?> task, TaskRow row) { return Attrs.read(row.machine().attrs()); }
  @Override public <T> Optional<T> ofOther(ResourceRow row, Field<T> field) { return Attrs.read(row.machine().attrs()).find(field); }
  @Override public Values args(ResourceType<?> type, TaskType<?> task, TaskRow row) { return Values.NONE; }
  @Override public Signal signal(Subject subject, SignalRow row) { return new Signal(row.uuid(), row.type(), Values.NONE, row.from(), row.sentAt()); }
  @Override public Map<String, Object> attributes(String json) { return Map.of(); }
  @Override public String errorAttrs(Map<String, Object> attributes) { return "{}"; }
}
