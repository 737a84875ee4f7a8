package dev.toygun.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Secret;
import dev.toygun.Setting;
import dev.toygun.TypeSet;
import dev.toygun.store.TypeShape;
import dev.toygun.worker.Definitions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTypesTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Runnable> closes = new ArrayList<>();

  private List<ResourceType<?>> types(Path data) {
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
    return ServiceLoader.load(ResourceTypes.class).stream()
        .flatMap(found -> found.get().types(setting).stream())
        .toList();
  }

  @AfterEach
  void close() throws Exception {
    closes.forEach(Runnable::run);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aWorkerFindsThemAndTheyPassItsChecks(@TempDir Path data) {
    assertThat(TypeSet.of(types(data)).types())
        .extracting(ResourceType::name)
        .containsExactlyInAnyOrder(
            "echo", "tank", "website", "local-postgres", "web-pool", "web-node");
  }

  /** A database that is kept has what was published: {@code shapes} has a file of each version. */
  @Test
  void whatHasAnotherShapeTakesTheNextVersionAndWhatWasThereComesAlong(@TempDir Path data)
      throws IOException {
    for (ResourceType<?> type : types(data)) {
      String published = "/shapes/%s-%d.txt".formatted(type.name(), type.version());
      try (InputStream shape = getClass().getResourceAsStream(published)) {
        assertThat(shape).as("%s: of a new version, add it", published).isNotNull();
        assertThat(TypeShape.of(Definitions.of(type)))
            .as("%s: leave it, and raise the version", published)
            .isEqualTo(new String(shape.readAllBytes(), StandardCharsets.UTF_8).strip());
      }
      assertThat(type.upgrades())
          .as("%s: upgrades", type.name())
          .containsOnlyKeys(IntStream.range(1, type.version()).boxed().toList());
    }
  }
}
