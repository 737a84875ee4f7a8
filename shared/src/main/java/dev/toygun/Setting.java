package dev.toygun;

import io.vertx.core.Vertx;
import java.util.Optional;

/** What a worker gives to the resource types that it loads. */
public interface Setting {
  Vertx vertx();

  /** A value of the worker's configuration, from its environment. */
  Optional<String> config(String name);

  /** A secret of the worker's configuration. */
  Optional<Secret> secret(String name);

  /** Run this when the worker stops, after the last tick. */
  void onClose(Runnable close);
}
