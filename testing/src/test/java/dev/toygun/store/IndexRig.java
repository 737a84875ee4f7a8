package dev.toygun.store;

import dev.toygun.testing.contract.IndexFixture;
import dev.toygun.testing.contract.StoreHistory;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of each test's own, whose resources have indexed fields. */
abstract class IndexRig implements IndexFixture {
  PostgresFixture postgres;

  @Override
  public Store store() {
    return postgres.store();
  }

  @Override
  public StoreHistory history() {
    return postgres;
  }

  @Override
  public <T> T get(Future<T> future) {
    return postgres.get(future);
  }

  @BeforeEach
  void open() {
    postgres = new PostgresFixture();
  }

  @AfterEach
  void close() {
    postgres.close();
  }
}
