package dev.toygun.cli.client;

import dev.toygun.cli.Exit;
import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the API is, and who asks: from options, the environment, or what `toygun up` has left. */
public final class Connection {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Where the API is (TOYGUN_URL, else what `toygun up` says in TOYGUN_DATA, if the key is from there too).")
  private @Nullable URI url;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where `toygun up` keeps its data (TOYGUN_DATA, else ./.toygun).")
  private @Nullable Path folder;

  /* There is no option for the key: everybody on a machine can read the words of a command. */

  /** The API that is meant. */
  public Api api() {
    Config config = Config.read(System.getenv(), List.of());
    Path data = folder == null ? config.get(Keys.DATA) : folder;
    Optional<String> given = config.find(Keys.API_KEY);
    String where =
        Optional.ofNullable(url)
            .or(() -> config.find(Keys.URL))
            .map(URI::toString)
            // A folder may be anybody's: it says where its own key goes, and no other.
            .or(() -> given.isPresent() ? Optional.empty() : line(data.resolve("url")))
            .orElse("http://127.0.0.1:" + config.get(Keys.PORT));
    String key =
        given
            .or(() -> line(data.resolve("api-key")))
            .orElseThrow(
                () ->
                    new Exit.Failure(
                        Exit.DENIED,
                        "No API key: set TOYGUN_API_KEY, or run this where `toygun up` runs (%s has no api-key)"
                            .formatted(data)));
    return new Api(where, key);
  }

  private static Optional<String> line(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new Exit.Failure(Exit.FAILED, "Cannot read " + file + ": " + e.getMessage());
    }
  }
}
