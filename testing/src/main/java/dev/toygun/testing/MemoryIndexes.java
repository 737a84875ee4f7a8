package dev.toygun.testing;

import dev.toygun.store.Indexes;
import io.vertx.core.Future;

/** No index: whoever looks for something in memory looks at all. */
final class MemoryIndexes implements Indexes {
  @Override
  public Future<Void> declare() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> fill(int most) {
    return Future.succeededFuture(false);
  }
}
