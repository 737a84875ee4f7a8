package dev.toygun.api;

import dev.toygun.store.Bulk;
import dev.toygun.store.BulkOrder;
import dev.toygun.store.BulkOrder.Action;
import dev.toygun.store.Bulks;
import dev.toygun.store.Refusal;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.SignalDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bulk runs: asked for, looked at, paused and ended. Clocks carry them out. */
final class BulkRuns {
  /** How many of what would be done are shown. */
  private static final int FEW = 10;

  private static final int WATCH = 60;

  private final Types types;
  private final Supplier<Bulks> bulks;
  private final Fields fields;
  private final Time time;
  private final BulkShow show;

  BulkRuns(Types types, Supplier<Bulks> bulks, Fields fields, Time time) {
    this.types = types;
    this.bulks = bulks;
    this.fields = fields;
    this.time = time;
    this.show = new BulkShow(time);
  }

  /** {@code GET /v1/bulk}. */
  Future<Answer> list(Call call) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    KeyScope scope = call.caller().scope();
    return bulks
        .get()
        .bulks(scope.typesWithin(), scope.under(), last, call.pageSize() + 1)
        .map(
            rows ->
                Answer.ok(
                    Pages.page(call, rows, show::bulk, row -> List.of(row.uuid().toString()))));
  }

  /** {@code GET /v1/bulk/{uuid}}. */
  Future<Answer> get(Call call) {
    return row(call).map(row -> Answer.ok(show.bulk(row)).version(row.version()));
  }

  private Future<Bulk> row(Call call) {
    UUID uuid = call.uuid("uuid");
    return bulks
        .get()
        .bulk(uuid)
        .compose(
            row ->
                row == null
                    ? Future.failedFuture(Bulks.absent(uuid))
                    : Future.succeededFuture(row));
  }

  /** {@code GET /v1/bulk/{uuid}/items}. */
  Future<Answer> items(Call call) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    String result = call.maybe("result");
    Bulk.Result of = result == null ? null : Bulk.Result.ofStored(result);
    return row(call)
        .compose(
            row ->
                bulks
                    .get()
                    .items(row.uuid(), of, last, call.pageSize() + 1)
                    .map(
                        items ->
                            Answer.ok(
                                Pages.page(
                                    call,
                                    items,
                                    item -> show.item(row, item),
                                    item -> List.of(item.item().resource().toString())))));
  }

  /** {@code POST /v1/bulk/{uuid}:pause}, and the like. */
  Future<Answer> command(Call call, Bulk.Command command) {
    return bulks
        .get()
        .command(call.uuid("uuid"), command, call.by())
        .map(row -> Answer.ok(show.bulk(row)).version(row.version()));
  }

  /** {@code POST /v1/bulk}. */
  Future<Answer> create(Call call) {
    return types
        .newest(call.body().getString("type"))
        .compose(
            type -> {
              BulkOrder order = order(call, type);
              return call.validateOnly() ? preview(order) : ask(call, order);
            });
  }

  private Future<Answer> preview(BulkOrder order) {
    return bulks.get().preview(order, FEW).map(found -> Answer.ok(show.preview(found)));
  }

  private Future<Answer> ask(Call call, BulkOrder order) {
    UUID uuid = call.makes(time);
    return bulks
        .get()
        .ask(
            Bulk.asked(
                uuid, order, call.caller().stored(), call.reason(), call.trace(), time.now()))
        .map(row -> Answer.of(201, show.bulk(row)).header("Location", "/v1/bulk/" + row.uuid()));
  }

  private BulkOrder order(Call call, TypeDefinition type) {
    JsonObject body = call.body();
    Action action = Action.ofStored(body.getString("action"));
    String task = body.getString("task");
    check(body, action);
    if (action == Action.START) {
      Types.startable(type, String.valueOf(task));
    }
    List<StateDefinition> states = task == null ? type.states() : Types.task(type, task).states();
    List<String> asked =
        body.getJsonArray("filter", new JsonArray()).stream().map(String.class::cast).toList();
    Filters filters = Filters.read(asked, type, fields);
    return new BulkOrder(
        type.name(),
        type.version(),
        new BulkOrder.Filter(
            asked,
            filters.label(),
            filters.states(),
            filters.parent(),
            filters.availability(),
            filters.fields(),
            call.caller().scope().under()),
        action,
        task,
        body.getString("signal"),
        content(call, type, action, task, states),
        going(body));
  }

  /** That what is sent is what the action takes. */
  private static void check(JsonObject body, Action action) {
    List<Problem.Wrong> wrong = new ArrayList<>();
    boolean runs = action == Action.START || action == Action.STOP || action == Action.ABORT;
    boolean either = action == Action.RETRY || action == Action.SIGNAL;
    need(body, "task", runs, either, action, wrong);
    need(body, "args", false, action == Action.START, action, wrong);
    need(body, "signal", action == Action.SIGNAL, false, action, wrong);
    need(body, "fields", action == Action.SET, action == Action.SIGNAL, action, wrong);
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
  }

  private static void need(
      JsonObject body,
      String name,
      boolean needed,
      boolean taken,
      Action action,
      List<Problem.Wrong> wrong) {
    boolean there = body.getValue(name) != null;
    if (needed && !there) {
      wrong.add(new Problem.Wrong("/" + name, "it is needed to %s".formatted(action.stored())));
    } else if (there && !needed && !taken) {
      wrong.add(
          new Problem.Wrong(
              "/" + name, "it is of no use to %s: leave it out".formatted(action.stored())));
    }
  }

  private String content(
      Call call,
      TypeDefinition type,
      Action action,
      @Nullable String task,
      List<StateDefinition> states) {
    return switch (action) {
      case START -> {
        List<FieldDefinition> declared = Types.task(type, String.valueOf(task)).fields();
        yield fields.fresh("/args", open(call, "args", declared), "", type(type), call, "args");
      }
      case SIGNAL -> {
        List<FieldDefinition> declared = carried(call, states);
        yield fields.fresh(
            "/fields", open(call, "fields", declared), "", type(type), call, "fields");
      }
      case SET -> fields.sent(open(call, "fields", type.fields()), type(type), call);
      case STOP, ABORT, RETRY, DELETE -> "{}";
    };
  }

  /* Nothing is sealed, so it is sealed for nothing. */
  private static UUID type(TypeDefinition type) {
    return new UUID(0, type.version());
  }

  private static List<FieldDefinition> carried(Call call, List<StateDefinition> states) {
    try {
      return SignalDefinition.of(states, call.body().getString("signal")).fields();
    } catch (Refusal refused) {
      throw Problem.invalid(List.of(new Problem.Wrong("/signal", refused.getMessage())));
    }
  }

  /** The same fields, none of which is sent and secret: a secret is sealed for one row. */
  private static List<FieldDefinition> open(
      Call call, String property, List<FieldDefinition> declared) {
    List<Problem.Wrong> wrong =
        declared.stream()
            .filter(field -> field.secret() && call.object(property).containsKey(field.name()))
            .map(
                field ->
                    new Problem.Wrong(
                        "/" + property + "/" + field.name(),
                        "a secret is sealed for one thing alone: it cannot be sent in bulk"))
            .toList();
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
    return declared;
  }

  private static BulkOrder.Going going(JsonObject body) {
    String rate = body.getString("rate");
    String[] parts = rate == null ? new String[0] : rate.split("/", -1);
    Integer after = body.getInteger("halt_after");
    Integer share = body.getInteger("halt_share");
    return new BulkOrder.Going(
        rate == null ? null : Integer.valueOf(parts[0]),
        rate == null ? Duration.ofSeconds(1) : Per.valueOf(parts[1].toUpperCase(Locale.ROOT)).time,
        body.getInteger("canary", 0),
        Duration.ofSeconds(body.getInteger("watch", WATCH)),
        after == null && share == null ? Integer.valueOf(1) : after,
        share);
  }

  /** The time of a rate. */
  enum Per {
    S(Duration.ofSeconds(1)),
    MIN(Duration.ofMinutes(1)),
    H(Duration.ofHours(1));

    private final Duration time;

    Per(Duration time) {
      this.time = time;
    }

    /** A rate, as it is written. */
    static @Nullable String rate(BulkOrder.Going going) {
      for (Per per : values()) {
        if (going.rate() != null && per.time.equals(going.per())) {
          return going.rate() + "/" + per.name().toLowerCase(Locale.ROOT);
        }
      }
      return null;
    }
  }
}
