package dev.toygun.store;

import dev.toygun.store.Bulk.Item;
import dev.toygun.store.Bulks.Step;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out bulk runs. A page of items, what is done with them and how far the run has come are
 * one commit, under the lock of the run's row: so each item is done once, by whichever clock.
 */
final class PgBulkSteps {
  private static final Logger LOG = LoggerFactory.getLogger(PgBulkSteps.class);

  /** How many resources are looked at for items in one transaction. */
  private static final long LOOK = 2_000;

  /** What the machines of a page may come to, as text and with what is sent to each, in bytes. */
  private static final long IN_HAND = 16_000_000;

  private final Database database;
  private final PgLoad load;

  PgBulkSteps(Database database, PgLoad load) {
    this.database = database;
    this.load = load;
  }

  /** All at once; or, where the database refuses one of them, the first alone. */
  Future<Step> step(UUID bulk, int page, Supplier<UUID> uuids, Stamp clock) {
    return PgTransaction.run(database, to -> step(to, bulk, page, uuids, clock))
        .recover(
            refused -> {
              if (refused instanceof UnknownOutcome || refused instanceof Locked) {
                return Future.failedFuture(refused);
              }
              return page > 1 ? step(bulk, 1, uuids, clock) : refused(bulk, refused, clock);
            });
  }

  /** The first one that waits has failed: the next look goes on after it. */
  private Future<Step> refused(UUID uuid, Throwable why, Stamp clock) {
    LOG.error("the database refuses an item of bulk run {}", uuid, why);
    return PgTransaction.run(
        database,
        to ->
            to.send(BulkSql.LOCK_DUE, Tuple.of(uuid))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(PgTransaction.Result.nothing(Step.NOTHING))
                            : refused(to, rows.iterator().next(), why, clock)));
  }

  private static Future<PgTransaction.Result<Step>> refused(
      PgTransaction to, Row row, Throwable why, Stamp clock) {
    Bulk bulk = BulkRows.bulk(row);
    Instant now = Rows.time(row, PgBulks.NOW);
    return next(to, bulk, 1)
        .map(
            rows -> {
              List<Item> before = waiting(rows);
              if (before.isEmpty() || new BulkBook(bulk, now).takes(1) == 0) {
                return PgTransaction.Result.nothing(Step.NOTHING);
              }
              BulkItems items = new BulkItems(bulk, Map.of(), () -> new UUID(0, 0), clock, now);
              List<Item> then = List.of(items.unstorable(before.get(0), why));
              PgBulks.write(to, new BulkBook(bulk, now).after(before, then, true, 1));
              to.send(BulkSql.WRITE_ITEMS, BulkRows.written(bulk.uuid(), then));
              return PgTransaction.Result.commit(
                  new Step(true, Map.of(Bulk.Result.FAILED, 1), List.of(), List.of()));
            });
  }

  private Future<PgTransaction.Result<Step>> step(
      PgTransaction to, UUID uuid, int page, Supplier<UUID> uuids, Stamp clock) {
    return to.send(BulkSql.LOCK_DUE, Tuple.of(uuid))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.succeededFuture(PgTransaction.Result.nothing(Step.NOTHING));
              }
              Row row = rows.iterator().next();
              Bulk bulk = BulkRows.bulk(row);
              Instant now = Rows.time(row, PgBulks.NOW);
              return bulk.state() == Bulk.State.GATHERING
                  ? gather(to, bulk, now)
                  : watch(to, bulk, now, page)
                      .compose(watched -> carryOut(to, bulk, now, page, uuids, clock, watched));
            });
  }

  private static Future<PgTransaction.Result<Step>> gather(
      PgTransaction to, Bulk bulk, Instant now) {
    return to.send(BulkSql.GATHER, Tuple.of(bulk.uuid(), LOOK))
        .map(
            rows -> {
              Row last = rows.size() == 0 ? null : rows.iterator().next();
              BulkBook book = new BulkBook(bulk, now);
              Bulk then =
                  last == null
                      ? book.gathered(0, null, null, false)
                      : book.gathered(
                          Rows.big(last, 3),
                          Rows.time(last, 0),
                          Rows.uuid(last, 1),
                          Rows.big(last, 2) == LOOK);
              PgBulks.write(to, then);
              return PgTransaction.Result.commit(
                  new Step(!then.state().isOver(), Map.of(), List.of(), List.of()));
            });
  }

  /** Items as they were, and as they are. */
  private record Changed(List<Item> before, List<Item> then) {
    Changed() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(Item was, Item is) {
      before.add(was);
      then.add(is);
    }
  }

  private static Future<Changed> watch(PgTransaction to, Bulk bulk, Instant now, int page) {
    return to.send(BulkSql.BEGUN, Tuple.of(bulk.uuid(), (long) page))
        .map(
            rows -> {
              BulkWatch book = new BulkWatch(bulk.order().going().watch(), now);
              Changed changed = new Changed();
              for (Row row : rows) {
                Item item = BulkRows.begun(row);
                changed.add(item, book.seen(item, BulkRows.standing(row)));
              }
              return changed;
            });
  }

  private Future<PgTransaction.Result<Step>> carryOut(
      PgTransaction to,
      Bulk bulk,
      Instant now,
      int page,
      Supplier<UUID> uuids,
      Stamp clock,
      Changed changed) {
    boolean full = changed.before().size() == page;
    int takes = new BulkBook(bulk, now).takes(changed.before(), changed.then(), page);
    if (takes == 0) {
      Settled nothing = new Settled(Map.of(), List.of(), List.of());
      return Future.succeededFuture(written(to, bulk, now, changed, full, 0, nothing));
    }
    return next(to, bulk, BulkBook.reads(takes, page))
        .compose(
            rows -> {
              List<Item> items = waiting(rows);
              return judged(to, bulk, now, items, uuids, clock)
                  .compose(judged -> settled(to, judged.first(takes)))
                  .map(
                      settled -> {
                        settled.items().forEach((was, is) -> changed.add(was, is));
                        return written(to, bulk, now, changed, full, items.size(), settled);
                      });
            });
  }

  private static Future<RowSet<Row>> next(PgTransaction to, Bulk bulk, int most) {
    long content = bulk.order().content().length();
    return to.send(BulkSql.NEXT, Tuple.of(bulk.uuid(), (long) most, content, IN_HAND));
  }

  private static List<Item> waiting(RowSet<Row> rows) {
    return PgLoad.decoded(rows, row -> Item.waiting(Rows.uuid(row, 0)));
  }

  /** Items, each with what is to become of it; those that others have locked are left out. */
  private record Page(BulkItems items, Map<Item, BulkItems.Judged> judged) {
    /** Only so many that something is done with, and who is skipped on the way there. */
    Page first(int takes) {
      Map<Item, BulkItems.Judged> some = new LinkedHashMap<>();
      int taken = 0;
      for (Map.Entry<Item, BulkItems.Judged> one : judged.entrySet()) {
        if (taken < takes) {
          some.put(one.getKey(), one.getValue());
          taken += one.getValue().item().isTaken() ? 1 : 0;
        }
      }
      return new Page(items, some);
    }
  }

  /* In the order of all locks: resources, then tasks. What others hold is left for the next look. */
  private Future<Page> judged(
      PgTransaction to,
      Bulk bulk,
      Instant now,
      List<Item> items,
      Supplier<UUID> uuids,
      Stamp clock) {
    UUID[] which = PgArrays.uuids(items, Item::resource);
    Tuple resources = PgArrays.tuple((Object) which);
    Future<RowSet<Row>> free = to.send(LockSql.FREE, resources);
    Future<RowSet<Row>> tasks = to.send(LockSql.FREE_TASKS, resources);
    Future<Map<UUID, Hold>> abandoning = PgAbandonments.abandoning(to, which);
    Future<RowSet<Row>> still = to.send(BulkSql.STILL, PgArrays.tuple(bulk.uuid(), which));
    return load.families(to.connection(), which)
        .compose(
            families ->
                types(to, bulk, families.values())
                    .compose(types -> Future.all(free, tasks, abandoning, still).map(types))
                    .map(
                        types -> {
                          Set<UUID> held = uuids(free.result());
                          held.addAll(uuids(tasks.result()));
                          Set<UUID> matching = uuids(still.result());
                          BulkItems each = new BulkItems(bulk, types, uuids, clock, now);
                          Map<Item, BulkItems.Judged> judged = new LinkedHashMap<>();
                          for (Item item : items) {
                            Family family = families.get(item.resource());
                            if (family == null || PgRequests.isHeld(family, held)) {
                              judged.put(
                                  item,
                                  each.judge(
                                      item,
                                      family,
                                      abandoning.result().get(item.resource()),
                                      matching.contains(item.resource())));
                            }
                          }
                          return new Page(each, judged);
                        }));
  }

  private static Set<UUID> uuids(RowSet<Row> rows) {
    Set<UUID> uuids = new HashSet<>();
    rows.forEach(row -> uuids.add(Rows.uuid(row, 0)));
    return uuids;
  }

  private static Future<Map<Integer, TypeDefinition>> types(
      PgTransaction to, Bulk bulk, Collection<Family> families) {
    Set<Integer> versions = new HashSet<>(Set.of(bulk.order().version()));
    families.forEach(f -> versions.add(f.resource().machine().list().version()));
    return to.send(
            BulkSql.TYPES, PgArrays.tuple(bulk.order().type(), versions.toArray(Integer[]::new)))
        .map(
            rows -> {
              Map<Integer, TypeDefinition> types = new HashMap<>();
              for (Row row : rows) {
                TypeDefinition type = ViewsRows.definition(Rows.text(row, 0));
                types.put(type.version(), type);
              }
              return types;
            });
  }

  private record Settled(Map<Item, Item> items, List<Committed.Woken> due, List<SubjectKey> ends) {}

  private static Future<Settled> settled(PgTransaction to, Page page) {
    Settled settled = new Settled(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
    List<Map.Entry<Item, BulkItems.Judged>> good = new ArrayList<>();
    page.judged()
        .forEach(
            (item, judged) -> {
              if (judged.outcome() == null) {
                settled.items().put(item, judged.item());
              } else {
                good.add(Map.entry(item, judged));
              }
            });
    if (good.isEmpty()) {
      return Future.succeededFuture(settled);
    }
    List<Outcome> outcomes =
        good.stream().map(one -> Objects.requireNonNull(one.getValue().outcome())).toList();
    return PgGroup.settle(to, outcomes)
        .map(
            answers -> {
              for (int i = 0; i < outcomes.size(); i++) {
                settle(page, settled, good.get(i), answers.answers().get(i));
              }
              return settled;
            });
  }

  /* Whoever was overtaken waits still, for the next look. */
  private static void settle(
      Page page, Settled settled, Map.Entry<Item, BulkItems.Judged> one, Committed answer) {
    BulkItems.Judged judged = one.getValue();
    if (answer instanceof Committed.Done done) {
      settled.items().put(one.getKey(), judged.item());
      settled.due().addAll(judged.due(done));
      if (judged.ends()) {
        settled.ends().add(Objects.requireNonNull(judged.outcome()).subject());
      }
    } else if (answer instanceof Committed.Refused refused) {
      settled
          .items()
          .put(one.getKey(), page.items().refused(one.getKey(), refused.code(), refused.message()));
    }
  }

  private static PgTransaction.Result<Step> written(
      PgTransaction to,
      Bulk bulk,
      Instant now,
      Changed changed,
      boolean full,
      int read,
      Settled settled) {
    Bulk then = new BulkBook(bulk, now).after(changed.before(), changed.then(), full, read);
    PgBulks.write(to, then);
    if (!changed.then().isEmpty()) {
      to.send(BulkSql.WRITE_ITEMS, BulkRows.written(bulk.uuid(), changed.then()));
    }
    Map<Bulk.Result, Integer> results = new EnumMap<>(Bulk.Result.class);
    for (int i = 0; i < changed.then().size(); i++) {
      if (changed.before().get(i).result() != changed.then().get(i).result()) {
        results.merge(changed.then().get(i).result(), 1, Integer::sum);
      }
    }
    Instant next = then.course().dueAt();
    return PgTransaction.Result.commit(
        new Step(next != null && !next.isAfter(now), results, settled.due(), settled.ends()));
  }
}
