package dev.toygun.api;

import dev.toygun.AlarmType;
import dev.toygun.api.Contract.Operation;
import dev.toygun.store.Bulk;
import dev.toygun.store.Bulks;
import dev.toygun.store.Hold;
import dev.toygun.store.Place;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a call names is within what the key of its caller is limited to. A place is looked
 * up once, before anything is done: no resource ever gets another, so it is still there then.
 */
final class Bounds {
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Views views;
  private final Supplier<Future<List<Hold>>> holds;
  private final Supplier<Bulks> bulks;

  Bounds(Views views, Supplier<Future<List<Hold>>> holds, Supplier<Bulks> bulks) {
    this.views = views;
    this.holds = holds;
    this.bulks = bulks;
  }

  /** The call, as it may be carried out; fails where it names what is outside. */
  Future<Call> checked(Call call) {
    KeyScope scope = call.caller().scope();
    String type = call.maybe("type");
    boolean typed = call.operation().path().contains("{type}");
    if (typed && !scope.mayHave(type)) {
      return outside(Types.unknown(String.valueOf(type), OptionalInt.empty()));
    }
    boolean ofOne = typed && call.operation().path().contains("{uuid}");
    return (ofOne && scope.under() != null ? resource(call) : Future.<Void>succeededFuture())
        .compose(within -> ofItsKind(call.operation(), call))
        .compose(within -> referring(call));
  }

  private Future<Void> ofItsKind(Operation operation, Call call) {
    KeyScope scope = call.caller().scope();
    return switch (operation.within()) {
      case NOTHING, TYPE, ITEMS_BY_NAME, ITEMS_BY_TYPE, ITEMS_BY_RESOURCE, HOLDS, ITSELF ->
          Future.succeededFuture();
      case ALL -> Future.failedFuture(Outside.denied(operation.id(), scope));
      case CHILD ->
          scope.under() != null && call.body().getString("parent") == null
              ? Future.failedFuture(
                  Outside.ofSubtree(operation.id() + " of what has no parent", scope))
              : named(call, "parent", "parent");
      case TASK -> task(call);
      case ALARM -> alarm(call);
      case BRAKE -> alarm(call).compose(within -> brake(operation, call));
      case ERROR -> error(call);
      case HOLD -> hold(operation, call);
      case BULK -> bulk(call);
      case NEW_BULK -> ofType(scope, call.body().getString("type"));
      case NEW_HOLD -> newHold(operation, call);
      case UNDER -> under(operation, call);
    };
  }

  private static <T> Future<T> outside(Problem as) {
    return Future.failedFuture(Outside.absent(as.code(), as.detail()));
  }

  private static <T> Future<T> absent(String detail) {
    return Future.failedFuture(Outside.absent("not_found", detail));
  }

  private static Future<Void> ofType(KeyScope scope, @Nullable String type) {
    return scope.mayHave(type)
        ? Future.succeededFuture()
        : outside(Types.unknown(String.valueOf(type), OptionalInt.empty()));
  }

  /* What is absent is refused here too, and an unknown type is what is wrong first. */
  private Future<Void> resource(Call call) {
    UUID uuid = call.uuid("uuid");
    String type = call.text("type");
    return isWithin(call, uuid)
        .compose(
            within ->
                within
                    ? Future.succeededFuture()
                    : views
                        .type(type, OptionalInt.empty())
                        .compose(
                            known ->
                                known == null
                                    ? outside(Types.unknown(type, OptionalInt.empty()))
                                    : absent("there is no %s %s".formatted(type, uuid))));
  }

  private Future<Void> task(Call call) {
    UUID uuid = call.uuid("uuid");
    return views
        .task(uuid)
        .compose(
            row ->
                row == null
                    ? Future.succeededFuture(false)
                    : hangsWithin(call, row.machine().list().type(), row.key().resource()))
        .compose(within -> one(within, "task", uuid));
  }

  private Future<Void> alarm(Call call) {
    UUID uuid = call.uuid("uuid");
    return views
        .alarm(uuid)
        .compose(
            row ->
                row == null
                    ? Future.succeededFuture(false)
                    : hangsWithin(call, row.type(), row.subject().resource()))
        .compose(within -> one(within, "alarm", uuid));
  }

  /** Its alarm is the parent's, which may be of another type than what waits. */
  private Future<Void> brake(Operation operation, Call call) {
    KeyScope scope = call.caller().scope();
    return views
        .alarm(call.uuid("uuid"))
        .map(row -> row == null ? null : AlarmType.brakes(row.name()).orElse(null))
        .compose(
            type ->
                type == null || scope.mayHave(type)
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        Outside.denied(
                            "%s of a brake of %s".formatted(operation.id(), type), scope)));
  }

  private Future<Void> error(Call call) {
    UUID uuid = call.uuid("uuid");
    return views
        .error(uuid)
        .compose(
            row ->
                row == null
                    ? Future.succeededFuture(false)
                    : isWithin(call, row.error().subject().resource()))
        .compose(within -> one(within, "error", uuid));
  }

  private Future<Void> bulk(Call call) {
    UUID uuid = call.uuid("uuid");
    return bulks
        .get()
        .bulk(uuid)
        .compose(row -> isWithin(call, row))
        .compose(within -> one(within, "bulk run", uuid));
  }

  /* Of a subtree are those that go no further. */
  private Future<Boolean> isWithin(Call call, @Nullable Bulk bulk) {
    KeyScope scope = call.caller().scope();
    UUID under = bulk == null ? null : bulk.order().filter().under();
    if (bulk == null || !scope.mayHave(bulk.order().type())) {
      return Future.succeededFuture(false);
    }
    return scope.under() == null
        ? Future.succeededFuture(true)
        : under == null ? Future.succeededFuture(false) : isBelow(scope.under(), under);
  }

  /* The root may have a type that the key is not for. */
  private Future<Boolean> isBelow(UUID root, UUID resource) {
    return views
        .places(Set.of(resource))
        .map(
            places -> {
              Place place = places.get(resource);
              return place != null && place.isWithin(root);
            });
  }

  private static Future<Void> one(boolean within, String what, UUID uuid) {
    return within ? Future.succeededFuture() : absent("there is no %s %s".formatted(what, uuid));
  }

  /** A resource that a body names, if it does. */
  private Future<Void> named(Call call, String member, String what) {
    String text = call.body().getString(member);
    if (text == null) {
      return Future.succeededFuture();
    }
    UUID uuid = Parameters.uuid(member, text);
    return isWithin(call, uuid).compose(within -> one(within, what, uuid));
  }

  private Future<Void> under(Operation operation, Call call) {
    UUID under = call.maybeUuid("under");
    KeyScope scope = call.caller().scope();
    if (under == null) {
      return scope.under() == null
          ? Future.succeededFuture()
          : Future.failedFuture(Outside.ofSubtree(operation.id() + " of all", scope));
    }
    return isWithin(call, under).compose(within -> one(within, "resource", under));
  }

  private Future<Void> hold(Operation operation, Call call) {
    UUID uuid = call.uuid("uuid");
    return holds
        .get()
        .compose(
            all -> {
              Optional<Hold> found = all.stream().filter(h -> h.uuid().equals(uuid)).findFirst();
              if (found.isEmpty()) {
                return absent(String.valueOf(Hold.absent(uuid).getMessage()));
              }
              Hold hold = found.get();
              KeyScope scope = call.caller().scope();
              if (isWider(hold.scope(), scope)) {
                return Future.failedFuture(Outside.denied(operation.id() + " of it", scope));
              }
              return (hold.resource() == null
                      ? Future.succeededFuture(scope.mayHave(hold.name()))
                      : isWithin(call, hold.resource()))
                  .compose(
                      within ->
                          within
                              ? Future.succeededFuture()
                              : absent(String.valueOf(Hold.absent(uuid).getMessage())));
            });
  }

  private Future<Void> newHold(Operation operation, Call call) {
    KeyScope scope = call.caller().scope();
    Hold.Scope of = Hold.Scope.valueOf(call.body().getString("scope").toUpperCase(Locale.ROOT));
    if (isWider(of, scope)) {
      return Future.failedFuture(Outside.denied(operation.id() + " of " + of.stored(), scope));
    }
    return of == Hold.Scope.TYPE
        ? ofType(scope, call.body().getString("name"))
        : named(call, "resource", "resource");
  }

  /** Whether it holds what no key may hold that is limited so. */
  private static boolean isWider(Hold.Scope of, KeyScope scope) {
    return switch (of) {
      case SUBTREE -> false;
      case TYPE -> scope.under() != null;
      case TASK, QUEUE, ALL, BREAKER -> true;
    };
  }

  /* Code is shown what a field refers to, so each name in a body is looked up. */
  private Future<Call> referring(Call call) {
    if (call.caller().scope().under() == null) {
      return Future.succeededFuture(call);
    }
    Set<UUID> named = new HashSet<>();
    UUIDS
        .matcher(call.body().encode())
        .results()
        .forEach(found -> named.add(UUID.fromString(found.group())));
    return named.isEmpty()
        ? Future.succeededFuture(call)
        : views
            .places(named)
            .map(
                places ->
                    call.naming(
                        places.values().stream()
                            .filter(call.caller().scope()::has)
                            .map(Place::uuid)
                            .collect(Collectors.toUnmodifiableSet())));
  }

  private Future<Boolean> hangsWithin(Call call, String type, UUID resource) {
    KeyScope scope = call.caller().scope();
    return scope.under() == null
        ? Future.succeededFuture(scope.mayHave(type))
        : isWithin(call, resource);
  }

  /** Whether this resource is there, and within. */
  Future<Boolean> isWithin(Call call, UUID resource) {
    return views
        .places(Set.of(resource))
        .map(places -> call.caller().scope().has(places.get(resource)));
  }
}
