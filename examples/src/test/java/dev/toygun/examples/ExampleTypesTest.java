package dev.toygun.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Secret;
import dev.toygun.Setting;
import dev.toygun.TypeSet;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTypesTest {
  @Test
  void aWorkerFindsThemAndTheyPassItsChecks(@TempDir Path data) throws Exception {
    List<Runnable> closes = new ArrayList<>();
    Vertx vertx = Vertx.vertx();
    Setting setting =
        new Setting() {
          @Override
          public Vertx vertx() {
            return vertx;
          }

          @Override
          public Optional<String> config(String name) {
            return name.equals("TOYGUN_DATA") ? Optional.of(data.toString()) : Optional.empty();
          }

          @Override
          public Optional<Secret> secret(String name) {
            return Optional.empty();
          }

          @Override
          public void onClose(Runnable close) {
            closes.add(close);
          }
        };
    List<ResourceType<?>> types =
        ServiceLoader.load(ResourceTypes.class).stream()
            .flatMap(found -> found.get().types(setting).stream())
            .toList();
    assertThat(TypeSet.of(types).types())
        .extracting(ResourceType::name)
        .containsExactlyInAnyOrder(
            "echo", "tank", "website", "local-postgres", "web-pool", "web-node");
    closes.forEach(Runnable::run);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
