package dev.toygun.clock;

import dev.toygun.store.Admissions;
import dev.toygun.store.Due;
import dev.toygun.store.Hold;
import dev.toygun.store.Indexes;
import dev.toygun.store.Repairs;
import dev.toygun.store.Scheduled;
import dev.toygun.store.Stamp;
import dev.toygun.store.Usages;
import dev.toygun.testing.MemoryStore;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What clocks ask for too, and there is none of. */
abstract class QuietRows implements Due {
  final Time time;
  Indexes indexes;

  QuietRows(Time time) {
    this.time = time;
    this.indexes = new MemoryStore(time).indexes();
  }

  @Override
  public Usages usages() {
    return new MemoryStore(time).usages();
  }

  @Override
  public Indexes indexes() {
    return indexes;
  }

  @Override
  public Repairs repairs() {
    return new MemoryStore(time).repairs();
  }

  @Override
  public Admissions admissions() {
    return new MemoryStore(time).admissions();
  }

  @Override
  public Future<Boolean> endAbandoned(Hold hold, Stamp by) {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<Boolean> settleHolds() {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<Boolean> enrolSchedules(int limit) {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<Scheduled> startScheduled(int limit, Supplier<UUID> runs, Stamp by) {
    return Future.succeededFuture(Scheduled.NOTHING);
  }

  @Override
  public Future<Integer> stuck(List<Stuck> found, Stamp by) {
    throw new UnsupportedOperationException("a clock opens none");
  }

  @Override
  public Future<Integer> moveAlarms(Stamp by, int limit) {
    return Future.succeededFuture(0);
  }

  @Override
  public Future<Removed> removeRest(Settings keep, int most) {
    return Future.succeededFuture(Removed.NOTHING);
  }
}
