package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.Limits;
import dev.toygun.store.Checks;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Commands;
import dev.toygun.store.Family;
import dev.toygun.store.Operations;
import dev.toygun.store.TaskStart;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, changes and takes down resources. */
final class ResourceChanges {
  private final Types types;
  private final Resources resources;
  private final Commands store;
  private final Operations operations;
  private final Fields fields;
  private final Rewinds rewinds;
  private final Signals signals;
  private final Plans plans;
  private final Time time;

  ResourceChanges(
      Types types,
      Resources resources,
      Commands store,
      Operations operations,
      Fields fields,
      Rewinds rewinds,
      Signals signals,
      Plans plans,
      Time time) {
    this.types = types;
    this.resources = resources;
    this.store = store;
    this.operations = operations;
    this.fields = fields;
    this.rewinds = rewinds;
    this.signals = signals;
    this.plans = plans;
    this.time = time;
  }

  /** {@code POST /v1/resources/{type}}. */
  Future<Answer> create(Call call) {
    return types.newest(call.text("type")).compose(type -> create(call, type));
  }

  private Future<Answer> create(Call call, TypeDefinition type) {
    UUID uuid = call.makes(time);
    String sent = call.body().getString("label");
    String label = sent == null ? generated(type, uuid) : sent;
    if (label.isBlank() || BuiltIn.reserved(label)) {
      throw wrong("/label", "a label has a letter in it, and is not a reserved name like __this__");
    }
    String attrs = fields.fresh("/fields", type.fields(), type.name(), uuid, call, "fields");
    String text = call.body().getString("parent");
    @Nullable UUID parent = text == null ? null : Parameters.uuid("parent", text);
    ChildCreate child = new ChildCreate(uuid, label, attrs, type.list(), state(call, type));
    if (call.validateOnly()) {
      return mayHaveChildren(parent)
          .compose(may -> resources.checkLabel(parent, child))
          .map(free -> Answer.valid());
    }
    return operations
        .create(parent, child, call.by())
        .compose(made -> resources.now(call, made, 201))
        .map(
            answer ->
                answer.header("Location", "/v1/resources/" + type.name() + "/" + uuid).made(uuid));
  }

  /** Short, and unlikely to be there: the random tail of the uuid. */
  private static String generated(TypeDefinition type, UUID uuid) {
    return type.name() + "-" + uuid.toString().substring(28);
  }

  private static String state(Call call, TypeDefinition type) {
    boolean adopt = call.body().getBoolean("adopt", false);
    String state = call.body().getString("state");
    if (!adopt && state == null) {
      return BuiltIn.NEW;
    }
    if (!adopt) {
      throw wrong("/state", "it needs \"adopt\": true, which takes over what exists already");
    }
    if (state == null) {
      throw wrong("/state", "adopt needs the state that what exists is in");
    }
    if (BuiltIn.reserved(state)) {
      throw wrong("/state", state + " is a built-in state: choose one that the type declares");
    }
    return Rewinds.state(state, type.states(), "/state");
  }

  private static Problem wrong(String pointer, String detail) {
    return Problem.invalid(List.of(new Problem.Wrong(pointer, detail)));
  }

  private Future<Void> mayHaveChildren(@Nullable UUID parent) {
    if (parent == null) {
      return Future.succeededFuture();
    }
    return store
        .family(parent)
        .map(
            family -> {
              if (family == null) {
                throw Problem.notFound("not_found", "there is no parent " + parent);
              }
              Alive.checkAddition("the parent", family.resource());
              return null;
            });
  }

  /** {@code PATCH /v1/resources/{type}/{uuid}}. */
  Future<Answer> change(Call call) {
    return found(call)
        .compose(
            family ->
                definition(family)
                    .compose(
                        type -> {
                          Fields.Change change =
                              fields.change(
                                  type.fields(), type.name(), family.resource().uuid(), call);
                          return done(
                              call,
                              family,
                              200,
                              () ->
                                  operations.set(
                                      family.resource().uuid(),
                                      call.version(),
                                      row -> change.of(row.machine().attrs()),
                                      call.by()));
                        }));
  }

  /** {@code DELETE /v1/resources/{type}/{uuid}}. */
  Future<Answer> delete(Call call) {
    return plans
        .check(call)
        .compose(
            same ->
                change(
                    call,
                    family ->
                        operations.delete(family.resource().uuid(), call.version(), call.by())));
  }

  /** {@code POST …:retry}. */
  Future<Answer> retry(Call call) {
    return resources
        .family(call)
        .compose(
            family -> {
              Alive.checkStuck("the resource", family.resource().machine(), call.version());
              UUID uuid = family.resource().uuid();
              return done(
                  call,
                  family,
                  202,
                  () -> operations.retryResource(uuid, call.version(), call.by()));
            });
  }

  /** {@code POST …:restart}. */
  Future<Answer> restart(Call call) {
    return found(call).compose(family -> definition(family).compose(t -> restart(call, family, t)));
  }

  private Future<Answer> restart(Call call, Family family, TypeDefinition type) {
    TaskDefinition task = Types.restart(type);
    Alive.checkAddition("the resource", family.resource());
    Checks.restartable(family);
    Limits.Rate most = type.restarts() == null ? null : type.restarts().rate();
    boolean force = call.body().getBoolean("force", false);
    Checks.restarts(family, most, force, time.now());
    UUID run = call.makes(time);
    String owner = type.name() + "/" + task.name();
    String attrs = fields.fresh("/args", task.fields(), owner, run, call, "args");
    TaskStart start =
        new TaskStart(
            run,
            task.name(),
            false,
            false,
            attrs,
            attrs,
            family.resource().machine().list(),
            call.caller().stored());
    UUID uuid = family.resource().uuid();
    return done(
        call,
        family,
        202,
        () -> operations.restart(uuid, start, call.version(), most, force, call.by()));
  }

  /** {@code POST …:tick}. */
  Future<Answer> tick(Call call) {
    return change(call, family -> operations.tick(family.resource().key(), call.by()));
  }

  /** {@code POST …:rewind}. */
  Future<Answer> rewind(Call call) {
    return found(call)
        .compose(
            family ->
                definition(family)
                    .compose(type -> rewinds.target(call, family.resource().key(), type.states()))
                    .compose(
                        to ->
                            done(
                                call,
                                family,
                                202,
                                () ->
                                    operations.rewind(
                                        family.resource().key(),
                                        to.entry(),
                                        to.fresh(),
                                        call.version(),
                                        call.by()))));
  }

  /** {@code POST …:signal}. */
  Future<Answer> signal(Call call) {
    return found(call)
        .compose(
            family ->
                definition(family)
                    .compose(
                        type ->
                            signals.send(
                                call,
                                family.resource().key(),
                                family.resource().machine(),
                                type.states())));
  }

  private interface Ask {
    Future<Void> of(Family family);
  }

  private interface Doing {
    Future<Void> go();
  }

  private Future<Answer> change(Call call, Ask ask) {
    return found(call).compose(family -> done(call, family, 202, () -> ask.of(family)));
  }

  /** What a path names, if it can still be changed. */
  private Future<Family> found(Call call) {
    return resources
        .family(call)
        .map(
            family -> {
              Alive.check("the resource", family.resource().machine(), call.version());
              return family;
            });
  }

  private Future<TypeDefinition> definition(Family family) {
    return types.definition(family.resource().type(), family.resource().machine().list().version());
  }

  private Future<Answer> done(Call call, Family family, int status, Doing doing) {
    return call.validateOnly()
        ? Future.succeededFuture(Answer.valid())
        : doing.go().compose(done -> resources.now(call, family.resource().uuid(), status));
  }
}
