package dev.toygun.service;

import dev.toygun.Secret;
import dev.toygun.Setting;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What resource types may ask for: of a process's configuration only what is named for them.
 *
 * @param vertx what they run on
 * @param settings the configuration of the process
 * @param closing is handed what types want to be run as the process ends
 */
public record TypeSetting(Vertx vertx, Config settings, Consumer<Runnable> closing)
    implements Setting {
  @Override
  public Optional<String> config(String name) {
    return settings.ofTypes(name);
  }

  @Override
  public Optional<Secret> secret(String name) {
    return settings.ofTypes(name).map(Secret::of);
  }

  @Override
  public void onClose(Runnable close) {
    closing.accept(close);
  }
}
