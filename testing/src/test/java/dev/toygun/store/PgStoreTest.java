package dev.toygun.store;

import dev.toygun.testing.contract.StoreContract;
import dev.toygun.testing.contract.StoreHistory;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store on Postgres keeps what every store keeps. */
class PgStoreTest extends StoreContract {
  private static @Nullable PostgresFixture postgres;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
  }

  @AfterAll
  static void close() {
    postgres().close();
  }

  private static PostgresFixture postgres() {
    return Objects.requireNonNull(postgres);
  }

  @Override
  public Store store() {
    return postgres().store();
  }

  @Override
  public StoreHistory history() {
    return postgres();
  }

  @Override
  public Set<String> systemAlarms() {
    return get(new SystemWatch(postgres().store().database()).active());
  }

  @Override
  public <T> T get(Future<T> future) {
    return postgres().get(future);
  }
}
