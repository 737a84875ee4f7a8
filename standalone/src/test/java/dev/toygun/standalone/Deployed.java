package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.crypto.Keyring;
import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the files of a deployment say to a service, and what the code makes of it. */
final class Deployed {
  private static final String FILE = "_FILE";
  private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(TOYGUN_\\w+)` \\|");

  /** What {@code make-secrets} makes, and such a value. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "database_url", "postgresql://toygun:secret@postgres:5432/toygun",
          "redis_url", "redis://:secret@redis:6379/0",
          "keychain", Keyring.newKeychain(bytes -> {}));

  private Deployed() {}

  /**
   * The settings as a service reads them. Fails where one is not documented or not what it has to
   * be, or where a secret is not in a file.
   *
   * @param scratch a folder for the secrets' files
   */
  static Config read(Map<String, String> environment, Path scratch) throws IOException {
    List<String> documented = Pages.found(SETTING, Pages.text("docs/configuration.md"));
    Map<String, String> settings = new HashMap<>();
    for (Map.Entry<String, String> said : environment.entrySet()) {
      String name = said.getKey();
      if (!name.startsWith("TOYGUN_")) {
        continue;
      }
      boolean inFile = name.endsWith(FILE);
      String plain = inFile ? name.substring(0, name.length() - FILE.length()) : name;
      assertThat(documented).contains(plain);
      boolean secret = Keys.ALL.stream().anyMatch(key -> key.name().equals(plain) && key.secret());
      assertThat(inFile).as("%s is a secret, and in a file", name).isEqualTo(secret);
      settings.put(name, inFile ? secret(said.getValue(), scratch) : said.getValue());
    }
    return Config.read(settings, List.of(Keys.DATABASE_URL, Keys.REDIS_URL, Keys.KEYCHAIN));
  }

  private static String secret(String file, Path scratch) throws IOException {
    String name = file.substring(file.lastIndexOf('/') + 1);
    assertThat(SECRETS).containsKey(name);
    assertThat(Pages.text("deploy/make-secrets")).contains("> secrets.new/" + name);
    return Files.writeString(scratch.resolve(name), SECRETS.getOrDefault(name, "")).toString();
  }

  /** How the image starts a service, but for the word that says which. */
  static String command() throws IOException {
    String list =
        Pages.found(Pattern.compile("(?m)^ENTRYPOINT \\[(.*)]$"), Pages.text("deploy/Dockerfile"))
            .get(0);
    return list.replaceAll("\", \"", " ").replace("\"", "");
  }
}
