package dev.toygun.examples;

import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.examples.addon.Addon;
import dev.toygun.examples.echo.Echo;
import dev.toygun.examples.pool.Pool;
import dev.toygun.examples.postgres.LocalPostgres;
import dev.toygun.examples.tank.Tank;
import dev.toygun.examples.website.Website;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples, as a worker finds them. {@code local-postgres} and {@code web-pool} keep their
 * servers below {@code TOYGUN_DATA}, or else below the folder for temporary files; {@code addon} is
 * there where {@code HEROKU_CLIENT_SECRET} is set.
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
    List<ResourceType<?>> types = new ArrayList<>();
    types.add(new Echo().type());
    types.add(new Tank().type());
    types.add(Website.over(setting.vertx(), setting::onClose).type());
    types.add(LocalPostgres.on(setting.vertx(), data).type());
    setting
        .secret("HEROKU_CLIENT_SECRET")
        .ifPresent(
            secret ->
                types.add(
                    Addon.over(
                            setting.vertx(),
                            address(setting, "HEROKU_API_URL", "https://api.heroku.com"),
                            address(setting, "HEROKU_ID_URL", "https://id.heroku.com"),
                            secret,
                            setting::onClose)
                        .type()));
    types.addAll(Pool.on(setting.vertx(), data, setting::onClose).types());
    return types;
  }

  private static URI address(Setting setting, String name, String usual) {
    return URI.create(setting.config(name).orElse(usual));
  }
}
