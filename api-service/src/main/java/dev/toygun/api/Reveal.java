package dev.toygun.api;

import dev.toygun.api.Problem.Wrong;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Sealed;
import dev.toygun.store.Audit;
import dev.toygun.store.FieldValues;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives out what a secret field holds. Nothing leaves before the row of the audit that says so is
 * on the disk; what was given out is in the answer, and nowhere else. Used by one event loop.
 */
final class Reveal {
  /** How many a key may have at once, and in the long run. */
  static final int AT_ONCE = 10;

  private static final double PER_SECOND = 1.0 / 6;

  private final Types types;
  private final FieldSeal seal;
  private final Audit audit;
  private final RateLimit limit;

  Reveal(Types types, FieldSeal seal, Audit audit, Time time) {
    this.types = types;
    this.seal = seal;
    this.audit = audit;
    this.limit = new RateLimit(time, PER_SECOND, AT_ONCE);
  }

  /** A row that has fields, and what its secrets were sealed for: a type, or a type and a task. */
  private record Kept(List<FieldDefinition> declared, String place, UUID row, String attrs) {}

  /** {@code POST /v1/resources/{type}/{uuid}:reveal}. */
  Action ofResource(Resources resources) {
    return revealing(
        call ->
            resources
                .row(call)
                .compose(
                    row ->
                        types
                            .definition(row.type(), row.machine().list().version())
                            .map(
                                type ->
                                    new Kept(
                                        type.fields(),
                                        type.name(),
                                        row.uuid(),
                                        row.machine().attrs()))));
  }

  /** {@code POST /v1/tasks/{uuid}:reveal}. */
  Action ofTask(Tasks tasks) {
    return revealing(
        call ->
            tasks
                .row(call)
                .compose(
                    row ->
                        tasks
                            .definition(row)
                            .map(
                                type ->
                                    new Kept(
                                        Types.task(type, row.name()).fields(),
                                        type.name() + "/" + row.name(),
                                        row.key().uuid(),
                                        row.machine().attrs()))));
  }

  private Action revealing(Function<Call, Future<Kept>> find) {
    return new Action() {
      @Override
      public Future<Answer> answer(Call call) {
        return Future.failedFuture(
            new IllegalStateException("a secret is given out with its row of the audit only"));
      }

      @Override
      public Future<Optional<Answer>> atOnce(Call call, Audit.Entry entry) {
        int wait = limit.take(call.caller().key());
        if (wait > 0) {
          return Future.failedFuture(RateLimit.tooMany(wait));
        }
        return find.apply(call)
            .map(kept -> opened(kept, call.body().getString("field")))
            .compose(
                value ->
                    audit
                        .write(entry.answered(200))
                        .map(
                            written ->
                                Optional.of(Answer.ok(new JsonObject().put("value", value)))));
      }
    };
  }

  private Object opened(Kept kept, String name) {
    FieldDefinition field =
        kept.declared().stream()
            .filter(f -> f.name().equals(name))
            .findFirst()
            .orElseThrow(() -> wrong(Fields.unknown(name, kept.declared())));
    if (!field.secret()) {
      throw wrong("field '%s' is not secret: it is shown as it is".formatted(name));
    }
    @Nullable Object stored = FieldValues.stored(kept.declared(), kept.attrs()).get(name);
    if (stored == null) {
      throw Problem.notFound("not_set", "field '%s' of %s is not set".formatted(name, kept.row()));
    }
    try {
      return Objects.requireNonNull(Plain.shown(open(kept, field, stored), false));
    } catch (FieldSeal.CannotOpen e) {
      throw Problem.conflict("cannot_open", String.valueOf(e.getMessage()));
    }
  }

  private static Problem wrong(String detail) {
    return Problem.invalid(List.of(new Wrong("/field", detail)));
  }

  /* A secret may stand inside a list, a set or a map. */
  private Object open(Kept kept, FieldDefinition field, Object stored) {
    if (stored instanceof Sealed sealed) {
      FieldSeal.Place place = new FieldSeal.Place(kept.place(), kept.row(), field.name());
      List<FieldSeal.Place> formerly =
          field.formerly().stream()
              .map(former -> new FieldSeal.Place(kept.place(), kept.row(), former))
              .toList();
      return new String(seal.open(place, formerly, sealed), StandardCharsets.UTF_8);
    }
    if (stored instanceof List<?> list) {
      return list.stream().map(one -> open(kept, field, one)).toList();
    }
    if (stored instanceof Set<?> set) {
      Set<Object> opened = new LinkedHashSet<>();
      set.forEach(one -> opened.add(open(kept, field, one)));
      return opened;
    }
    if (stored instanceof Map<?, ?> map) {
      Map<Object, Object> opened = new LinkedHashMap<>();
      map.forEach((key, one) -> opened.put(open(kept, field, key), open(kept, field, one)));
      return opened;
    }
    return stored;
  }
}
