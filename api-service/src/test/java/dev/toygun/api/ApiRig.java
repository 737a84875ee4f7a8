package dev.toygun.api;

import dev.toygun.alert.Network;
import dev.toygun.alert.Sinks;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Queue;
import dev.toygun.store.AlarmOperations;
import dev.toygun.store.AlarmSinks;
import dev.toygun.store.ApiKeys;
import dev.toygun.store.Audit;
import dev.toygun.store.Committed;
import dev.toygun.store.DatabaseSettings;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.Events;
import dev.toygun.store.Explanations;
import dev.toygun.store.Idempotency;
import dev.toygun.store.Operations;
import dev.toygun.store.PgOutbox;
import dev.toygun.store.PgStore;
import dev.toygun.store.Runs;
import dev.toygun.store.Sessions;
import dev.toygun.store.Subtrees;
import dev.toygun.store.Uptimes;
import dev.toygun.store.ViewsPg;
import dev.toygun.testing.servers.PostgresServer;
import dev.toygun.time.SystemTime;
import dev.toygun.time.Time;
import dev.toygun.trace.Spans.Span;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The API on a database of its own, with one type, and a key for each role. */
final class ApiRig implements AutoCloseable {
  final Statements statements = new Statements();
  final Uncounted uncounted = new Uncounted();
  final Vertx vertx = Vertx.builder().withTracer(options -> statements).build();
  final DatabaseUrl url;
  final PgStore store;
  final ApiVerticle api;
  final Sinks sinks;
  final ConcurrentLinkedQueue<Committed.Woken> announced = new ConcurrentLinkedQueue<>();
  final Time time = new SystemTime(vertx);
  final Keyring keyring = Keyring.parse(Keyring.newKeychain(time::random), time::random);
  final Queue queue = new InProcessQueue(time, new SimpleMeterRegistry());
  final Leased leases = new Leased(time);
  final ConcurrentLinkedQueue<Span> spans = new ConcurrentLinkedQueue<>();
  private final ApiKeys keys;

  ApiRig() {
    this(PostgresServer.shared().database(), ApiSettings.local(0, 0));
  }

  ApiRig(DatabaseUrl url, ApiSettings settings) {
    this.url = url;
    store = PgStore.connect(vertx, url, DatabaseSettings.of("api-test"));
    keys = new ApiKeys(store.database());
    Operations operations =
        new Operations(
            store, (woken, cause, trace) -> announced.addAll(woken), time, "api-1", "test");
    sinks = new Sinks(vertx, time, new FieldSeal(keyring), List.of(Network.of("127.0.0.0/8")));
    api =
        new ApiVerticle(
            settings,
            new ApiVerticle.Parts(
                time,
                store,
                operations,
                new AlarmOperations(store, "api-1", "test"),
                uncounted.of(new ViewsPg(store.database())),
                new Subtrees(store.database()),
                new Runs(store.database()),
                new Explanations(store.database()),
                new Uptimes(store.database()),
                new Events(store.database()),
                queue,
                leases,
                keys,
                new Sessions(store.database()),
                new Idempotency(store.database()),
                new Audit(store.database()),
                new AlarmSinks(store.database()),
                new PgOutbox(store.database()),
                sinks,
                keyring,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                spans::add,
                List.of(new Need("Postgres", store::check))));
    await(vertx.deployVerticle(api));
  }

  /** With the type that most tests use. */
  ApiRig withType() {
    await(store.publish(List.of(ServerType.definition()), "build-1"));
    return this;
  }

  /** A caller with a new key of this role. */
  Http as(Role role) {
    return as(role, null);
  }

  Http as(Role role, @Nullable Instant expires) {
    return as(role, expires, KeyScope.ALL);
  }

  Http as(Role role, @Nullable Instant expires, KeyScope scope) {
    KeyText text = KeyText.make(time);
    String name = role.stored() + "-" + text.prefix();
    await(keys.insert(text.stored(time.uuid(), name, role.stored(), "test", expires, scope)));
    return new Http(api.port(), text.reveal());
  }

  /** The rows of a query, each as text. */
  List<String> rows(String sql) {
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (results.next()) {
        rows.add(String.valueOf(results.getString(1)));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Another database of the same server, from which this one can be shut. */
  DatabaseUrl other() {
    return new DatabaseUrl(
        url.host(), url.port(), "postgres", url.user(), url.password(), url.ssl(), url.rootCert());
  }

  void execute(String sql) {
    PostgresServer.execute(url, sql);
  }

  /** Waits until this is so. */
  void until(BooleanSupplier so) {
    for (int i = 0; i < 600; i++) {
      if (so.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(50_000_000);
    }
    throw new AssertionError("not so within 30 s");
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("nothing came in 30 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** From now on nobody answers. */
  void stopServing() {
    if (vertx.deploymentIDs().contains(api.deploymentID())) {
      await(vertx.undeploy(api.deploymentID()));
    }
  }

  @Override
  public void close() {
    stopServing();
    await(store.database().close());
    await(vertx.close());
  }
}
