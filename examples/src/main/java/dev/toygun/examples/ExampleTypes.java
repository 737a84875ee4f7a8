package dev.toygun.examples;

import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.examples.echo.Echo;
import dev.toygun.examples.postgres.LocalPostgres;
import dev.toygun.examples.tank.Tank;
import dev.toygun.examples.website.Website;
import java.nio.file.Path;
import java.util.List;

/**
 * The examples, as a worker finds them. {@code local-postgres} keeps its servers below {@code
 * TOYGUN_DATA}, or else below the folder for temporary files.
 */
public final class ExampleTypes implements ResourceTypes {
  /** Made by the {@link java.util.ServiceLoader}. */
  public ExampleTypes() {}

  @Override
  public List<ResourceType<?>> types(Setting setting) {
    Path data =
        setting
            .config("TOYGUN_DATA")
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "toygun"))
            .toAbsolutePath()
            .normalize();
    return List.of(
        new Echo().type(),
        new Tank().type(),
        Website.over(setting.vertx(), setting::onClose).type(),
        LocalPostgres.on(setting.vertx(), data).type());
  }
}
